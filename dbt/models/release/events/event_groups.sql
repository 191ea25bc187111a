-- Events by month, format, theme, target group and venue, from what is published of each of them.
with

groups as (

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
    groups.town_id,
    case when groups.family = 'total' then 'all' else groups.family end as family,
    coalesce(groups.member, 'all') as member,
    coalesce(words.label_de, venues.name, replace(groups.member, '_', ' '), 'alle Veranstaltungen') as member_de,
    coalesce(words.label_en, venues.name, replace(groups.member, '_', ' '), 'all events') as member_en,
    groups.event_count,
    groups.held_count,
    groups.cancelled_count,
    groups.counted_count,
    groups.visits_low,
    groups.visits_high,
    groups.visits_published,
    groups.median_low,
    groups.median_high,
    groups.hidden_count,
    groups.capacity_sum,
    case when groups.filled_low = groups.filled_high then {{ percent_of('groups.filled_low', 'groups.capacity_sum') }} end
        as fill_share,
    {{ percent_of('groups.filled_low', 'groups.capacity_sum') }} as fill_share_low,
    {{ percent_of('groups.filled_high', 'groups.capacity_sum') }} as fill_share_high,
    case when {{ missed_share('low', 'groups.') }} = {{ missed_share('high', 'groups.') }}
        then {{ missed_share('low', 'groups.') }} end as no_show_share,
    {{ missed_share('low', 'groups.') }} as no_show_share_low,
    {{ missed_share('high', 'groups.') }} as no_show_share_high,
    groups.is_synthetic
from groups
left join words on groups.family = words.kind and groups.member = words.word
left join venues on groups.family = 'venue' and groups.town_id = venues.town_id and groups.member = venues.member
