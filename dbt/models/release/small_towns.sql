-- Every municipality of which the official tables tell that it is of the towns' size or that its association is a
-- small town by BBSR, the network's own among them; the latest there is of each fact.
with

figures as (

    select * from {{ ref('core__figures') }}
    where value is not null

),

laender as (

    select * from {{ ref('laender') }}

),

districts as (

    select * from {{ ref('districts') }}

),

labels as (

    select
        municipality_id,
        max_by(region_label, period_end) as label
    from {{ ref('stg_landing__figures') }}
    where figure = 'latitude' and region_label is not null
    group by municipality_id

),

facts as (

    select
        municipality_id,
        {% for figure in ['latitude', 'longitude', 'population', 'area_km2', 'bbsr_town_type_key', 'bbsr_location_key'] %}
        max_by(value, period_end) filter (figure = '{{ figure }}') as {{ figure }},
        {% endfor %}
        max(period_end) filter (figure = 'population') as population_date,
        coalesce(bool_or(figure = 'population' and value >= 5000 and value < 20000), false) as was_of_the_size
    from figures
    group by municipality_id

)

select
    facts.municipality_id as ags,
    -- The list writes what a municipality may call itself behind its name: "Mölln, Stadt".
    trim(split_part(labels.label, ',', 1)) as name,
    districts.district,
    laender.land_de,
    laender.land_en,
    facts.latitude,
    facts.longitude,
    cast(facts.population as bigint) as population,
    facts.population_date,
    facts.area_km2,
    cast(facts.bbsr_town_type_key as integer) as town_type_key,
    cast(facts.bbsr_location_key as integer) as location_key
from facts
inner join labels on facts.municipality_id = labels.municipality_id
inner join laender on left(facts.municipality_id, 2) = laender.land_key
left join districts on left(facts.municipality_id, 5) = districts.district_key
where
    facts.latitude is not null
    and facts.longitude is not null
    and (facts.was_of_the_size or facts.bbsr_town_type_key in (30, 40))
