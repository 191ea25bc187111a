with

source as (

    select * from {{ source('landing', 'quarantine') }}

),

renamed as (

    select

        delivery_id,
        file,
        published_file,
        -- Kept as text: a workbook's reject names a cell, not a line.
        line as line_text,
        column_name,
        table_name,
        reason,
        reason_de,
        reason_en,
        detail,
        raw as raw_text

    from source

)

select * from renamed
