with

source as (

    select * from {{ source('landing', 'survey_margins') }}

),

renamed as (

    select

        ---------- ids
        delivery_id as survey_id,
        concept as concept_id,
        answer as code,

        ---------- how many
        cast(count as bigint) as person_count

    from source

)

select * from renamed
