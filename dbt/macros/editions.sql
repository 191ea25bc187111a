{#
    Whether something is told: where it may be published, and in the team's edition anyhow. That edition is made of the
    same models, by a second run over those tagged `edition` and all that follows from them.
#}
{% macro is_told(condition) -%}
    {{ 'true' if var('shows_hidden') else condition }}
{%- endmacro %}
