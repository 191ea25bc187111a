-- Each event once, as the newest record tells it; what that one is silent about an older one may tell.
{%- set newest = ['delivery_id', 'title', 'status', 'starts_at', 'is_all_day'] %}
{%- set told = [
    'series_key', 'venue_id', 'venue', 'organiser_kind', 'format', 'theme', 'target_group', 'report_section', 'note',
    'capacity', 'registered_count', 'attended_count', 'walk_in_count', 'organisation_count', 'organisation_limit',
    'offered_count', 'taken_up_count', 'planned_minutes', 'actual_minutes', 'cost_eur', 'price_eur', 'ends_at'
] %}
with

deliveries as (

    select *, row_number() over (order by received_date, delivery_id) as delivery_recency
    from {{ ref('stg_landing__deliveries') }}

),

records as (

    select
        events.*,
        identities.event_id,
        identities.town_id,
        deliveries.title || ' – ' || deliveries.producer as delivery_text,
        deliveries.licence,
        deliveries.received_date,
        deliveries.delivery_recency,
        count(*) over (partition by identities.event_id) as record_count
    from {{ ref('stg_landing__events') }} as events
    inner join deliveries using (delivery_id)
    inner join {{ ref('core__event_identities') }} as identities
        on deliveries.town_id = identities.town_id
        and events.event_key = identities.event_key

),

ordered as (

    select
        *,
        row_number() over (partition by event_id order by delivery_recency, file desc, line desc) as recency
    from records
    where record_count > 1

),

completed as (

    select
        event_id,
        town_id,
        {% for column in newest -%}
        max_by({{ column }}, recency) as {{ column }},
        {% endfor -%}
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
        string_agg(distinct delivery_text, '; ' order by delivery_text) as source_text,
        string_agg(distinct licence, '; ' order by licence) as licence
    from ordered
    group by event_id, town_id

),

-- Most events are told once and need no completing.
told_once as (

    select
        event_id,
        town_id,
        {% for column in newest + told -%}
        {{ column }},
        {% endfor -%}
        row_origin,
        received_date,
        1 as delivery_count,
        1 as number_count,
        delivery_id as delivery_ids,
        delivery_text as source_text,
        licence
    from records
    where record_count = 1

)

select * from told_once
union all
select * from completed
