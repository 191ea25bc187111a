-- The passports of all indicators, from the YAML beside each model.
{% for model in var('indicator_models') -%}
-- depends_on: {{ ref(model) }}
{% endfor %}
{%- set passports = indicator_passports() -%}
{%- set whole_numbers = ['position', 'decimals'] -%}
with

passports as (

    {% for passport in passports %}
    select
        {% for field in catalogue_fields() -%}
        {{ passport[field] if field in whole_numbers else text_literal(passport[field]) }} as {{ field }},
        {% endfor -%}
        '{{ passport.dbt_model }}' as dbt_model
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    indicator_id,
    theme,
    cast(position as integer) as position,
    title_de,
    title_en,
    short_de,
    short_en,
    description_de,
    description_en,
    unit_de,
    unit_en,
    cast(decimals as integer) as decimals,
    value_kind,
    formula_de,
    formula_en,
    method_de,
    method_en,
    caveat_de,
    caveat_en,
    base_de,
    base_en,
    source_de,
    source_en,
    licence,
    figures,
    dbt_model,
    sensitivity,
    quality_grade
from passports
