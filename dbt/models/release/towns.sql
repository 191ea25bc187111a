-- The towns with the facts a page opens with, each the latest there is.
with

towns as (

    select * from {{ ref('core__towns') }}

),

latest_figures as (

    select
        municipality_id,
        figure,
        max_by(value, period_end) as value,
        max(period_end) as period_end
    from {{ ref('core__figures') }}
    where value is not null
    group by municipality_id, figure

),

with_figures as (

    select
        towns.*,
        population.value as population,
        population.period_end as population_date,
        area.value as area_km2,
        latitude.value as latitude,
        longitude.value as longitude
    from towns
    {% for figure, alias in [
        ('population', 'population'), ('area_km2', 'area'), ('latitude', 'latitude'), ('longitude', 'longitude')
    ] -%}
    left join latest_figures as {{ alias }}
        on towns.municipality_id = {{ alias }}.municipality_id and {{ alias }}.figure = '{{ figure }}'
    {% endfor %}
)

select
    town_id,
    municipality_id as ags,
    name,
    land_de,
    land_en,
    central_place_de,
    central_place_en,
    slot,
    latitude,
    longitude,
    cast(population as bigint) as population,
    population_date,
    area_km2,
    lab_de,
    lab_en
from with_figures
