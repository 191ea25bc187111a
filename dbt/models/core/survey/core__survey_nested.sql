-- Questions that were put to those alone who gave one of some answers to another one, as the questionnaire says: whoever
-- answered `inner_question` answered `outer_question` with one of these. Protection and attack take it for known. Of the
-- questions that lead to one, directly or by others, answers lead there if nobody who gave them was not asked; of other
-- questions it is the one answer that all gave.
with recursive

events as (

    select survey_id, response_id, concept_id, question, shape, answer
    from {{ ref('core__survey_events') }}

),

mappings as (

    select distinct survey_id, concept_id, question, routing_question
    from {{ ref('core__survey_mappings') }}

),

-- By whatever number of steps; `union` ends where a questionnaire leads in a circle.
leads as (

    select inners.survey_id, inners.concept_id, outers.concept_id as outer_concept_id
    from mappings as inners
    inner join mappings as outers
        on inners.survey_id = outers.survey_id and inners.routing_question = outers.question
    union
    select leads.survey_id, leads.concept_id, outers.concept_id as outer_concept_id
    from leads
    inner join mappings as inners
        on leads.survey_id = inners.survey_id and leads.outer_concept_id = inners.concept_id
    inner join mappings as outers
        on inners.survey_id = outers.survey_id and inners.routing_question = outers.question

),

routed as (

    select distinct survey_id, concept_id from mappings where routing_question is not null

),

answered as (

    select distinct survey_id, response_id, concept_id, question
    from events
    where shape = 'partition' or answer = 'base'

),

sizes as (

    select survey_id, question, any_value(concept_id) as concept_id, count(*) as respondent_count
    from answered
    group by survey_id, question

),

inners as (

    select answered.* from answered
    inner join routed using (survey_id, concept_id)

),

asked as (

    select distinct survey_id, response_id, concept_id
    from {{ ref('core__survey_coded_answers') }}
    where state <> 'not_asked'

),

given as (

    select survey_id, response_id, concept_id as outer_concept_id, question as outer_question, answer as outer_answer
    from events
    where answer <> 'base'

),

-- An answer that everybody gave leads nowhere.
given_counts as (

    select given.survey_id, given.outer_question, given.outer_answer, count(*) as given_count
    from given
    inner join sizes on given.survey_id = sizes.survey_id and given.outer_question = sizes.question
    group by given.survey_id, given.outer_question, given.outer_answer, sizes.respondent_count
    having count(*) < sizes.respondent_count

),

together as (

    select
        inners.survey_id,
        inners.question as inner_question,
        given.outer_concept_id,
        given.outer_question,
        given.outer_answer,
        count(*) as respondent_count
    from inners
    inner join given using (survey_id, response_id)
    inner join given_counts using (survey_id, outer_question, outer_answer)
    -- A question and its own classes are linked as recodes.
    where inners.concept_id <> given.outer_concept_id
    group by all

),

by_one_answer as (

    select together.survey_id, together.inner_question, together.outer_question, together.outer_answer
    from together
    inner join sizes
        on together.survey_id = sizes.survey_id
        and together.inner_question = sizes.question
        and together.respondent_count = sizes.respondent_count
    where sizes.respondent_count >= {{ var('k') }}

),

asked_counts as (

    select given.survey_id, asked.concept_id, given.outer_question, given.outer_answer, count(*) as asked_count
    from given
    inner join asked using (survey_id, response_id)
    inner join leads
        on asked.survey_id = leads.survey_id
        and asked.concept_id = leads.concept_id
        and given.outer_concept_id = leads.outer_concept_id
    group by all

),

leading_answers as (

    select
        asked_counts.survey_id,
        sizes.question as inner_question,
        asked_counts.outer_question,
        asked_counts.outer_answer
    from asked_counts
    inner join given_counts
        on asked_counts.survey_id = given_counts.survey_id
        and asked_counts.outer_question = given_counts.outer_question
        and asked_counts.outer_answer = given_counts.outer_answer
        and asked_counts.asked_count = given_counts.given_count
    inner join sizes on asked_counts.survey_id = sizes.survey_id and asked_counts.concept_id = sizes.concept_id

),

-- As many as answered the inner question and gave an answer that leads to it.
led as (

    select leading_answers.survey_id, leading_answers.inner_question, leading_answers.outer_question
    from leading_answers
    inner join given using (survey_id, outer_question, outer_answer)
    inner join inners
        on given.survey_id = inners.survey_id
        and given.response_id = inners.response_id
        and leading_answers.inner_question = inners.question
    inner join sizes on leading_answers.survey_id = sizes.survey_id and leading_answers.inner_question = sizes.question
    group by leading_answers.survey_id, leading_answers.inner_question, leading_answers.outer_question, sizes.respondent_count
    having count(distinct given.response_id) = sizes.respondent_count

),

answer_counts as (

    select survey_id, outer_question, count(distinct outer_answer) as answer_count
    from given
    group by survey_id, outer_question

),

by_leading_answers as (

    select leading_answers.* from leading_answers
    inner join led using (survey_id, inner_question, outer_question)
    inner join answer_counts using (survey_id, outer_question)
    -- If all answers that were given lead there, nothing is said.
    qualify count(*) over (partition by survey_id, inner_question, outer_question) < answer_count

)

select * from by_leading_answers
union all
select by_one_answer.* from by_one_answer
anti join by_leading_answers using (survey_id, inner_question, outer_question)
