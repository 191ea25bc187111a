-- The share of those who stated a price that would find at least this one acceptable.
select
    shown.survey_id,
    shown.town_id,
    indicators.concept_id as concept,
    case when shown.breakdown = 'price' then cast(shown.breakdown_value as double) end as price,
    shown.value as share,
    shown.interval_low,
    shown.interval_high,
    shown.base_n,
    shown.sign,
    shown.is_synthetic
from {{ ref('survey__values') }} as shown
inner join {{ ref('stg_landing__survey_indicators') }} as indicators using (indicator_id)
where indicators.rule = 'demand'
