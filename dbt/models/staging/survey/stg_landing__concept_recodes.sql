with

source as (

    select * from {{ source('landing', 'concept_recodes') }}

),

renamed as (

    select

        ---------- ids
        concept_id,
        level,
        to_concept as to_concept_id,

        ---------- what leads where
        from_code,
        cast(from_minimum as double) as from_minimum,
        cast(from_below as double) as from_below,
        to_code,
        cast(is_comparable as boolean) as is_comparable,
        note_de,
        note_en

    from source

)

select * from renamed
