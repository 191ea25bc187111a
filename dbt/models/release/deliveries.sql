select
    delivery_id,
    title,
    kind,
    format,
    producer,
    licence,
    town_id,
    received_date as received,
    period_from_date as period_from,
    period_to_date as period_to,
    is_synthetic,
    note,
    state,
    published_detail as state_detail,
    published_detail_de as state_detail_de,
    {{ of_no_persons('delivered_row_count', 'kind') }} as delivered_rows,
    {{ of_no_persons('accepted_row_count', 'kind') }} as accepted_rows,
    {{ of_no_persons('quarantined_row_count', 'kind') }} as quarantined_rows,
    {{ of_no_persons('other_region_row_count', 'kind') }} as other_region_rows
from {{ ref('stg_landing__deliveries') }}
inner join {{ ref('stg_landing__delivery_outcomes') }} using (delivery_id)
