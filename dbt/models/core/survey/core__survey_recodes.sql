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

recodes as (

    select * from {{ ref('stg_landing__concept_recodes') }}
    where is_comparable

),

indicators as (

    select * from {{ ref('stg_landing__survey_indicators') }}

),

own_answers as (

    select concept_id, level, code
    from {{ ref('stg_landing__concept_answers') }}
    where is_substantive

),

offered as (

    select * from {{ ref('core__survey_offered') }}

),

-- Each level's answers lead to themselves, finer ones to it.
leads as (

    select concept_id, level as from_level, code as from_code, level as to_level, code as to_code
    from own_answers
    union
    select recodes.concept_id, own_answers.level, recodes.from_code, recodes.level, recodes.to_code
    from recodes
    inner join own_answers on recodes.concept_id = own_answers.concept_id and recodes.from_code = own_answers.code
    where recodes.to_concept_id is null and recodes.level <> own_answers.level

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
        recodes.from_minimum,
        recodes.from_below,
        coalesce(recodes.to_concept_id, asked.concept_id) as to_concept_id,
        case when recodes.to_concept_id is null then recodes.level else '' end as to_level,
        recodes.to_code
    from asked
    inner join recodes on asked.concept_id = recodes.concept_id and recodes.from_below is not null
    left join asked as directly
        on asked.survey_id = directly.survey_id and recodes.to_concept_id = directly.concept_id
    -- A survey that asked in classes as well is taken at its word.
    where asked.scale = 'number' and directly.survey_id is null

),

price_steps as (

    select
        concept_id,
        price as from_minimum,
        coalesce(lead(price) over (partition by concept_id order by price), 1e9) as from_below,
        format('from_{:g}', price) as to_code
    from (
        select distinct concept_id, unnest(prices) as price from indicators where rule = 'demand'
        union
        select distinct concept_id, 0 from indicators where rule = 'demand'
    )

),

prices as (

    select
        asked.* exclude (population, scale),
        price_steps.from_minimum,
        price_steps.from_below,
        'prices' as to_level,
        price_steps.to_code
    from asked
    inner join price_steps using (concept_id)

),

together as (

    select *, concept_id as to_concept_id from levels
    union all by name
    select *, concept_id as to_concept_id from counted
    union all by name
    select * from classes
    union all by name
    select *, concept_id as to_concept_id from prices

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
