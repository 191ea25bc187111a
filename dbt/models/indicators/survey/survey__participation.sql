-- What is said of the surveys themselves, as indicators.
with

indicators as (

    select * from {{ ref('stg_landing__survey_indicators') }}
    where concept_id is null

),

quality as (

    select * from {{ ref('core__survey_quality') }}

),

measured as (

    select
        indicators.indicator_id,
        indicators.rule,
        quality.survey_id,
        case indicators.rule
            when 'completed' then quality.completed_count
            when 'completion' then quality.completed_count
            when 'reach' then quality.completed_count
        end as numerator,
        case indicators.rule
            when 'completion' then quality.started_count
            when 'reach' then quality.inhabitant_count
        end as denominator,
        case indicators.rule
            when 'completed' then quality.completed_count
            when 'completion' then quality.completion_pct
            when 'reach' then quality.reach_per_1000
            when 'item_nonresponse' then quality.item_nonresponse_pct
        end as value
    from indicators
    inner join quality
        on indicators.populations is null or list_contains(indicators.populations, quality.population)

)

select
    indicator_id,
    survey_id,
    'survey' as breakdown,
    survey_id as breakdown_value,
    -- A completion rate without kept break-offs is a question that does not arise.
    case
        when value is not null then ''
        when rule = 'completion' then 'x'
        else '.'
    end as sign,
    cast(case when value is not null then numerator end as double) as numerator,
    cast(case when value is not null then denominator end as double) as denominator,
    cast(value as double) as value,
    100 * case when rule = 'completion' and value is not null then {{ wilson_low('numerator', 'denominator') }} end
        as interval_low,
    100 * case when rule = 'completion' and value is not null then {{ wilson_high('numerator', 'denominator') }} end
        as interval_high
from measured
