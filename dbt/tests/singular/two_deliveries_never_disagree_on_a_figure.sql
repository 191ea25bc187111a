{{ config(severity='warn') }}
-- Offices revise, so a difference is no fault of itself; but somebody should know of it. The
-- tolerance is half a thousandth, since one table rounds to thousands of euros what another does not.
with

figures as (

    select * from {{ ref('stg_landing__figures') }}
    where municipality_id is not null and figure is not null

),

differing as (

    select
        municipality_id,
        figure,
        period,
        min(value) as smallest,
        max(value) as largest
    from figures
    group by municipality_id, figure, period
    having max(value) - min(value) > 0.0005 * abs(max(value))

)

select
    differing.*,
    -- Named for the few that differ: to list the deliveries of every figure takes three times as long.
    string_agg(distinct figures.delivery_id, ', ' order by figures.delivery_id) as delivery_ids
from differing
inner join figures using (municipality_id, figure, period)
group by all
