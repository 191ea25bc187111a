with

source as (

    select * from {{ source('landing', 'deliveries') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        nullif(town_id, '') as town_id,

        ---------- what
        title,
        kind,
        format,
        producer,
        licence,
        note,
        cast(is_synthetic as boolean) as is_synthetic,

        ---------- when
        cast(nullif(received, '') as date) as received_date,
        cast(nullif(period_from, '') as date) as period_from_date,
        cast(nullif(period_to, '') as date) as period_to_date

    from source

)

select * from renamed
