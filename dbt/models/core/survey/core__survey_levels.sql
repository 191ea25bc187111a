-- In which classification a survey asked for a concept: the first level, the base before the others,
-- that holds the most of the codes its answers are mapped to.
with

codes as (

    select * from {{ ref('core__survey_offered') }}

),

level_answers as (

    select * from {{ ref('stg_landing__concept_answers') }}

),

counted as (

    select
        codes.survey_id,
        codes.concept_id,
        level_answers.level,
        count(*) as code_count
    from codes
    inner join level_answers using (concept_id, code)
    group by codes.survey_id, codes.concept_id, level_answers.level

),

chosen as (

    select survey_id, concept_id, level
    from counted
    qualify row_number() over (partition by survey_id, concept_id order by code_count desc, level <> '', level) = 1

)

select * from chosen
