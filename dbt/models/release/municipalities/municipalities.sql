-- The small towns that a reader may set beside the five: those of the network stand in `towns`.
with

municipalities as (

    select * from {{ ref('stg_landing__municipalities') }}

),

laender as (

    select * from {{ ref('laender') }}

),

towns as (

    select * from {{ ref('core__towns') }}

)

select
    municipalities.municipality_id as ags,
    municipalities.name,
    municipalities.district,
    laender.land_de,
    laender.land_en,
    municipalities.town_type,
    municipalities.location,
    municipalities.population,
    municipalities.population_date,
    municipalities.area_km2,
    municipalities.latitude,
    municipalities.longitude
from municipalities
left join laender on left(municipalities.municipality_id, 2) = laender.land_key
anti join towns on municipalities.municipality_id = towns.municipality_id
