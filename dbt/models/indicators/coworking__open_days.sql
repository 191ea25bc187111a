-- The only indicator whose period is that of the opening itself: the report states first and last day.
select
    municipality_id,
    cast(first_open_date as varchar) || '/' || cast(last_open_date as varchar) as period,
    first_open_date as period_start,
    last_open_date as period_end,
    breakdown,
    breakdown_value,
    cast(open_day_count as double) as value,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(null as varchar) as denominator_period,
    calendar_day_count as base_n,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high,
    '' as sign,
    delivery_ids,
    source_text,
    licence,
    is_synthetic
from {{ ref('core__space_facts') }}
where open_day_count > 0
