{# The part of the day an hour lies in, by which use is published; hours after midnight belong to the evening. #}
{% macro part_of_day(hour) -%}
    case when {{ hour }} < 12 then 'morning' when {{ hour }} < 17 then 'afternoon' else 'evening' end
{%- endmacro %}
