with

source as (

    select * from {{ source('landing', 'delivery_files') }}

),

renamed as (

    select

        delivery_id,
        file,
        published_file,
        sha256,
        cast(nullif(bytes, '') as bigint) as byte_count,
        format,
        encoding,
        encoding_reason,
        delimiter,
        cast(nullif(rows, '') as bigint) as row_count

    from source

)

select * from renamed
