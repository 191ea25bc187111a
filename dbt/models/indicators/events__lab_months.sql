-- The period is that of the lab itself: the report states its first and last month.
select
    towns.municipality_id,
    cast(spans.first_date as varchar) || '/' || cast(spans.last_date as varchar) as period,
    spans.first_date as period_start,
    spans.last_date as period_end,
    spans.breakdown,
    spans.breakdown_value,
    cast(date_diff('month', spans.first_date, spans.last_date) + 1 as double) as value,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(null as varchar) as denominator_period,
    spans.activity_count as base_n,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high,
    '' as sign,
    spans.delivery_ids,
    spans.source_text,
    spans.licence,
    spans.is_synthetic
from {{ ref('core__lab_spans') }} as spans
inner join {{ ref('core__towns') }} as towns using (town_id)
