with

source as (

    select * from {{ source('landing', 'municipalities') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        ags as municipality_id,

        ---------- what
        name,
        district,
        cast(town_type as integer) as town_type,
        cast(location as integer) as location,

        ---------- how much
        cast(population as bigint) as population,
        cast(population_date as date) as population_date,
        cast(area_km2 as double) as area_km2,

        ---------- where
        cast(latitude as double) as latitude,
        cast(longitude as double) as longitude

    from source

)

select * from renamed
