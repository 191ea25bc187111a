-- A break concerns an indicator when one of the figures it is made of carries it. A break without a
-- figure concerns every series of its town and stays one row without an indicator.
with

breaks as (

    select * from {{ ref('core__breaks') }}

),

towns as (

    select * from {{ ref('core__towns') }}

),

figures_of_indicators as (

    select
        indicator_id,
        unnest(string_split(figures, ', ')) as figure
    from {{ ref('indicator_catalogue') }}

),

concerned as (

    select distinct
        breaks.break_id,
        figures_of_indicators.indicator_id
    from breaks
    inner join figures_of_indicators on figures_of_indicators.figure like breaks.figure_pattern

),

of_the_network as (

    select
        towns.town_id,
        concerned.indicator_id,
        breaks.break_date,
        breaks.note_de,
        breaks.note_en
    from breaks
    left join concerned using (break_id)
    left join towns using (municipality_id)
    where (breaks.municipality_id is null or towns.town_id is not null)
        and (breaks.figure_pattern is null or concerned.indicator_id is not null)

)

select * from of_the_network
