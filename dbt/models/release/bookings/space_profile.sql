select
    space_id,
    cast(string_split(cell, '-')[1] as integer) as weekday,
    cast(string_split(cell, '-')[2] as integer) as hour,
    {{ hours_of('available_seat_seconds') }} as available,
    {{ hours_of('amount') }} as booked,
    {{ percent_of('amount', 'available_seat_seconds') }} as utilisation,
    sign
from {{ ref('core__published_cells') }}
where family = 'profile'
