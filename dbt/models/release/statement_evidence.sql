-- The numbers a verdict rests on: the named town's value, and the other towns' of the same period
-- where the statement compares towns.
with

checks as (

    select * from {{ ref('report_statement_checks') }}

),

town_values as (

    select * from {{ ref('indicator_values') }}
    where breakdown = 'total'

),

catalogue as (

    select * from {{ ref('indicator_catalogue') }}

),

latest as (

    select
        checks.statement_id,
        checks.check_position,
        checks.indicator_id,
        checks.town_id,
        checks.comparison,
        town_values.period
    from checks
    inner join town_values using (indicator_id, town_id)
    qualify row_number() over (
        partition by checks.statement_id, checks.check_position
        order by town_values.value is null, town_values.period_end desc nulls last
    ) = 1

),

shown as (

    select distinct
        latest.statement_id,
        town_values.indicator_id,
        town_values.town_id,
        town_values.period,
        town_values.value,
        town_values.sign,
        catalogue.unit_de,
        catalogue.unit_en
    from latest
    inner join town_values
        on latest.indicator_id = town_values.indicator_id
        and latest.period is not distinct from town_values.period
        and (latest.town_id = town_values.town_id or latest.comparison like '%\_of\_towns' escape '\')
    inner join catalogue on latest.indicator_id = catalogue.indicator_id

)

select * from shown
