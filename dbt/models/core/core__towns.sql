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
        -- Two towns of one name are told apart wherever a name stands: by their Land, or by their key.
        case
            when count(*) over (partition by towns.name) = 1 then towns.name
            when count(*) over (partition by towns.name, towns.land_name) = 1
                then towns.name || ' (' || towns.land_name || ')'
            else towns.name || ' (' || towns.municipality_id || ')'
        end as name,
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
