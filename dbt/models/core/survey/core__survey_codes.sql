-- What each answer, as written, means for each question that is mapped. Worked out once per distinct answer.
-- A mapping speaks of the answers of its part ('' where it names none) and of those of its items. The gate runs this
-- very text over the answers of a delivery (expectations/derived/coded_answers.py). An answer to a multiple choice
-- that is no item of the concept has a row without an item: it still says that the question was answered.
with

mappings as (

    select * from {{ ref('core__survey_mappings') }}

),

questions as (

    select distinct
        survey_id, mapping_position, question, subquestion, concept_id, scale, minimum, maximum
    from mappings

),

answers as (

    select distinct survey_id, question, subquestion, answer_text, answer_code, answer_kind
    from {{ ref('stg_landing__answers') }}

),

meanings as (

    select * from {{ ref('stg_landing__survey_answers_mapping') }}

),

known_codes as (

    select distinct concept_id, code
    from {{ ref('stg_landing__concept_answers') }}

),

matched as (

    select
        answers.*,
        questions.mapping_position,
        questions.concept_id,
        questions.scale,
        questions.minimum,
        questions.maximum,
        mappings.item
    from answers
    inner join questions
        on answers.survey_id = questions.survey_id
        and answers.question = questions.question
    left join mappings
        on questions.survey_id = mappings.survey_id
        and questions.mapping_position = mappings.mapping_position
        and (
            (mappings.part is null and answers.subquestion = coalesce(mappings.subquestion, ''))
            or answers.subquestion = mappings.part
            -- Several answers in one cell: the answer itself names the item.
            or (questions.scale = 'multiple' and mappings.part in (answers.answer_text, answers.answer_code))
        )
    where
        mappings.item is not null
        -- A box that is not mapped still says that the question was answered.
        or (
            questions.scale = 'multiple'
            and (questions.subquestion is null or answers.subquestion = questions.subquestion)
        )

),

translated as (

    select
        matched.*,
        coalesce(
            by_code.code,
            by_text.code,
            same_code.code,
            same_text.code,
            -- Own words beside a choice are the choice "other", where there is one.
            case when matched.answer_kind = 'other' then other.code end
        ) as code
    from matched
    left join meanings as by_code
        on matched.survey_id = by_code.survey_id
        and matched.mapping_position = by_code.mapping_position
        and matched.answer_code = by_code.answer
    left join meanings as by_text
        on matched.survey_id = by_text.survey_id
        and matched.mapping_position = by_text.mapping_position
        and matched.answer_text = by_text.answer
    left join known_codes as same_code
        on matched.concept_id = same_code.concept_id and matched.answer_code = same_code.code
    left join known_codes as same_text
        on matched.concept_id = same_text.concept_id and matched.answer_text = same_text.code
    left join known_codes as other on matched.concept_id = other.concept_id and other.code = 'other'

)

select
    * exclude (code, minimum, maximum),
    case
        when scale <> 'multiple' then code
        when code in ('marked', 'not_marked') then code
        when answer_text in ('0', 'not_marked') or answer_code in ('0', 'not_marked') then 'not_marked'
        else 'marked'
    end as code,
    case when scale = 'number' then {{ typed_number('answer_text') }} end as number,
    {{ typed_number('answer_text') }} between minimum and maximum as is_plausible
from translated
