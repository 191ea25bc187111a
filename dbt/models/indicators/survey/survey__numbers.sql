-- Medians and quartiles as indicators.
with

indicators as (

    select * from {{ ref('stg_landing__survey_indicators') }}
    where rule = 'median'

),

surveys as (

    select * from {{ ref('stg_landing__surveys') }}

),

numbers as (

    select * from {{ ref('core__survey_numbers') }}

)

select
    indicators.indicator_id,
    numbers.survey_id,
    case
        when numbers.breakdown <> 'total' then split_part(numbers.breakdown, '@', 1)
        when numbers.statistic <> 'median' then 'statistic'
        else 'total'
    end as breakdown,
    case
        when numbers.breakdown <> 'total' then numbers.breakdown_value
        when numbers.statistic <> 'median' then numbers.statistic
    end as breakdown_value,
    numbers.sign,
    cast(null as double) as numerator,
    cast(numbers.base_n as double) as denominator,
    numbers.value,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high
from numbers
inner join surveys using (survey_id)
inner join indicators
    on numbers.concept_id = indicators.concept_id
    and (indicators.populations is null or list_contains(indicators.populations, surveys.population))
where numbers.item = '' and (numbers.breakdown = 'total' or numbers.statistic = 'median')
