-- All survey indicators in the one shape that the release takes.
with

shares as (

    select * from {{ ref('survey__shares') }}

),

numbers as (

    select * from {{ ref('survey__numbers') }}

),

participation as (

    select * from {{ ref('survey__participation') }}

),

together as (

    select *, cast(denominator as bigint) as base_n from shares
    union all by name
    select * exclude (denominator), cast(denominator as bigint) as base_n from numbers
    union all by name
    select *, cast(null as bigint) as base_n from participation

),

quality as (

    select * from {{ ref('core__survey_quality') }}

),

grades as (

    select * from {{ ref('core__survey_grades') }}

)

select
    together.indicator_id,
    quality.town_id,
    together.survey_id,
    quality.period,
    quality.period_from_date as period_start,
    quality.period_to_date as period_end,
    together.breakdown,
    together.breakdown_value,
    together.value,
    together.numerator,
    together.denominator,
    case
        when together.denominator is null then null
        when together.indicator_id = 'survey_reach' then quality.inhabitants_period
        else quality.period
    end as denominator_period,
    together.base_n,
    together.interval_low,
    together.interval_high,
    together.sign,
    grades.grade as quality_grade,
    together.survey_id as delivery_ids,
    quality.title || ' – ' || quality.producer as source_text,
    quality.licence,
    quality.is_synthetic
from together
inner join quality using (survey_id)
inner join grades using (survey_id)
