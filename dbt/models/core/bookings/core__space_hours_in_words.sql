-- The space's own opening hours as people write them: "Mo–Fr 09:00–17:00 Uhr". Rooms with hours of their
-- own are left out of the sentence, never out of the sums.
with

hours as (

    select distinct opening.space_id, opening.weekday, opening.opens_time, opening.closes_time
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
        min(weekday) as first_weekday,
        list(weekday order by weekday) as weekdays
    from hours
    group by space_id, opens_time, closes_time

),

named as (

    select
        space_id,
        first_weekday,
        opens_time,
        {% for language, names in [
            ('de', ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So']), ('en', ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
        ] -%}
        case
            when len(weekdays) > 2 and weekdays[-1] - weekdays[1] + 1 = len(weekdays)
                then ({{ names }})[weekdays[1]] || '–' || ({{ names }})[weekdays[-1]]
            else array_to_string(list_transform(weekdays, lambda day: ({{ names }})[day]), ', ')
        end || ' ' || opens_time || '–' || closes_time || '{{ " Uhr" if language == "de" }}' as hours_{{ language }}{{ "," if not loop.last }}
        {% endfor %}
    from alike

)

select
    space_id,
    string_agg(hours_de, '; ' order by first_weekday, opens_time) as hours_de,
    string_agg(hours_en, '; ' order by first_weekday, opens_time) as hours_en
from named
group by space_id
