with

source as (

    select * from {{ source('landing', 'concept_answers') }}

),

renamed as (

    select

        ---------- ids
        concept_id,
        level,
        code,

        ---------- what
        level_label_de,
        level_label_en,
        label_de,
        label_en,
        cast(position as integer) as position,
        cast(is_substantive as boolean) as is_substantive

    from source

)

select * from renamed
