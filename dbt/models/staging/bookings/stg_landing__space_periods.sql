with

source as (

    select * from {{ source('landing', 'space_periods') }}

),

renamed as (

    select

        ---------- ids
        space_id,
        delivery_id,

        ---------- when
        cast(period_from as date) as period_from_date,
        cast(period_to as date) as period_to_date

    from source

)

select * from renamed
