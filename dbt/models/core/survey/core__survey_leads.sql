-- The dictionary's ways from one classification of a concept to another: each answer leads to itself,
-- and finer ones to the coarser that take them in.
with

recodes as (

    select * from {{ ref('stg_landing__concept_recodes') }}
    where is_comparable and to_concept_id is null and from_code is not null

),

answers as (

    select concept_id, level, code
    from {{ ref('stg_landing__concept_answers') }}
    where is_substantive

)

select
    concept_id,
    level as from_level,
    code as from_code,
    level as to_level,
    code as to_code
from answers
union
select
    recodes.concept_id,
    answers.level as from_level,
    recodes.from_code,
    recodes.level as to_level,
    recodes.to_code
from recodes
inner join answers on recodes.concept_id = answers.concept_id and recodes.from_code = answers.code
where recodes.level <> answers.level
