with

source as (

    select * from {{ source('landing', 'answers') }}

),

renamed as (

    select

        ---------- ids
        delivery_id as survey_id,
        response_key as response_id,

        ---------- what
        question,
        coalesce(subquestion, '') as subquestion,
        value as answer_text,
        code as answer_code,
        answer_kind

    from source

)

select * from renamed
