-- Counts of bookings, not of desks booked: three desks in one booking are one decision.
with

bookings as (

    select
        *,
        (from_second - created_second) / 86400.0 as lead_days
    from {{ ref('core__space_bookings') }}
    where unit = 1 and not is_block_out and to_second > from_second

)

select
    space_id,
    count(*) as made_count,
    count(case when status = 'cancelled' then 1 end) as cancelled_count,
    count(case when status = 'no_show' then 1 end) as no_show_count,
    count(case when is_use then 1 end) as use_count,
    bool_or(is_cancelling_told) as is_cancelling_told,
    bool_or(is_attendance_told) as is_attendance_told,
    count(case when is_use then lead_days end) as lead_count,
    count(case when is_use and lead_days < 0 then 1 end) as afterwards_count,
    count(case when is_use and lead_days >= 0 then 1 end) as ahead_count,
    -- Whole days: to the second they would be those of one booking.
    round({{ median('case when is_use and lead_days >= 0 then lead_days end') }}) as lead_median_days,
    round({{ quantile('case when is_use and lead_days >= 0 then lead_days end', 0.9) }}) as lead_p90_days
from bookings
group by space_id
