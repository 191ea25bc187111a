-- What respondents answered to the concepts that population margins are given for, in the classification
-- of the margins: the one that knows most of their codes.
with

margins as (

    select * from {{ ref('stg_landing__survey_margins') }}

),

answers as (

    select * from {{ ref('core__survey_answers') }}

),

level_answers as (

    select * from {{ ref('stg_landing__concept_answers') }}

),

chosen as (

    select
        margins.survey_id,
        margins.concept_id,
        level_answers.level,
        count(*) as code_count
    from margins
    inner join level_answers using (concept_id, code)
    where exists (
        select 1
        from answers
        where answers.survey_id = margins.survey_id
            and answers.concept_id = margins.concept_id
            and answers.level = level_answers.level
    )
    group by margins.survey_id, margins.concept_id, level_answers.level
    qualify row_number() over (
        partition by margins.survey_id, margins.concept_id order by count(*) desc, level_answers.level
    ) = 1

),

responses as (

    select survey_id, response_id
    from {{ ref('stg_landing__responses') }}
    where status = 'completed'

),

wanted as (

    select distinct responses.survey_id, responses.response_id, margins.concept_id
    from responses
    inner join margins using (survey_id)

)

select
    wanted.survey_id,
    wanted.response_id,
    wanted.concept_id,
    answers.code
from wanted
left join chosen using (survey_id, concept_id)
left join answers
    on wanted.survey_id = answers.survey_id
    and wanted.response_id = answers.response_id
    and wanted.concept_id = answers.concept_id
    and chosen.level = answers.level
    and answers.state = 'answered'
