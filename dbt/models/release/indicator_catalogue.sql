-- The passports of all indicators, from the two catalogues: entry by entry, and the surveys' as they landed.
with

passports as (

    {% for indicator in var('indicators') %}
    select
        {% for field, value in indicator.passport.items() -%}
        {{ value if value is number else text_literal(value) }} as {{ field }}{{ "," if not loop.last }}
        {% endfor %}
    {{ "union all by name" if not loop.last }}
    {% endfor %}

),

survey_passports as (

    select
        *,
        'Befragungen der Städte' as source_de,
        'the towns'' surveys' as source_en,
        (select string_agg(distinct licence, '; ' order by licence) from {{ ref('stg_landing__surveys') }})
            as licence,
        coalesce(concept_id, '') as figures,
        'self_selected' as quality_grade,
        'survey__values' as dbt_model
    from {{ ref('stg_landing__survey_indicators') }}

),

together as (

    select * from passports
    union all by name
    select * from survey_passports

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
from together
