-- Each event once, as the newest record tells it; what that one is silent about an older one may tell.
{%- set told = [
    'series_key', 'venue_id', 'venue', 'organiser_kind', 'format', 'theme', 'target_group', 'report_section', 'note',
    'capacity', 'registered_count', 'attended_count', 'walk_in_count', 'organisation_count', 'organisation_limit',
    'offered_count', 'taken_up_count', 'planned_minutes', 'actual_minutes', 'cost_eur', 'price_eur', 'ends_at'
] %}
with

records as (

    select
        events.*,
        identities.event_id,
        identities.town_id,
        deliveries.title as delivery_title,
        deliveries.producer,
        deliveries.licence,
        deliveries.received_date,
        row_number() over (
            partition by identities.event_id
            order by deliveries.received_date, events.delivery_id, events.file desc, events.line desc
        ) as recency
    from {{ ref('stg_landing__events') }} as events
    inner join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
    inner join {{ ref('core__event_identities') }} as identities
        on deliveries.town_id = identities.town_id
        and events.event_key = identities.event_key

)

select
    event_id,
    town_id,
    max_by(delivery_id, recency) as delivery_id,
    max_by(title, recency) as title,
    max_by(status, recency) as status,
    max_by(starts_at, recency) as starts_at,
    max_by(is_all_day, recency) as is_all_day,
    {% for column in told -%}
    {{ newest_told(column) }} as {{ column }},
    {% endfor -%}
    -- A fact of the report stays one beside a made-up record of the same event.
    case
        when bool_or(row_origin = 'report') then 'report'
        when bool_or(row_origin = 'delivered') then 'delivered'
        else 'synthetic'
    end as row_origin,
    max(received_date) as received_date,
    count(distinct delivery_id) as delivery_count,
    count(distinct event_key) as number_count,
    string_agg(distinct delivery_id, ', ' order by delivery_id) as delivery_ids,
    string_agg(distinct delivery_title || ' (' || producer || ')', '; ') as source_text,
    string_agg(distinct licence, '; ' order by licence) as licence
from records
group by event_id, town_id
