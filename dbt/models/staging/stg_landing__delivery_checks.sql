with

source as (

    select * from {{ source('landing', 'delivery_checks') }}

),

renamed as (

    select

        delivery_id,
        check_id,
        table_name,
        description_de,
        description_en,
        severity,
        outcome,
        cast(nullif(failing_rows, '') as bigint) as failing_row_count,
        cast(nullif(checked_rows, '') as bigint) as checked_row_count

    from source

)

select * from renamed
