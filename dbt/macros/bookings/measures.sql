{# Tables, rooms and lounges are booked by groups, desks by persons. #}
{% macro desk_or_room(kind) -%}
    case when {{ kind }} = 'desk' then 'desk' else 'room' end
{%- endmacro %}

{# Seat-seconds as seat-hours. #}
{% macro hours_of(seconds) -%}
    (cast({{ seconds }} as double) / 3600)
{%- endmacro %}

{# A share in per cent; null where there is nothing to be a share of. #}
{% macro percent_of(part, whole) -%}
    (100 * {{ share_of(part, whole) }})
{%- endmacro %}
