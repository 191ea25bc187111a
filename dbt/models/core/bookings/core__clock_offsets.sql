-- By how much local clocks are ahead of UTC, from one clock change to the next. Looked up once per quarter
-- of an hour and time zone; no booking has to ask the calendar.
with

timezones as (

    select distinct timezone from {{ ref('stg_landing__spaces') }}

),

covered as (

    select
        epoch(min(period_from_date) - interval 2 day) as first_second,
        epoch(max(period_to_date) + interval 3 day) as last_second
    from {{ ref('stg_landing__spaces') }}

),

quarters as (

    select
        timezones.timezone,
        unnest(range(cast(covered.first_second as bigint), cast(covered.last_second as bigint), 900)) as second
    from timezones
    cross join covered

),

offsets as (

    select
        timezone,
        second,
        {{ seconds_of("timezone(timezone, to_timestamp(second))") }} - second as offset_seconds
    from quarters

),

changes as (

    select *
    from offsets
    qualify offset_seconds is distinct from lag(offset_seconds) over (partition by timezone order by second)

)

select
    timezone,
    offset_seconds,
    second as from_second,
    lead(second, 1, {{ end_of_time() }}) over (partition by timezone order by second) as to_second
from changes
