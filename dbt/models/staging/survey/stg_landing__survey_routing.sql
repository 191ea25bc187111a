with

source as (

    select * from {{ source('landing', 'survey_routing') }}

),

renamed as (

    select

        ---------- ids
        delivery_id as survey_id,
        cast(mapping as integer) as mapping_position,

        ---------- who was asked
        asked_question as routing_question,
        asked_answer as routing_answer

    from source

)

select * from renamed
