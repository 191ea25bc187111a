{# A text or nothing as an SQL literal: quotes doubled, line breaks of folded YAML made spaces. #}
{% macro text_literal(text) -%}
    {%- if text is none -%}
        cast(null as varchar)
    {%- else -%}
        '{{ text | string | trim | replace("\n", " ") | replace("'", "''") }}'
    {%- endif -%}
{%- endmacro %}
