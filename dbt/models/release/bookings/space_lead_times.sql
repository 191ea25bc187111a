select
    space_id,
    cell as class,
    cast(case cell
        when 'afterwards' then 1
        when 'under_1_day' then 2
        when '1_to_2_days' then 3
        when '3_to_6_days' then 4
        when '7_to_13_days' then 5
        when '14_days_or_more' then 6
        when 'unknown' then 7
    end as integer) as position,
    amount as count,
    sign
from {{ ref('core__published_cells') }}
where family = 'lead_time'
