-- Which tables of a survey are others in coarser classes, answer by answer.
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

)

select * from of_answers
union all
select * from of_numbers
union all
select * from of_intervals
