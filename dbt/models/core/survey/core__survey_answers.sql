-- The coded answers, and what follows from them in coarser classes.
with

coded as (

    select * from {{ ref('core__survey_coded_answers') }}

),

levels as (

    select * from {{ ref('core__survey_levels') }}

),

recodes as (

    select * from {{ ref('core__survey_recodes') }}

),

as_asked as (

    select
        coded.survey_id,
        coded.response_id,
        coded.concept_id,
        coded.item,
        coalesce(levels.level, '') as level,
        coded.scale,
        coded.state,
        coded.code,
        coded.number,
        true as is_as_asked
    from coded
    left join levels using (survey_id, concept_id)

),

recoded as (

    select
        as_asked.survey_id,
        as_asked.response_id,
        recodes.to_concept_id as concept_id,
        as_asked.item,
        recodes.to_level as level,
        'single' as scale,
        'answered' as state,
        recodes.to_code as code,
        cast(null as double) as number,
        false as is_as_asked
    from as_asked
    inner join recodes
        on as_asked.survey_id = recodes.survey_id
        and as_asked.concept_id = recodes.concept_id
        and as_asked.item = recodes.item
        and as_asked.code = recodes.from_code
    where as_asked.state = 'answered'

),

classed as (

    select
        as_asked.survey_id,
        as_asked.response_id,
        recodes.to_concept_id as concept_id,
        as_asked.item,
        recodes.to_level as level,
        'single' as scale,
        'answered' as state,
        recodes.to_code as code,
        cast(null as double) as number,
        false as is_as_asked
    from as_asked
    inner join recodes
        on as_asked.survey_id = recodes.survey_id
        and as_asked.concept_id = recodes.concept_id
        and as_asked.item = recodes.item
        and as_asked.number >= recodes.from_minimum
        and as_asked.number < recodes.from_below
    where as_asked.state = 'answered'

)

select * from as_asked
union all by name
select * from recoded
union all by name
select * from classed
