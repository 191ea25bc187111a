with

source as (

    select * from {{ source('landing', 'responses') }}

),

renamed as (

    select

        ---------- ids
        delivery_id as survey_id,
        response_key as response_id,

        ---------- what
        status,
        status_reason,
        language,

        ---------- when
        cast(nullif(started_at, '') as timestamp) as started_at,
        cast(nullif(submitted_at, '') as timestamp) as submitted_at,
        cast(nullif(duration_seconds, '') as double) / 60 as duration_minutes

    from source

)

select * from renamed
