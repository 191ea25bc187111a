{#
    Whether something is told: where it may be published, and in the team's edition anyhow. That edition is made of the
    same models, by a second run over those tagged `edition` and all that follows from them.
#}
{% macro is_told(condition) -%}
    {{ 'true' if var('shows_hidden') else condition }}
{%- endmacro %}

{#
    What counts or identifies the records of a delivery, in either edition: a list of three registrations tells a
    hidden number by its length, and whoever guesses a small file confirms it by its hash. So it is told of what offices,
    calendars and the journal publish themselves, and of nothing that holds answers, bookings or registrations.
#}
{% macro of_no_persons(value, kind='deliveries.kind') -%}
    case when {{ kind }} in ('statistics', 'calendar', 'journal') then {{ value }} end
{%- endmacro %}
