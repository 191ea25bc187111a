-- What was done in the labs, by town and day; what has no date stands last.
select
    activity_id,
    lab_id,
    town_id,
    kind,
    kind_de,
    kind_en,
    title_de,
    title_en,
    venue,
    period_from_date as period_from,
    period_to_date as period_to,
    date_note_de,
    date_note_en,
    section,
    source,
    row_origin,
    is_synthetic
from {{ ref('core__lab_activities') }}
order by town_id, period_from_date nulls last, activity_id
