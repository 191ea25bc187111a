-- A cell counts the seat-time of those who were there; so many desks at once make it the time of the clock.
select
    space_id,
    cast(string_split(cell, '-')[1] as bigint) as desks,
    cast(string_split(cell, '-')[2] as bigint) as in_use,
    {{ hours_of("amount / cast(string_split(cell, '-')[2] as bigint)") }} as open_hours,
    sign
from {{ ref('core__published_cells') }}
where family = 'level'
