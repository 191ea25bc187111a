with

source as (

    select * from {{ source('landing', 'survey_questions_mapping') }}

),

renamed as (

    select

        ---------- ids
        delivery_id as survey_id,
        cast(mapping as integer) as mapping_position,
        question,
        -- Null where the mapping speaks of the question as a whole.
        subquestion,

        ---------- what it asks for
        concept as concept_id,
        -- The part of the question (or the answer's text) that asks for an item; null where there are none.
        part,
        coalesce(item, '') as item

    from source

)

select * from renamed
