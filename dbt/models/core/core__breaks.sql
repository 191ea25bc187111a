-- The recorded breaks, and those of territory that two figures tell between them: INKAR gives the inhabitants per km²
-- of all years on one territory, the population is that of its day. One by the other is an area; where that jumps, a
-- border has moved. It is surveyed anew from year to year, by less than two per cent nearly always.
-- Of a border that moved between two dates the day is not known: what lies between is of neither territory.
with

recorded as (

    select * from {{ ref('recorded_breaks') }}

),

populations as (

    select municipality_id, reference_date, value
    from {{ ref('core__figures') }}
    where figure = 'population' and value > 0

),

densities as (

    select municipality_id, reference_date, value
    from {{ ref('core__figures') }}
    where figure = 'population_density_on_one_territory' and value > 0

),

areas as (

    select
        populations.municipality_id,
        populations.reference_date,
        populations.value / densities.value as area,
        lag(populations.reference_date) over own_years as date_before,
        lag(populations.value / densities.value) over own_years as area_before
    from populations
    inner join densities using (municipality_id, reference_date)
    window own_years as (partition by populations.municipality_id order by populations.reference_date)

),

moved as (

    select
        municipality_id,
        unnest([date_before + 1, reference_date]) as break_date,
        year(date_before + 1) as first_year,
        year(reference_date) as last_year
    from areas
    where abs(area / area_before - 1) > 0.02
        and not exists (
            select 1
            from recorded
            where recorded.kind = 'territory'
                and recorded.municipality_id = areas.municipality_id
                and recorded.break_date between areas.date_before and areas.reference_date
        )

),

told as (

    select
        'territory-' || municipality_id || '-' || break_date as break_id,
        municipality_id,
        cast(null as varchar) as figure_pattern,
        break_date,
        'territory' as kind,
        case when first_year = last_year then 'Im Jahr ' || first_year else first_year || ' bis ' || last_year end
        || ' änderte sich das Gebiet der Gemeinde; ihr Schlüssel blieb. Werte davor und danach gelten für verschiedene '
        || 'Gebiete (errechnet aus Einwohnerzahl und Einwohnerdichte nach INKAR).' as note_de,
        case when first_year = last_year then 'In ' || first_year else 'From ' || first_year || ' to ' || last_year end
        || ' the territory of the municipality changed; its key stayed. Values before and after are for different '
        || 'territories (worked out from population and population density by INKAR).' as note_en
    from moved

)

select * from recorded
union all by name
select * from told
