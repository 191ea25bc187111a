with

source as (

    select * from {{ source('landing', 'surveys') }}

),

renamed as (

    select

        ---------- ids
        delivery_id as survey_id,
        town_id,

        ---------- what
        population,
        wave,
        title,
        licence,
        producer,
        cast(invited as bigint) as invited_count,
        cast(is_synthetic as boolean) as is_synthetic,

        ---------- when
        cast(nullif(period_from, '') as date) as period_from_date,
        cast(nullif(period_to, '') as date) as period_to_date

    from source

)

select * from renamed
