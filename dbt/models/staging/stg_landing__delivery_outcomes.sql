with

source as (

    select * from {{ source('landing', 'deliveries') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,

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
