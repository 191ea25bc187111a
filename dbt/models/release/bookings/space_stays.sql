-- Stays at a desk by their length, within opening hours.
select
    space_id,
    cell as class,
    cast(case cell
        when 'up_to_2_hours' then 1
        when 'up_to_4_hours' then 2
        when 'up_to_6_hours' then 3
        when 'up_to_8_hours' then 4
        when 'over_8_hours' then 5
    end as integer) as position,
    amount as count,
    sign
from {{ ref('core__published_cells') }}
where family = 'stay'
