-- What each event counts towards: the town as a whole, its month, format, theme, target group, venue, and the
-- week of an opening. An event nobody classified counts in the whole alone.
with

events as (

    select * from {{ ref('core__published_events') }}

),

openings as (

    select town_id, max(event_date) as opening_date
    from events
    where format = 'opening' and is_held
    group by town_id

),

named as (

    select event_id, town_id, 'total' as family, cast(null as varchar) as member from events
    union all
    select event_id, town_id, 'month', substr(cast(month as varchar), 1, 7) from events
    union all
    select event_id, town_id, 'format', format from events where format is not null
    union all
    select event_id, town_id, 'theme', theme from events where theme is not null
    union all
    select event_id, town_id, 'target_group', target_group from events where target_group is not null
    union all
    select event_id, town_id, 'venue', coalesce(venue_id, venue) from events where coalesce(venue_id, venue) is not null
    union all
    select event_id, town_id, 'format_month', format || '/' || substr(cast(month as varchar), 1, 7)
    from events
    where format is not null
    union all
    select event_id, town_id, 'format_target_group', format || '/' || target_group
    from events
    where format is not null and target_group is not null
    union all
    select events.event_id, events.town_id, 'opening_week', cast(null as varchar)
    from events
    inner join openings
        on events.town_id = openings.town_id
        and events.event_date >= openings.opening_date
        and date_diff('day', openings.opening_date, events.event_date) < 7

)

select * from named
