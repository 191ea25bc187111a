with

source as (

    select * from {{ source('landing', 'lab_activities') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        activity_id,
        lab_id,
        nullif(town_id, '') as town_id,

        ---------- what
        kind,
        nullif(title_de, '') as title_de,
        nullif(title_en, '') as title_en,
        nullif(venue, '') as venue,

        ---------- when
        cast(nullif(period_from, '') as date) as period_from_date,
        cast(nullif(period_to, '') as date) as period_to_date,
        nullif(date_note_de, '') as date_note_de,
        nullif(date_note_en, '') as date_note_en,

        ---------- where it stands
        nullif(section, '') as section,
        nullif(source, '') as source,
        row_origin

    from source

)

select * from renamed
