with

source as (

    select * from {{ source('landing', 'questions') }}

),

renamed as (

    select

        ---------- ids
        delivery_id as survey_id,
        question,
        coalesce(subquestion, '') as subquestion,

        ---------- what
        question_type,
        cast(position as integer) as position,
        cast(is_free_text as boolean) as is_free_text,

        ---------- routing, as {"question": …, "answers": […]}; null where the tool tells none
        json_extract_string(asked_if, '$.question') as routing_question,
        json_extract_string(asked_if, '$.answers[*]') as routing_answers

    from source

)

select * from renamed
