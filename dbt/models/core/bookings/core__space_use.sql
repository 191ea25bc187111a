-- What may be said of the use of each space as a whole: sums from the published numbers, counts of people
-- and bookings where enough stand behind them.
with

facts as (

    select * from {{ ref('core__space_facts') }}

),

published as (

    select
        space_id,
        max(case when family = 'total' then amount end) as booked_seat_seconds,
        coalesce(bool_or(family = 'total' and sign = ''), false) as is_published,
        max(case when family = 'outside' then amount end) as outside_seat_seconds,
        coalesce(bool_or(family = 'outside' and sign <> ''), false) as is_outside_hidden,
        max(case when family = 'kind' and cell = 'room' then amount end) as room_booked_seat_seconds,
        max(case when family = 'kind' and cell = 'room' then available_seat_seconds end)
            as room_available_seat_seconds,
        max(case when family = 'purpose' and cell = 'own_work' then amount end) as own_work_seat_seconds,
        sum(case when family = 'kind' then amount end) as all_kinds_seat_seconds,
        coalesce(bool_or(family = 'kind' and sign <> ''), false) as is_a_kind_hidden,
        coalesce(bool_or(family = 'purpose' and cell = 'own_work' and sign <> ''), false) as is_own_work_hidden,
        coalesce(bool_or(family = 'cancelled' and sign <> ''), false) as is_cancelled_hidden,
        coalesce(bool_or(family = 'no_show' and sign <> ''), false) as is_no_show_hidden,
        coalesce(bool_or(family = 'lead_time' and cell in ('afterwards', 'unknown') and sign <> ''), false)
            as is_afterwards_hidden,
        coalesce(bool_or(family = 'lead_time' and sign <> ''), false) as is_a_lead_time_hidden
    from {{ ref('core__published_cells') }}
    group by space_id

),

used_days as (

    select space_id, cast(sum(used_desk_count) as bigint) as used_desk_day_count
    from {{ ref('core__desk_day_use') }}
    group by space_id

)

select
    facts.*,
    coalesce(published.is_published, false) as is_published,
    published.* exclude (space_id, is_published),
    counts.* exclude (space_id, is_cancelling_told, is_attendance_told),
    people.user_count,
    people.returning_count,
    people.user_day_count,
    peaks.peak_desk_count,
    used_days.used_desk_day_count,
    events.* exclude (space_id)
from facts
left join published using (space_id)
left join {{ ref('core__space_counts') }} as counts using (space_id)
left join {{ ref('core__space_people') }} as people using (space_id)
left join {{ ref('core__space_peaks') }} as peaks using (space_id)
left join {{ ref('core__space_events') }} as events using (space_id)
left join used_days using (space_id)
