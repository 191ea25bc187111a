with

source as (

    select * from {{ source('landing', 'previous_space_measures') }}

),

renamed as (

    select

        ---------- ids
        municipality_id,
        space_id,

        ---------- what
        measure,
        period,
        cast(period_start as date) as period_start,
        cast(period_end as date) as period_end,
        breakdown,
        breakdown_value,

        ---------- values
        cast(value as double) as value,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(base_n as bigint) as base_n,
        cast(interval_low as double) as interval_low,
        cast(interval_high as double) as interval_high,
        sign,

        ---------- origin
        delivery_ids,
        source_text,
        licence,
        cast(is_synthetic as boolean) as is_synthetic

    from source

)

select * from renamed
