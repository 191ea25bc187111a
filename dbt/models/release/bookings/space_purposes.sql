-- Of the published purposes only, so that no share tells of a hidden one.
select
    space_id,
    cell as purpose,
    {{ hours_of('amount') }} as booked_seat_hours,
    case
        when bool_and(sign = '') over (partition by space_id)
            then {{ percent_of('amount', 'sum(amount) over (partition by space_id)') }}
    end as share,
    sign
from {{ ref('core__published_cells') }}
where family = 'purpose'
