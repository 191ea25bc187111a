with

source as (

    select * from {{ source('landing', 'lab_phases') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        lab_id,
        nullif(town_id, '') as town_id,

        ---------- what
        phase,
        nullif(note_de, '') as note_de,
        nullif(note_en, '') as note_en,

        ---------- when
        cast(nullif(period_from, '') as date) as period_from_date,
        cast(nullif(period_to, '') as date) as period_to_date,
        coalesce(cast(nullif(is_estimated, '') as boolean), false) as is_estimated,

        ---------- where it stands
        nullif(section, '') as section,
        nullif(source, '') as source,
        row_origin

    from source

)

select * from renamed
