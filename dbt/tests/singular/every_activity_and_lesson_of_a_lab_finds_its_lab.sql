{{ config(severity='warn') }}
-- An entry may come before its lab is described; it is shown with its town, and the town should hear of it.
with entries as (
    select lab_id, activity_id as entry_id from {{ ref('core__lab_activities') }}
    union all
    select lab_id, learning_id from {{ ref('core__learnings') }}
    union all
    select lab_id, phase from {{ ref('core__lab_phases') }}
)
select entries.lab_id, entries.entry_id
from entries
left join {{ ref('core__labs') }} as labs using (lab_id)
where entries.lab_id is not null and labs.lab_id is null
