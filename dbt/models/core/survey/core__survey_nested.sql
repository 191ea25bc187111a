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

given as (

    select survey_id, response_id, concept_id as outer_concept_id, question as outer_question, answer as outer_answer
    from events
    where answer <> 'base'

),

answers_given as (

    select survey_id, outer_concept_id, outer_question, outer_answer, count(*) as given_count
    from given
    group by all

),

-- An answer that everybody gave leads nowhere.
given_counts as (

    select answers_given.*
    from answers_given
    inner join sizes on answers_given.survey_id = sizes.survey_id and answers_given.outer_question = sizes.question
    where answers_given.given_count < sizes.respondent_count

),

-- What all gave, any few of them gave: so only what the first k gave is counted of all.
first_ones as (

    select survey_id, response_id, concept_id, question
    from inners
    qualify row_number() over (partition by survey_id, question order by response_id) <= {{ var('k') }}

),

candidates as (

    select first_ones.survey_id, first_ones.question as inner_question, given.outer_question, given.outer_answer
    from first_ones
    inner join given using (survey_id, response_id)
    inner join given_counts using (survey_id, outer_question, outer_answer)
    -- A question and its own classes are linked as recodes.
    where first_ones.concept_id <> given.outer_concept_id
    group by all
    having count(*) = {{ var('k') }}

),

by_one_answer as (

    select candidates.survey_id, candidates.inner_question, candidates.outer_question, candidates.outer_answer
    from candidates
    inner join inners
        on candidates.survey_id = inners.survey_id and candidates.inner_question = inners.question
    inner join given
        on inners.survey_id = given.survey_id
        and inners.response_id = given.response_id
        and candidates.outer_question = given.outer_question
        and candidates.outer_answer = given.outer_answer
    inner join sizes
        on candidates.survey_id = sizes.survey_id and candidates.inner_question = sizes.question
    group by all
    having count(*) = any_value(sizes.respondent_count)

),

-- Answers to questions that lead to others, with each of the others.
leading_given as (

    select given.*, leads.concept_id
    from given
    inner join leads using (survey_id, outer_concept_id)

),

asked as (

    select distinct survey_id, response_id, concept_id
    from {{ ref('core__survey_coded_answers') }}
    inner join routed using (survey_id, concept_id)
    where state <> 'not_asked'

),

asked_counts as (

    select survey_id, concept_id, outer_question, outer_answer, count(*) as asked_count
    from leading_given
    inner join asked using (survey_id, response_id, concept_id)
    group by all

),

leading_answers as (

    select
        asked_counts.survey_id,
        asked_counts.concept_id,
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

-- Who gave an answer that leads to the inner question, once however many of them.
led_respondents as (

    select distinct survey_id, response_id, inner_question, outer_question
    from leading_answers
    inner join leading_given using (survey_id, concept_id, outer_question, outer_answer)

),

-- As many as answered the inner question and gave an answer that leads to it.
led as (

    select led_respondents.survey_id, led_respondents.inner_question, led_respondents.outer_question
    from led_respondents
    inner join inners
        on led_respondents.survey_id = inners.survey_id
        and led_respondents.response_id = inners.response_id
        and led_respondents.inner_question = inners.question
    inner join sizes
        on led_respondents.survey_id = sizes.survey_id and led_respondents.inner_question = sizes.question
    group by all
    having count(*) = any_value(sizes.respondent_count)

),

answer_counts as (

    select survey_id, outer_question, count(*) as answer_count
    from answers_given
    group by survey_id, outer_question

),

by_leading_answers as (

    select leading_answers.* exclude (concept_id)
    from leading_answers
    inner join led using (survey_id, inner_question, outer_question)
    inner join answer_counts using (survey_id, outer_question)
    -- If all answers that were given lead there, nothing is said.
    qualify count(*) over (partition by survey_id, inner_question, outer_question) < answer_count

)

select * from by_leading_answers
union all
select by_one_answer.* from by_one_answer
anti join by_leading_answers using (survey_id, inner_question, outer_question)
