-- How far two shares of one indicator lie apart, town against town and wave against wave. Where the
-- interval covers nothing at all, the two cannot be told apart.
with

shares as (

    select
        shown.*,
        towns.slot
    from {{ ref('survey__values') }} as shown
    inner join {{ ref('stg_landing__survey_indicators') }} as indicators using (indicator_id)
    inner join {{ ref('core__towns') }} as towns using (town_id)
    where indicators.rule in ('share', 'top2', 'distribution', 'marks')
        and shown.breakdown in ('total', 'item', 'answer')
        and shown.value is not null

),

pairs as (

    select
        first.indicator_id,
        first.breakdown,
        first.breakdown_value,
        first.town_id as town_a,
        second.town_id as town_b,
        first.survey_id as survey_a,
        second.survey_id as survey_b,
        first.period as period_a,
        second.period as period_b,
        first.numerator as count_a,
        first.denominator as base_a,
        second.numerator as count_b,
        second.denominator as base_b
    from shares as first
    inner join shares as second
        on first.indicator_id = second.indicator_id
        and first.breakdown = second.breakdown
        and first.breakdown_value is not distinct from second.breakdown_value
        and first.survey_id <> second.survey_id
        -- Each pair once: towns in their fixed order, waves of one town in time.
        and (
            first.slot < second.slot
            or (first.town_id = second.town_id and (first.period_end, first.survey_id) < (second.period_end, second.survey_id))
        )

),

bounded as (

    select
        indicator_id,
        breakdown,
        breakdown_value,
        town_a,
        town_b,
        survey_a,
        survey_b,
        period_a,
        period_b,
        100 * ({{ share_of('count_a', 'base_a') }} - {{ share_of('count_b', 'base_b') }}) as difference,
        100 * {{ newcombe_low('count_a', 'base_a', 'count_b', 'base_b') }} as low,
        100 * {{ newcombe_high('count_a', 'base_a', 'count_b', 'base_b') }} as high
    from pairs

)

select
    *,
    low > 0 or high < 0 as is_distinguishable
from bounded
