{# A count so small that it may point at persons. Nothing and nobody is told as 0. #}
{% macro is_small(count) -%}
    coalesce(({{ count }}) between 1 and {{ var('k') - 1 }}, false)
{%- endmacro %}

{#
    The newest told value of a column: a newer record that does not speak of something does not unsay it.
    An aggregate; `recency` is larger for the newer record.
#}
{% macro newest_told(column, recency='recency') -%}
    max_by({{ column }}, case when {{ column }} is not null then {{ recency }} end)
{%- endmacro %}

{# '' published, `.` would point at persons, `x` nobody recorded it. #}
{% macro count_sign(count, is_hidden) -%}
    case when {{ count }} is null then 'x' when {{ is_hidden }} then '.' else '' end
{%- endmacro %}

{# A title by which two exports can be told to mean the same event: lower case, single spaces. #}
{% macro plain_title(title) -%}
    lower(trim(regexp_replace({{ title }}, '\s+', ' ', 'g')))
{%- endmacro %}

{#
    A number that has changed by a handful since it was last published stays as it was: the change would be
    those few. One that has become small itself is hidden and says no more than that.
#}
{% macro steady(count, before) -%}
    case
        when {{ is_small('abs(' ~ count ~ ' - ' ~ before ~ ')') }} and not {{ is_small(count) }} then {{ before }}
        else {{ count }}
    end
{%- endmacro %}
