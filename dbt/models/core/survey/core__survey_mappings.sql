-- Which cells of a survey's file ask for what, with the concept beside and the routing that holds: the
-- manifest's where it states one, else the codebook's.
with

mappings as (

    select * from {{ ref('stg_landing__survey_questions_mapping') }}

),

concepts as (

    select * from {{ ref('stg_landing__concepts') }}

),

stated_routing as (

    select
        survey_id,
        mapping_position,
        any_value(routing_question) as routing_question,
        list(routing_answer order by routing_answer) as routing_answers
    from {{ ref('stg_landing__survey_routing') }}
    group by survey_id, mapping_position

),

codebook_routing as (

    select
        survey_id,
        question,
        any_value(routing_question) as routing_question,
        any_value(routing_answers) as routing_answers
    from {{ ref('stg_landing__questions') }}
    where routing_question is not null
    group by survey_id, question

),

joined as (

    select
        mappings.*,
        concepts.scale,
        concepts.is_sensitive,
        concepts.minimum,
        concepts.maximum,
        coalesce(stated_routing.routing_question, codebook_routing.routing_question) as routing_question,
        coalesce(stated_routing.routing_answers, codebook_routing.routing_answers) as routing_answers
    from mappings
    left join concepts using (concept_id)
    left join stated_routing using (survey_id, mapping_position)
    left join codebook_routing using (survey_id, question)

)

select * from joined
