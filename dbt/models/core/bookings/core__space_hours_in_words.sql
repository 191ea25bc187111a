-- The space's own opening hours as people write them: "Mo–Fr 09:00–17:00 Uhr". Rooms with hours of their
-- own are left out of the sentence, never out of the sums; hours of a part of the record say of which.
with

hours as (

    select distinct
        opening.space_id,
        opening.weekday,
        opening.opens_time,
        opening.closes_time,
        case when opening.valid_from_date > spaces.first_date then opening.valid_from_date end as from_date,
        case when opening.valid_to_date < spaces.last_date then opening.valid_to_date end as to_date
    from {{ ref('stg_landing__opening_hours') }} as opening
    inner join {{ ref('core__space_facts') }} as spaces
        on opening.space_id = spaces.space_id
        and coalesce(opening.valid_from_date, spaces.first_date) <= spaces.last_date
        and coalesce(opening.valid_to_date, spaces.last_date) >= spaces.first_date
    where opening.room_id is null

),

alike as (

    select
        space_id,
        opens_time,
        closes_time,
        from_date,
        to_date,
        min(weekday) as first_weekday,
        list(weekday order by weekday) as weekdays
    from hours
    group by space_id, opens_time, closes_time, from_date, to_date

),

named as (

    select
        space_id,
        first_weekday,
        opens_time,
        from_date,
        {% for language, names, form, since, until in [
            ('de', ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'], '%d.%m.%Y', 'ab', 'bis'),
            ('en', ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], '%-d %B %Y', 'from', 'until')
        ] -%}
        case
            when len(weekdays) > 2 and weekdays[-1] - weekdays[1] + 1 = len(weekdays)
                then ({{ names }})[weekdays[1]] || '–' || ({{ names }})[weekdays[-1]]
            else array_to_string(list_transform(weekdays, lambda day: ({{ names }})[day]), ', ')
        end || ' ' || opens_time || '–' || closes_time || '{{ " Uhr" if language == "de" }}' || case
            when from_date is not null and to_date is not null
                then ' (' || strftime(from_date, '{{ form }}') || ' – ' || strftime(to_date, '{{ form }}') || ')'
            when from_date is not null then ' ({{ since }} ' || strftime(from_date, '{{ form }}') || ')'
            when to_date is not null then ' ({{ until }} ' || strftime(to_date, '{{ form }}') || ')'
            else ''
        end as hours_{{ language }}{{ "," if not loop.last }}
        {% endfor %}
    from alike

)

select
    space_id,
    string_agg(hours_de, '; ' order by from_date nulls first, first_weekday, opens_time) as hours_de,
    string_agg(hours_en, '; ' order by from_date nulls first, first_weekday, opens_time) as hours_en
from named
group by space_id
