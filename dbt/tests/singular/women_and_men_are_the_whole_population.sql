with

figures as (

    select municipality_id, period, figure, value
    from {{ ref('core__figures') }}
    where figure in ('population', 'population_female', 'population_male')

),

together as (

    select
        municipality_id,
        period,
        max(case when figure = 'population' then value end) as population,
        max(case when figure = 'population_female' then value end)
            + max(case when figure = 'population_male' then value end) as women_and_men
    from figures
    group by municipality_id, period

)

select * from together
where women_and_men <> population
