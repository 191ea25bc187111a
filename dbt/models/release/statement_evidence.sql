-- The numbers a verdict rests on: the named town's value, and what it is compared with: the other towns
-- of the same period, the other answers or items of the same survey, the other surveys.
with

checks as (

    select * replace (coalesce(breakdown, 'total') as breakdown)
    from {{ ref('report_statement_checks') }}

),

town_values as (

    select * from {{ ref('indicator_values') }}

),

catalogue as (

    select * from {{ ref('indicator_catalogue') }}

),

whole as (

    -- Towns are compared in a period that all of them have a value of, where there is one.
    select
        indicator_id,
        breakdown,
        period,
        count(distinct case when value is not null then town_id end)
        = (select count(*) from {{ ref('core__towns') }}) as is_whole
    from town_values
    group by indicator_id, breakdown, period

),

latest as (

    select
        checks.statement_id,
        checks.check_position,
        checks.indicator_id,
        checks.town_id,
        checks.breakdown,
        checks.breakdown_value,
        checks.comparison,
        town_values.period,
        town_values.sources
    from checks
    inner join town_values using (indicator_id, town_id, breakdown)
    left join whole
        on checks.indicator_id = whole.indicator_id
        and checks.breakdown = whole.breakdown
        and town_values.period is not distinct from whole.period
    where checks.breakdown_value is null or checks.breakdown_value = town_values.breakdown_value
    qualify row_number() over (
        partition by checks.statement_id, checks.check_position
        order by
            town_values.value is null,
            checks.comparison like '%\_of\_towns' escape '\' and not coalesce(whole.is_whole, false),
            town_values.period_end desc nulls last,
            town_values.sources
    ) = 1

),

shown as (

    select distinct
        latest.statement_id,
        town_values.indicator_id,
        town_values.town_id,
        town_values.period,
        town_values.breakdown,
        town_values.breakdown_value,
        town_values.value,
        town_values.interval_low,
        town_values.interval_high,
        town_values.sign,
        town_values.quality_grade,
        town_values.is_synthetic,
        catalogue.unit_de,
        catalogue.unit_en
    from latest
    inner join town_values
        on latest.indicator_id = town_values.indicator_id
        and latest.breakdown = town_values.breakdown
        and case
            when latest.comparison in ('number_of_surveys', 'surveys_at_least')
                then latest.town_id = town_values.town_id
            when latest.comparison = 'grades_differ' then true
            when latest.comparison like '%\_of\_towns' escape '\'
                then latest.period is not distinct from town_values.period
                    and latest.breakdown_value is not distinct from town_values.breakdown_value
            else latest.town_id = town_values.town_id
                and latest.period is not distinct from town_values.period
                and latest.sources is not distinct from town_values.sources
                and (
                    latest.breakdown_value is not distinct from town_values.breakdown_value
                    or latest.comparison in ('highest_of_answers', 'among_lowest')
                )
        end
    inner join catalogue on latest.indicator_id = catalogue.indicator_id

)

select * from shown
