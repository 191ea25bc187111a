-- Each space with its denominator in words, since vendors divide by different ones.
with

spaces as (

    select * from {{ ref('core__space_facts') }}

),

measures as (

    select
        space_id,
        {% for measure in [
            'utilisation', 'booked_seat_hours', 'outside_hours', 'day_occupancy', 'peak_concurrency',
            'lead_time_median', 'lead_time_p90', 'recorded_afterwards', 'booking_cancellation_rate',
            'booking_no_show_rate', 'space_users', 'returning_users', 'days_per_user'
        ] -%}
        max(case when measure = '{{ measure }}' then value end) as {{ measure }},
        max(case when measure = '{{ measure }}' then sign end) as {{ measure }}_sign{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('core__space_measures') }}
    group by space_id

),

hours as (

    select * from {{ ref('core__space_hours_in_words') }}

)

select
    spaces.space_id,
    spaces.town_id,
    spaces.name as name_de,
    -- A proper name; nobody translates it.
    spaces.name as name_en,
    spaces.first_date as first_day,
    spaces.last_date as last_day,
    spaces.first_open_date as first_open_day,
    spaces.last_open_date as last_open_day,
    spaces.calendar_day_count as calendar_days,
    spaces.open_day_count as open_days,
    spaces.desk_count as desks,
    spaces.desk_day_count as desk_days,
    {{ hours_of('spaces.available_seat_seconds') }} as available_seat_hours,
    measures.* exclude (space_id),
    hours.hours_de,
    hours.hours_en,
    -- A desk that came later makes the days before it no fuller.
    case when spaces.desk_count = 0 then 'keine Arbeitsplätze' else case when spaces.desk_day_count < spaces.desk_count * spaces.open_day_count then 'bis zu ' else '' end
        || spaces.desk_count || case when spaces.desk_count = 1 then ' Platz, ' else ' Plätze, ' end
        || spaces.open_day_count || case when spaces.open_day_count = 1 then ' Öffnungstag von ' else ' Öffnungstage von ' end
        || spaces.calendar_day_count || case when spaces.calendar_day_count = 1 then ' Kalendertag, ' else ' Kalendertagen, ' end
        || coalesce(hours.hours_de, 'ohne Öffnungszeiten') || ', an Feiertagen '
        || case when spaces.is_open_on_holidays then 'geöffnet' else 'geschlossen' end || ': '
        || replace(format('{:,}', cast(round(spaces.available_seat_seconds / 3600) as bigint)), ',', '.')
        || ' Platzstunden' end as denominator_de,
    case when spaces.desk_count = 0 then 'no desks' else case when spaces.desk_day_count < spaces.desk_count * spaces.open_day_count then 'up to ' else '' end
        || spaces.desk_count || case when spaces.desk_count = 1 then ' desk, ' else ' desks, ' end
        || spaces.open_day_count || case when spaces.open_day_count = 1 then ' open day of ' else ' open days of ' end
        || spaces.calendar_day_count || case when spaces.calendar_day_count = 1 then ' calendar day, ' else ' calendar days, ' end
        || coalesce(hours.hours_en, 'without opening hours') || ', on public holidays '
        || case when spaces.is_open_on_holidays then 'open' else 'closed' end || ': '
        || format('{:,}', cast(round(spaces.available_seat_seconds / 3600) as bigint)) || ' seat-hours' end
        as denominator_en,
    spaces.highest_price_eur as price,
    spaces.price_unit,
    spaces.is_cancelling_told as tells_cancelled,
    spaces.is_attendance_told as tells_attendance,
    case when not spaces.is_cancelling_told then 'Die Quelle behält stornierte Buchungen nicht.' end as cancellation_reason_de,
    case when not spaces.is_cancelling_told then 'The source does not keep cancelled bookings.' end as cancellation_reason_en,
    case when not spaces.is_attendance_told then 'Die Quelle sagt nicht, wer gekommen ist.' end as no_show_reason_de,
    case when not spaces.is_attendance_told then 'The source does not tell who came.' end as no_show_reason_en,
    spaces.period,
    spaces.delivery_ids as sources,
    spaces.source_text,
    spaces.licence,
    spaces.is_synthetic,
    cast(null as varchar) as internal
from spaces
left join measures using (space_id)
left join hours using (space_id)
