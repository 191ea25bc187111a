-- Which tables of a survey are others in coarser classes, answer by answer. Of the groups of a leading question the last
-- one holds more than the answers named: whoever said nothing, too.
with

recodes as (

    select * from {{ ref('core__survey_recodes') }}

),

of_answers as (

    select distinct
        survey_id,
        {{ question_name('concept_id', 'item', 'level') }} as fine,
        {{ question_name('to_concept_id', 'item', 'to_level') }} as coarse,
        from_code,
        to_code
    from recodes
    where from_code is not null

),

-- Classes of numbers are finer than "gave a number".
of_numbers as (

    select distinct
        survey_id,
        {{ question_name('to_concept_id', 'item', 'to_level') }} as fine,
        {{ question_name('concept_id', 'item', 'level') }} as coarse,
        to_code as from_code,
        'answered' as to_code
    from recodes
    where from_minimum is not null

),

-- The intervals between the borders of several groupings are finer than each of them.
of_intervals as (

    select distinct
        intervals.survey_id,
        {{ question_name('intervals.to_concept_id', 'intervals.item', 'intervals.to_level') }} as fine,
        {{ question_name('groupings.to_concept_id', 'groupings.item', 'groupings.to_level') }} as coarse,
        intervals.to_code as from_code,
        groupings.to_code
    from recodes as intervals
    inner join recodes as groupings
        on intervals.survey_id = groupings.survey_id
        and intervals.concept_id = groupings.concept_id
        and intervals.item = groupings.item
        and intervals.from_minimum >= groupings.from_minimum
        and intervals.from_below <= groupings.from_below
    where intervals.to_level = 'intervals' and groupings.to_level <> 'intervals'

),

column_groups as (

    select distinct survey_id, concept_id, level, answer_level, answer
    from {{ ref('core__survey_groups') }}

),

of_groups as (

    select distinct
        questions.survey_id,
        questions.question as fine,
        {{ question_name('column_groups.concept_id', "''", 'column_groups.level') }} as coarse,
        questions.answer as from_code,
        coalesce(leading_answers.answer, {{ others() }}) as to_code
    from {{ ref('core__survey_questions') }} as questions
    inner join column_groups
        on questions.survey_id = column_groups.survey_id
        and questions.concept_id = column_groups.concept_id
        and questions.level = column_groups.answer_level
    left join column_groups as leading_answers
        on column_groups.survey_id = leading_answers.survey_id
        and column_groups.concept_id = leading_answers.concept_id
        and column_groups.level = leading_answers.level
        and questions.answer = leading_answers.answer

)

select * from of_answers
union all
select * from of_numbers
union all
select * from of_intervals
union all
select * from of_groups
