with

source as (

    select * from {{ source('landing', 'towns') }}

),

renamed as (

    select

        ---------- ids
        town_id,
        ags as municipality_id,

        ---------- attributes
        name,
        land as land_name,
        central_place as central_place_name,
        cast(slot as integer) as slot,

        ---------- texts
        report_population_note,
        lab_de,
        lab_en

    from source

)

select * from renamed
