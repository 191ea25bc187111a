-- Every measure of a space in the shape of an indicator. Signs: `.` would tell of persons, `x` the source
-- cannot say, `/` too few bookings to be relied on, `()` limited.
{%- set measures = {
    'utilisation': {
        'numerator': hours_of('booked_seat_seconds'), 'denominator': hours_of('available_seat_seconds'),
        'percent': true, 'is_told': 'available_seat_seconds > 0',
    },
    'booked_seat_hours': {'value': hours_of('booked_seat_seconds')},
    'available_seat_hours': {'value': hours_of('available_seat_seconds'), 'is_public': true},
    'outside_hours': {
        'value': hours_of('coalesce(outside_seat_seconds, 0)'), 'is_hidden': 'is_outside_hidden',
    },
    'day_occupancy': {
        'numerator': 'used_desk_day_count', 'denominator': 'desk_day_count', 'percent': true,
        'is_told': 'desk_day_count > 0',
    },
    'peak_concurrency': {'value': 'peak_desk_count', 'denominator': 'desk_count'},
    'lead_time_median': {
        'value': 'lead_median_days', 'base': 'ahead_count', 'is_told': 'lead_count > 0', 'is_quantile': true,
        'is_hidden': 'is_a_lead_time_hidden',
    },
    'lead_time_p90': {
        'value': 'lead_p90_days', 'base': 'ahead_count', 'is_told': 'lead_count > 0', 'is_quantile': true,
        'is_hidden': 'is_a_lead_time_hidden',
    },
    'recorded_afterwards': {
        'numerator': 'afterwards_count', 'denominator': 'lead_count', 'percent': true,
        'is_told': 'lead_count > 0', 'is_hidden': 'is_afterwards_hidden', 'base': 'lead_count',
    },
    'booking_cancellation_rate': {
        'numerator': 'cancelled_count', 'denominator': 'made_count', 'percent': true,
        'is_told': 'is_cancelling_told', 'is_hidden': 'is_cancelled_hidden', 'base': 'made_count',
    },
    'booking_no_show_rate': {
        'numerator': 'no_show_count', 'denominator': 'use_count', 'percent': true,
        'is_told': 'is_attendance_told and use_count > 0', 'is_hidden': 'is_no_show_hidden', 'base': 'use_count',
    },
    'space_users': {'value': 'user_count', 'is_hidden': 'user_count < ' ~ var('k')},
    'returning_users': {
        'numerator': 'returning_count', 'denominator': 'user_count', 'percent': true, 'base': 'user_count',
        'is_hidden': 'user_count < ' ~ var('k') ~ ' or ' ~ is_small('returning_count')
            ~ ' or ' ~ is_small('user_count - returning_count'),
    },
    'days_per_user': {
        'numerator': 'user_day_count', 'denominator': 'user_count', 'is_hidden': 'user_count < ' ~ var('k'),
        'base': 'user_count',
    },
    'room_utilisation': {
        'numerator': hours_of('room_booked_seat_seconds'), 'denominator': hours_of('room_available_seat_seconds'),
        'percent': true, 'is_told': 'room_available_seat_seconds > 0', 'is_hidden': 'room_booked_seat_seconds is null',
    },
    'own_work_share': {
        'numerator': hours_of('coalesce(own_work_seat_seconds, 0)'),
        'denominator': hours_of('all_kinds_seat_seconds'), 'percent': true,
        'is_hidden': 'is_a_kind_hidden or is_own_work_hidden',
    },
    'autumn_event_ratio': {
        'numerator': 'autumn_event_count / autumn_day_count',
        'denominator': '(event_count - autumn_event_count) / other_day_count', 'base': 'event_count',
        'is_told': 'autumn_day_count > 0 and other_day_count > 0 and event_count > autumn_event_count',
        'is_hidden': 'event_count < ' ~ var('fewest_events'),
    },
    'desks': {'value': 'desk_count', 'is_public': true},
    'highest_price': {'value': 'highest_price_eur', 'is_public': true},
} %}
with

spaces as (

    select * from {{ ref('core__space_use') }}

),

effects as (

    select * from {{ ref('core__published_effects') }}

),

measured as (

    {% for name, measure in measures.items() %}
    select
        space_id,
        '{{ name }}' as measure,
        {%- if measure.value %}
        cast({{ measure.value }} as double) as value,
        {%- else %}
        {{ '100 * ' if measure.percent }}{{ share_of(measure.numerator, measure.denominator) }} as value,
        {%- endif %}
        cast({{ measure.numerator or 'null' }} as double) as numerator,
        cast({{ measure.denominator or 'null' }} as double) as denominator,
        cast({{ measure.base or 'null' }} as bigint) as base_n,
        cast(null as double) as interval_low,
        cast(null as double) as interval_high,
        coalesce({{ measure.is_told or 'true' }}, false) as is_told,
        {{ 'false' if measure.is_public else 'not is_published or coalesce(' ~ (measure.is_hidden or 'false')
            ~ ', false)' }} as is_hidden,
        {{ 'true' if measure.is_quantile else 'false' }} as is_quantile
    from spaces
    union all
    {% endfor %}
    select
        space_id,
        case comparison when 'school_holidays' then 'holiday_effect' else 'after_summer_change' end as measure,
        difference as value,
        first_pct as numerator,
        second_pct as denominator,
        first_weeks + second_weeks as base_n,
        low as interval_low,
        high as interval_high,
        sign <> 'x' as is_told,
        sign = '.' as is_hidden,
        false as is_quantile
    from effects

),

signed as (

    select
        *,
        case
            when not is_told then 'x'
            when is_hidden then '.'
            when is_quantile then {{ small_base_sign('base_n') }}
            when value is null then '.'
            else ''
        end as sign
    from measured

),

kept as (

    select distinct space_id from {{ ref('core__space_protection') }}
    where status = 'kept' and not {{ var('shows_hidden') }}

)

select
    spaces.municipality_id,
    spaces.space_id,
    signed.measure,
    spaces.period,
    spaces.first_date as period_start,
    spaces.last_date as period_end,
    spaces.breakdown,
    spaces.breakdown_value,
    {% for column in ['value', 'numerator', 'denominator', 'base_n', 'interval_low', 'interval_high'] -%}
    case when signed.sign in ('', '()') then signed.{{ column }} end as {{ column }},
    {% endfor -%}
    signed.sign,
    spaces.delivery_ids,
    spaces.source_text,
    spaces.licence,
    spaces.is_synthetic
from signed
inner join spaces using (space_id)
anti join kept using (space_id)
union all
-- What cannot be told anew beside the last release stays as it was told there.
select previous.*
from {{ ref('stg_landing__previous_space_measures') }} as previous
semi join kept using (space_id)
