with

towns as (

    select * from {{ ref('stg_landing__towns') }}

),

laender as (

    select * from {{ ref('laender') }}

),

central_places as (

    select * from {{ ref('central_places') }}

),

translated as (

    select
        towns.town_id,
        towns.municipality_id,
        towns.name,
        towns.land_name as land_de,
        laender.land_en,
        towns.central_place_name as central_place_de,
        central_places.central_place_en,
        towns.slot,
        towns.report_population_note,
        towns.lab_de,
        towns.lab_en
    from towns
    left join laender on towns.land_name = laender.land_de
    left join central_places on towns.central_place_name = central_places.central_place_de

)

select * from translated
