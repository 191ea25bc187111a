-- Every completed response to everything its survey asked for. Nobody is left out: who was not asked, did
-- not answer, or answered what cannot be compared has a row that says so.
with

responses as (

    select survey_id, response_id
    from {{ ref('stg_landing__responses') }}
    where status = 'completed'

),

mappings as (

    select distinct survey_id, mapping_position, concept_id, item, scale
    from {{ ref('core__survey_mappings') }}

),

given as (

    select * from {{ ref('core__survey_given') }}

),

routed_away as (

    select * from {{ ref('core__survey_routed_away') }}

),

best_given as (

    select
        survey_id,
        response_id,
        mapping_position,
        item,
        min(rank) as rank,
        arg_min(code, rank) as code,
        arg_min(number, rank) as number
    from given
    where item is not null
    group by survey_id, response_id, mapping_position, item

),

marked_anything as (

    select distinct survey_id, response_id, concept_id
    from given
    where verdict = 'marked'

),

wanted as (

    select
        responses.survey_id,
        responses.response_id,
        mappings.concept_id,
        mappings.item,
        mappings.scale,
        coalesce(best_given.rank, case when routed_away.response_id is null then 6 else 7 end) as rank,
        best_given.code,
        best_given.number
    from responses
    inner join mappings using (survey_id)
    left join best_given
        on responses.survey_id = best_given.survey_id
        and responses.response_id = best_given.response_id
        and mappings.mapping_position = best_given.mapping_position
        and mappings.item = best_given.item
    left join routed_away
        on responses.survey_id = routed_away.survey_id
        and responses.response_id = routed_away.response_id
        and mappings.mapping_position = routed_away.mapping_position

),

per_item as (

    -- A concept may be asked by several questions, each to others.
    select
        survey_id,
        response_id,
        concept_id,
        item,
        scale,
        min(rank) as rank,
        arg_min(code, rank) as code,
        arg_min(number, rank) as number
    from wanted
    group by survey_id, response_id, concept_id, item, scale

),

best_of_boxes as (

    select survey_id, response_id, concept_id, min(rank) as rank
    from per_item
    where scale = 'multiple'
    group by survey_id, response_id, concept_id

),

whole_questions as (

    -- A multiple choice is answered as a whole: an empty box beside a ticked one is an answer.
    select
        per_item.* exclude (rank, code),
        case
            when per_item.scale <> 'multiple' then per_item.rank
            when marked_anything.response_id is not null then 1
            else best_of_boxes.rank
        end as rank,
        case
            when per_item.scale <> 'multiple' then per_item.code
            when marked_anything.response_id is not null
                then case when per_item.rank = 1 then 'marked' else 'not_marked' end
        end as code
    from per_item
    left join marked_anything using (survey_id, response_id, concept_id)
    left join best_of_boxes using (survey_id, response_id, concept_id)

)

select
    survey_id,
    response_id,
    concept_id,
    item,
    scale,
    case rank
        when 1 then 'answered'
        when 2 then 'not_substantive'
        when 3 then 'implausible'
        when 4 then 'not_comparable'
        when 7 then 'not_asked'
        else 'unanswered'
    end as state,
    case when rank = 1 then code end as code,
    case when rank = 1 then number end as number
from whole_questions
