-- One space, one summer: descriptive.
select
    space_id,
    comparison,
    first_pct as inside,
    second_pct as outside,
    difference,
    low,
    high,
    first_weeks as weeks_inside,
    second_weeks as weeks_outside,
    sign
from {{ ref('core__published_effects') }}
