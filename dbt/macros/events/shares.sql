{#
    No-shows of a group among its registrations, per cent, as low or high as what is shown allows: few who
    stayed away among many who came, or the other way round.
#}
{% macro missed_share(end, prefix='') -%}
    {%- set other = 'high' if end == 'low' else 'low' -%}
    {{ percent_of(
        prefix ~ 'missed_' ~ end, '(' ~ prefix ~ 'missed_' ~ end ~ ' + ' ~ prefix ~ 'returned_' ~ other ~ ')'
    ) }}
{%- endmacro %}

{#
    A town's own note is left out where it could say in words what is hidden as a number; in the team's edition where it
    says any, so that no words are in it that are not public.
#}
{% macro note_without_counts(event) -%}
    case
        when {{ is_told("'.' in (" ~ event ~ ".registered_sign, " ~ event ~ ".attended_sign, " ~ event
            ~ ".walk_ins_sign, " ~ event ~ ".organisations_sign, " ~ event ~ ".taken_up_sign)") }}
        and regexp_matches(
            lower({{ event }}.note),
            '[0-9]|\b(ein|eine|einer|einem|einen|zwei|drei|vier|fünf|sechs|sieben|acht|one|two|three|four|five|six|seven|eight)\b'
        ) then null
        else {{ event }}.note
    end
{%- endmacro %}

{# What had to be decided about the records of an event, in words; null where nothing had to be. #}
{% macro double_note(event, language) -%}
    {%- set said = {
        'de': ['Steht in mehreren Lieferungen oder Dateien und zählt einmal.',
               'Liste und Verzeichnis nennen verschiedene Zahlen; es gilt die Liste.',
               'Ein Teil war größer angegeben als das Ganze und bleibt weg.',
               'Die Besuche können neben bereits veröffentlichten Zahlen nicht genannt werden.'],
        'en': ['Stands in several deliveries or files and counts once.',
               'List and record give different numbers; the list counts.',
               'A part was stated larger than its whole and is left out.',
               'Visits cannot be told beside numbers that are out already.'],
    }[language] -%}
    nullif(trim(
        case when {{ event }}.delivery_count > 1 or {{ event }}.number_count > 1 then '{{ said[0] }} ' else '' end
        || case when {{ event }}.has_two_counts then '{{ said[1] }} ' else '' end
        || case when {{ event }}.has_contradiction then '{{ said[2] }} ' else '' end
        || case when {{ event }}.is_withheld then '{{ said[3] }}' else '' end
    ), '')
{%- endmacro %}
