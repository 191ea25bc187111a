-- Every event, with what may be told of its numbers. Visits are not persons: whoever comes twice counts twice.
with

events as (

    select * from {{ ref('core__published_events') }}

),

words as (

    select * from {{ ref('event_words') }}

)

select
    events.event_id,
    events.town_id,
    events.delivery_id,
    events.title,
    events.starts_at,
    events.ends_at,
    events.event_date,
    events.month,
    events.is_all_day,
    events.venue,
    events.venue_id,
    {% for kind in ['format', 'theme', 'target_group'] -%}
    events.{{ kind }},
    -- A town may bring words of its own; they stand for themselves.
    coalesce({{ kind }}s.label_de, replace(events.{{ kind }}, '_', ' ')) as {{ kind }}_de,
    coalesce({{ kind }}s.label_en, replace(events.{{ kind }}, '_', ' ')) as {{ kind }}_en,
    {% endfor -%}
    events.status,
    events.is_held,
    events.capacity,
    events.registered,
    events.registered_sign,
    events.attended,
    events.attended_sign,
    events.attended_low,
    events.attended_high,
    events.walk_ins,
    events.walk_ins_sign,
    events.organisations,
    events.organisations_sign,
    events.organisation_limit,
    events.taken_up,
    events.taken_up_sign,
    events.planned_minutes,
    events.actual_minutes,
    {{ percent_of('events.attended', 'events.capacity') }} as fill_share,
    case when events.missed >= 0 then {{ percent_of('events.missed', 'events.registered') }} end as no_show_share,
    cast(events.cost_eur as double) as cost_eur,
    {{ share_of('events.cost_eur', 'events.attended') }} as cost_per_visit,
    events.series_key as series_id,
    events.row_origin,
    events.report_section,
    events.is_synthetic,
    {{ note_without_counts('events') }} as note,
    {{ double_note('events', 'de') }} as record_note_de,
    {{ double_note('events', 'en') }} as record_note_en,
    events.delivery_ids as sources,
    events.source_text,
    events.licence,
    cast(null as varchar) as internal
from events
{% for kind in ['format', 'theme', 'target_group'] -%}
left join words as {{ kind }}s on {{ kind }}s.kind = '{{ kind }}' and events.{{ kind }} = {{ kind }}s.word
{% endfor %}
