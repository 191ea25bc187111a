select
    indicator_id,
    breakdown,
    breakdown_value,
    town_a,
    town_b,
    survey_a,
    survey_b,
    period_a,
    period_b,
    difference,
    low,
    high,
    is_distinguishable,
    cast(null as varchar) as internal
from {{ ref('survey__share_differences') }}
