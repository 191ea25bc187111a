with

source as (

    select * from {{ source('landing', 'spaces') }}

),

renamed as (

    select

        ---------- ids
        space_id,
        town_id,
        delivery_id,

        ---------- what
        name,
        timezone,
        land as land_code,
        public_holidays = 'open' as is_open_on_holidays,
        cast(is_synthetic as boolean) as is_synthetic,

        ---------- when
        cast(period_from as date) as period_from_date,
        cast(period_to as date) as period_to_date

    from source

)

select * from renamed
