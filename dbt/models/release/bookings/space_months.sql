select
    space_id,
    cell as month,
    {{ hours_of('available_seat_seconds') }} as available_seat_hours,
    {{ hours_of('amount') }} as booked_seat_hours,
    {{ percent_of('amount', 'available_seat_seconds') }} as utilisation,
    sign
from {{ ref('core__published_cells') }}
where family = 'month'
