{#
    Intervals are half-open, [from, to), in whole seconds since 1970 UTC: whole numbers are compared and
    subtracted exactly, and no clock change can lengthen them.
#}
{% macro seconds_of(moment) -%}
    cast(epoch({{ moment }}) as bigint)
{%- endmacro %}

{# Local midnight at the beginning of a day, as seconds. #}
{% macro midnight_of(day, timezone) -%}
    cast(epoch(timezone({{ timezone }}, cast({{ day }} as timestamp))) as bigint)
{%- endmacro %}

{# Ends of an open interval, beyond every booking: the years 1900 and 2200. #}
{% macro beginning_of_time() -%}
    cast(-2208988800 as bigint)
{%- endmacro %}

{% macro end_of_time() -%}
    cast(7258118400 as bigint)
{%- endmacro %}

{#
    Where an interval's own part begins if those before it (in the order of the window) take up at most
    `capacity` places: at the `capacity`-th largest end among them, since until then so many of them are
    still there. What lies before is an overlap. The parts of all intervals together cover each moment as
    often as intervals do, but never more than `capacity` times; and each part is one piece.

    The window must run over all rows before the current one.
#}
{% macro own_part_from(from_second, to_second, window, capacity=none) -%}
    greatest({{ from_second }}, coalesce(
        {% if capacity is none -%}
        max({{ to_second }}) over {{ window }}
        {%- else -%}
        (max({{ to_second }}, {{ capacity }}) over {{ window }})[{{ capacity }}]
        {%- endif %},
        {{ from_second }}
    ))
{%- endmacro %}

{# How long two intervals overlap; 0 where they do not. #}
{% macro shared_seconds(from_1, to_1, from_2, to_2) -%}
    greatest(least({{ to_1 }}, {{ to_2 }}) - greatest({{ from_1 }}, {{ from_2 }}), 0)
{%- endmacro %}

{# The units of a size (days, hours) that an interval touches, counted from 1970: a list. #}
{% macro units_touched(from_second, to_second, unit_seconds) -%}
    range(
        cast(floor(({{ from_second }}) / {{ unit_seconds }}) as bigint),
        cast(floor((({{ to_second }}) - 1) / {{ unit_seconds }}) as bigint) + 1
    )
{%- endmacro %}

{# The day of the week of an opening, on which it began: 1 is Monday. #}
{% macro weekday_of(day) -%}
    cast(extract(isodow from {{ day }}) as integer)
{%- endmacro %}

{#
    The hour of the local clock, counted from the midnight before the opening; `local_hour` counts from 1970. Hours
    after the next midnight go on with 24, so that those of an evening stand with their day, and the days of a weekday
    and its hours add up to the same.
#}
{% macro hour_of_opening(local_hour, day) -%}
    cast({{ local_hour }} - 24 * ({{ day }} - date '1970-01-01') as integer)
{%- endmacro %}
