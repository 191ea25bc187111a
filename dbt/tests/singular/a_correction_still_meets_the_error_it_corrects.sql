-- Fails when the source has been mended (or the figure is gone): the correction must then be removed.
select corrections.*
from {{ ref('corrections') }} as corrections
where exists (
    select 1
    from {{ ref('stg_landing__deliveries') }} as deliveries
    where deliveries.delivery_id = corrections.delivery_id
)
and not exists (
    select 1
    from {{ ref('stg_landing__figures') }} as figures
    where figures.delivery_id = corrections.delivery_id
        and figures.municipality_id = corrections.municipality_id
        and figures.figure = corrections.figure
        and figures.period = corrections.period
        and figures.value = corrections.delivered_value
)
