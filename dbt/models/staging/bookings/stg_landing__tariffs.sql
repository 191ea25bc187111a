with

source as (

    select * from {{ source('landing', 'tariffs') }}

),

renamed as (

    select

        ---------- ids
        space_id,

        ---------- what
        name,
        per as price_unit,
        cast(price_eur as double) as price_eur,

        ---------- when
        cast(nullif(valid_from, '') as date) as valid_from_date,
        cast(nullif(valid_to, '') as date) as valid_to_date

    from source

)

select * from renamed
