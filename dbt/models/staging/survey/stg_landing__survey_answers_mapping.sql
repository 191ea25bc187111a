with

source as (

    select * from {{ source('landing', 'survey_answers_mapping') }}

),

renamed as (

    select

        ---------- ids
        delivery_id as survey_id,
        cast(mapping as integer) as mapping_position,
        concept as concept_id,

        ---------- what means what
        answer,
        code

    from source

)

select * from renamed
