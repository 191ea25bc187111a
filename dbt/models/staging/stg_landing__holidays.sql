with

source as (

    select * from {{ source('landing', 'holidays') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        holiday_id,
        country as country_code,

        ---------- what
        holiday_type,
        regional_scope,
        name_de,
        name_en,
        subdivisions,
        tags,

        ---------- when
        cast(start_date as date) as start_date,
        -- The last day of the holiday itself, not the day after.
        cast(end_date as date) as end_date

    from source

)

select * from renamed
