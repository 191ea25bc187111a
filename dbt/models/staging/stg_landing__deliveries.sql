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
        cast(nullif(period_to, '') as date) as period_to_date,

        ---------- what became of it
        state,
        published_detail,
        published_detail_de,
        cast(nullif(delivered_rows, '') as bigint) as delivered_row_count,
        cast(nullif(accepted_rows, '') as bigint) as accepted_row_count,
        cast(nullif(quarantined_rows, '') as bigint) as quarantined_row_count,
        cast(nullif(other_region_rows, '') as bigint) as other_region_row_count

    from source

)

select * from renamed
