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

)

select * from of_answers
union all
select * from of_numbers
