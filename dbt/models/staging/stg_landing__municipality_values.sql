with

source as (

    select * from {{ source('landing', 'municipality_values') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        indicator_id,
        ags as municipality_id,

        ---------- when
        period,
        {{ period_end('period') }} as period_end,

        ---------- how much
        cast(value as double) as value

    from source

)

select * from renamed
