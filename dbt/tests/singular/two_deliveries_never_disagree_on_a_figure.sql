{{ config(severity='warn') }}
-- Offices revise, so a difference is no fault of itself; but somebody should know of it. The
-- tolerance is half a thousandth, since one table rounds to thousands of euros what another does not.
select
    municipality_id,
    figure,
    period,
    min(value) as smallest,
    max(value) as largest,
    string_agg(distinct delivery_id, ', ' order by delivery_id) as delivery_ids
from {{ ref('stg_landing__figures') }}
where municipality_id is not null and figure is not null
group by municipality_id, figure, period
having max(value) - min(value) > 0.0005 * abs(max(value))
