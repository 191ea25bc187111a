-- What was tried in the towns, in short.
select
    lab_id,
    town_id,
    title_de,
    title_en,
    tried_de,
    tried_en,
    outcome_de,
    outcome_en,
    learned_de,
    learned_en,
    period_from_date as period_from,
    period_to_date as period_to,
    section,
    source,
    row_origin,
    is_synthetic,
    cast(row_number() over (order by town_id, position, lab_id) as integer) as position
from {{ ref('core__labs') }}
