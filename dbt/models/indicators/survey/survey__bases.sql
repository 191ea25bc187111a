-- Which indicator is worked out on which table of which survey, and what its rows are called: the
-- indicator's own breakdown (answer, item, price) or one of the standing ones.
with

indicators as (

    select * from {{ ref('stg_landing__survey_indicators') }}

),

surveys as (

    select * from {{ ref('stg_landing__surveys') }}

),

tables as (

    select * from {{ ref('core__survey_tables') }}

),

standing as (

    select * from {{ ref('core__survey_breakdowns') }}

),

implied as (

    select * from {{ ref('survey_populations') }}

),

put_to as (

    select
        indicators.*,
        surveys.survey_id,
        implied.population is not null
            and not exists (
                select 1
                from tables
                where tables.survey_id = surveys.survey_id
                    and tables.concept_id = indicators.asked_of_concept_id
            ) as is_narrowed_by_population
    from indicators
    inner join surveys
        on indicators.populations is null or list_contains(indicators.populations, surveys.population)
    left join implied
        on surveys.population = implied.population
        and indicators.asked_of_concept_id = implied.concept_id
        and list_contains(indicators.asked_of_answers, implied.answer)

),

matched as (

    select
        put_to.indicator_id,
        put_to.rule,
        put_to.survey_id,
        tables.table_id,
        tables.item,
        tables.breakdown,
        put_to.asked_of_answers,
        case
            when put_to.rule in ('distribution', 'marks', 'demand') then put_to.breakdown
            when tables.item <> '' then 'item'
            when put_to.asked_of_concept_id is not null and not put_to.is_narrowed_by_population then 'narrowed'
            when tables.breakdown = 'total' then 'total'
            else tables.breakdown_concept_id
        end as shown_as
    from put_to
    inner join tables
        on put_to.survey_id = tables.survey_id
        and put_to.concept_id = tables.concept_id
        and case
            when put_to.rule in ('share', 'top2') then put_to.indicator_id
            when put_to.rule = 'demand' then 'prices'
            when put_to.rule = 'marks' then ''
            else put_to.level
        end = tables.level
    where put_to.rule in ('share', 'top2', 'distribution', 'marks', 'demand')
        and case
            when put_to.rule in ('distribution', 'marks', 'demand') or tables.item <> ''
                then tables.breakdown = 'total'
            when put_to.asked_of_concept_id is not null and not put_to.is_narrowed_by_population
                then tables.breakdown_concept_id = put_to.asked_of_concept_id and tables.breakdown_level = ''
            else tables.breakdown = 'total'
                or exists (
                    select 1
                    from standing
                    where standing.concept_id = tables.breakdown_concept_id
                        and standing.level = tables.breakdown_level
                )
        end

)

select * from matched
