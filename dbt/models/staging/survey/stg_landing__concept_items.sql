with

source as (

    select * from {{ source('landing', 'concept_items') }}

),

renamed as (

    select

        ---------- ids
        concept_id,
        code as item,

        ---------- what
        label_de,
        label_en,
        cast(position as integer) as position

    from source

)

select * from renamed
