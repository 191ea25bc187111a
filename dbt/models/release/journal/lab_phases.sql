-- When each lab was in which phase; an estimate says so.
select
    lab_id,
    town_id,
    phase,
    phase_de,
    phase_en,
    period_from_date as period_from,
    period_to_date as period_to,
    is_estimated,
    note_de,
    note_en,
    section,
    source,
    row_origin,
    is_synthetic
from {{ ref('core__lab_phases') }}
order by lab_id, phase_position
