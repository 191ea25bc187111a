-- One figure of one municipality and period may arrive in several deliveries. The one received last
-- is the one in force, since offices revise; the others are named beside it, and a test says where
-- two deliveries disagree.
with

figures as (

    select * from {{ ref('stg_landing__figures') }}
    where municipality_id is not null and figure is not null

),

deliveries as (

    select * from {{ ref('stg_landing__deliveries') }}

),

corrections as (

    select * from {{ ref('corrections') }}

),

territories as (

    select * from {{ ref('constant_territories') }}

),

corrected as (

    select
        figures.* exclude (value),
        case when corrections.figure is null then figures.value else corrections.corrected_value end as value,
        corrections.reason as correction_reason
    from figures
    left join corrections
        on figures.delivery_id = corrections.delivery_id
        and figures.municipality_id = corrections.municipality_id
        and figures.figure = corrections.figure
        and figures.period = corrections.period
        and figures.value = corrections.delivered_value

),

-- The few that arrived more than once.
repeated as (

    select
        municipality_id,
        figure,
        period,
        string_agg(distinct delivery_id, ', ' order by delivery_id) as delivery_ids
    from figures
    -- Only of these are the deliveries put together; there are hundreds of thousands of others.
    semi join (
        select municipality_id, figure, period
        from figures
        group by municipality_id, figure, period
        having count(*) > 1
    ) as doubled using (municipality_id, figure, period)
    group by municipality_id, figure, period

),

last_received as (

    select corrected.*
    from corrected
    semi join repeated using (municipality_id, figure, period)
    left join deliveries on corrected.delivery_id = deliveries.delivery_id
    -- Within one delivery a number goes before a sign: a municipality of Rheinland-Pfalz that has
    -- changed its association stands in the table twice, and the row of the other years says '-'
    -- (364 of them in table 12411-01-01-5).
    qualify row_number() over (
        partition by corrected.municipality_id, corrected.figure, corrected.period
        order by
            deliveries.received_date desc nulls last,
            corrected.delivery_id,
            corrected.value is null,
            corrected.line_number
    ) = 1

),

chosen as (

    select * from corrected
    anti join repeated using (municipality_id, figure, period)
    union all
    select * from last_received

),

in_force as (

    select
        chosen.municipality_id,
        chosen.figure,
        chosen.period,
        chosen.period_start,
        chosen.period_end,
        chosen.reference_date,
        -- Of sources that count all years on one territory, that of its date.
        greatest(territories.territory_date, chosen.reference_date) as territory_date,
        chosen.value,
        chosen.sign,
        chosen.unit,
        chosen.quality,
        chosen.correction_reason,
        coalesce(repeated.delivery_ids, chosen.delivery_id) as delivery_ids,
        chosen.source_text,
        chosen.licence,
        deliveries.is_synthetic
    from chosen
    left join deliveries on chosen.delivery_id = deliveries.delivery_id
    left join repeated using (municipality_id, figure, period)
    left join territories on chosen.source_text like territories.source_pattern

)

select * from in_force
-- Indicators read one figure each: a scan skips the blocks of all others.
order by figure, municipality_id, period
