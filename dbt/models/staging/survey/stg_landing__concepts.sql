with

source as (

    select * from {{ source('landing', 'concepts') }}

),

renamed as (

    select

        ---------- ids
        concept_id,

        ---------- what
        theme,
        cast(theme_position as integer) as theme_position,
        theme_label_de,
        theme_label_en,
        cast(position as integer) as position,
        label_de,
        label_en,
        question_de,
        question_en,
        scale,
        unit,
        sensitivity = 'sensitive' as is_sensitive,
        cast(minimum as double) as minimum,
        cast(maximum as double) as maximum

    from source

)

select * from renamed
