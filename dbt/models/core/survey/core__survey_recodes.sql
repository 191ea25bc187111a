-- Which classifications of a question a survey has beside the one it asked in, and what leads to them:
--
--     a level of the dictionary, where an indicator or a breakdown uses it, or numbers are put in classes
--     `prices`, the steps of a demand curve
--     an indicator: its answers count, the others do not
--
-- Each becomes a table of its own, linked to the question it was recoded from.
with

asked as (

    select distinct
        mappings.survey_id,
        surveys.population,
        mappings.concept_id,
        mappings.item,
        mappings.scale,
        coalesce(levels.level, '') as level
    from {{ ref('core__survey_mappings') }} as mappings
    inner join {{ ref('stg_landing__surveys') }} as surveys using (survey_id)
    left join {{ ref('core__survey_levels') }} as levels using (survey_id, concept_id)

),

number_classes as (

    select * from {{ ref('core__survey_number_classes') }}

),

indicators as (

    select * from {{ ref('stg_landing__survey_indicators') }}

),

offered as (

    select * from {{ ref('core__survey_offered') }}

),

leads as (

    select * from {{ ref('core__survey_leads') }}

),

used_levels as (

    select concept_id, level from indicators where rule = 'distribution'
    union
    select concept_id, level from {{ ref('core__survey_breakdowns') }}

),

levels as (

    select
        asked.* exclude (population, scale),
        leads.from_code,
        leads.to_level,
        leads.to_code
    from asked
    inner join leads on asked.concept_id = leads.concept_id and asked.level = leads.from_level
    inner join offered
        on asked.survey_id = offered.survey_id
        and asked.concept_id = offered.concept_id
        and leads.from_code = offered.code
    inner join used_levels on leads.concept_id = used_levels.concept_id and leads.to_level = used_levels.level
    where asked.level <> leads.to_level

),

counted as (

    select
        asked.* exclude (population, scale),
        leads.from_code,
        indicators.indicator_id as to_level,
        case when list_contains(indicators.answers, leads.to_code) then 'counted' else 'not_counted' end as to_code
    from asked
    inner join indicators
        on asked.concept_id = indicators.concept_id
        and indicators.rule in ('share', 'top2')
        and (indicators.populations is null or list_contains(indicators.populations, asked.population))
    inner join leads
        on asked.concept_id = leads.concept_id
        and asked.level = leads.from_level
        and indicators.level = leads.to_level
    inner join offered
        on asked.survey_id = offered.survey_id
        and asked.concept_id = offered.concept_id
        and leads.from_code = offered.code

),

classes as (

    select
        asked.* exclude (population, scale),
        number_classes.* exclude (concept_id)
    from asked
    inner join number_classes using (concept_id)
    left join asked as directly
        on asked.survey_id = directly.survey_id
        and number_classes.to_concept_id = directly.concept_id
        and number_classes.to_concept_id <> asked.concept_id
    -- A survey that asked in classes as well is taken at its word.
    where asked.scale = 'number' and directly.survey_id is null

),

together as (

    select *, concept_id as to_concept_id from levels
    union all by name
    select *, concept_id as to_concept_id from counted
    union all by name
    select * from classes

)

select
    survey_id,
    concept_id,
    item,
    level,
    from_code,
    from_minimum,
    from_below,
    to_concept_id,
    to_level,
    to_code
from together
