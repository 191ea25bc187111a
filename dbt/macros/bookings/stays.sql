{# How long a desk was taken at a stretch, in classes: up to so many hours of a day. #}
{% macro stay_class(seconds) -%}
    case
        when {{ seconds }} <= 2 * 3600 then 'up_to_2_hours'
        when {{ seconds }} <= 4 * 3600 then 'up_to_4_hours'
        when {{ seconds }} <= 6 * 3600 then 'up_to_6_hours'
        when {{ seconds }} <= 8 * 3600 then 'up_to_8_hours'
        else 'over_8_hours'
    end
{%- endmacro %}
