-- Events by month, format, theme, target group and venue, from what is published of each of them.
with

event_groups as (

    select * from {{ ref('core__event_groups') }}
    where family in ('total', 'month', 'format', 'theme', 'target_group', 'venue')

),

words as (

    select * from {{ ref('event_words') }}

),

venues as (

    select town_id, coalesce(venue_id, venue) as member, min(venue) as name
    from {{ ref('core__published_events') }}
    where venue is not null
    group by town_id, coalesce(venue_id, venue)

)

select
    event_groups.town_id,
    case when event_groups.family = 'total' then 'all' else event_groups.family end as family,
    coalesce(event_groups.member, 'all') as member,
    coalesce(words.label_de, venues.name, replace(event_groups.member, '_', ' '), 'alle Veranstaltungen') as member_de,
    coalesce(words.label_en, venues.name, replace(event_groups.member, '_', ' '), 'all events') as member_en,
    event_groups.event_count,
    event_groups.held_count,
    event_groups.cancelled_count,
    event_groups.counted_count,
    event_groups.visits_low,
    event_groups.visits_high,
    event_groups.visits_published,
    event_groups.median_low,
    event_groups.median_high,
    event_groups.hidden_count,
    event_groups.capacity_sum,
    case when event_groups.filled_low = event_groups.filled_high then {{ percent_of('event_groups.filled_low', 'event_groups.capacity_sum') }} end
        as fill_share,
    {{ percent_of('event_groups.filled_low', 'event_groups.capacity_sum') }} as fill_share_low,
    {{ percent_of('event_groups.filled_high', 'event_groups.capacity_sum') }} as fill_share_high,
    case when {{ missed_share('low', 'event_groups.') }} = {{ missed_share('high', 'event_groups.') }}
        then {{ missed_share('low', 'event_groups.') }} end as no_show_share,
    {{ missed_share('low', 'event_groups.') }} as no_show_share_low,
    {{ missed_share('high', 'event_groups.') }} as no_show_share_high,
    event_groups.is_synthetic,
    cast(null as varchar) as internal
from event_groups
left join words on event_groups.family = words.kind and event_groups.member = words.word
left join venues on event_groups.family = 'venue' and event_groups.town_id = venues.town_id and event_groups.member = venues.member
