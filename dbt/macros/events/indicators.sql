{# An indicator of events: a measure of `core__event_measures`. #}
{% macro event_indicator(measure) %}
select
    municipality_id,
    period,
    period_start,
    period_end,
    breakdown,
    breakdown_value,
    value,
    numerator,
    denominator,
    case when denominator is not null then period end as denominator_period,
    base_n,
    interval_low,
    interval_high,
    sign,
    delivery_ids,
    source_text,
    licence,
    is_synthetic
from {{ ref('core__event_measures') }}
where measure = '{{ measure }}'
{% endmacro %}
