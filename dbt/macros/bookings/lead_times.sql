{#
    How long before its beginning a booking was made, in classes. `afterwards`: entered when it had begun
    already, which is a record and no plan. `unknown`: the source does not say when it was made.
#}
{% macro lead_time_class(from_second, created_second) -%}
    case
        when {{ created_second }} is null then 'unknown'
        when {{ created_second }} > {{ from_second }} then 'afterwards'
        when {{ from_second }} - {{ created_second }} < 86400 then 'under_1_day'
        when {{ from_second }} - {{ created_second }} < 3 * 86400 then '1_to_2_days'
        when {{ from_second }} - {{ created_second }} < 7 * 86400 then '3_to_6_days'
        when {{ from_second }} - {{ created_second }} < 14 * 86400 then '7_to_13_days'
        else '14_days_or_more'
    end
{%- endmacro %}
