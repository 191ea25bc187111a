{#
    A number as somebody typed it into a form, or null where it is none. One separator is a decimal
    sign (`12,50`, `12.5`); two different ones are thousands and decimal (`1.200,50`).
#}
{% macro typed_number(text) -%}
    cast(
        case
            when regexp_full_match({{ text }}, '[-+]?\d+([.,]\d+)?') then replace({{ text }}, ',', '.')
            when regexp_full_match({{ text }}, '\d{1,3}(\.\d{3})+,\d+')
                then replace(replace({{ text }}, '.', ''), ',', '.')
            when regexp_full_match({{ text }}, '\d{1,3}(,\d{3})+\.\d+') then replace({{ text }}, ',', '')
        end as double
    )
{%- endmacro %}

{# What a question goes by in tables: the concept, with the row of a grid and the level of its answers. #}
{% macro question_name(concept, item, level) -%}
    {{ concept }}
    || case when {{ item }} <> '' then '.' || {{ item }} else '' end
    || case when {{ level }} <> '' then '@' || {{ level }} else '' end
{%- endmacro %}

{#
    The column of everybody who gave no answer that leads on to other questions, whether another one or none.
    `count_tables.OTHERS` is the same.
#}
{% macro others() -%}
    'other_or_not_stated'
{%- endmacro %}
