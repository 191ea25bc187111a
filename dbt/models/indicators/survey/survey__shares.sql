-- Shares, from published counts alone: what is hidden in a table is hidden here.
with

bases as (

    select * from {{ ref('survey__bases') }}

),

cells as (

    select * from {{ ref('core__survey_published_cells') }}

),

base_cells as (

    select survey_id, table_id, breakdown_value, respondent_count
    from cells
    where answer = 'base'

),

answers as (

    select
        bases.*,
        cells.answer,
        cells.breakdown_value as column_value,
        cells.respondent_count,
        base_cells.respondent_count as base_count
    from bases
    -- A table that could not be protected is not there at all; the indicator says so by its sign.
    left join cells
        on bases.survey_id = cells.survey_id
        and bases.table_id = cells.table_id
        and cells.answer <> 'base'
    left join base_cells
        on cells.survey_id = base_cells.survey_id
        and cells.table_id = base_cells.table_id
        and cells.breakdown_value = base_cells.breakdown_value
    where cells.answer is not null or bases.breakdown = 'total'

),

plain as (

    -- One row of a table is one value: the answers that count, one answer of a distribution, one mark.
    select
        indicator_id,
        survey_id,
        shown_as as breakdown,
        case
            when rule in ('distribution', 'marks') then answer
            when item <> '' then item
            when shown_as <> 'total' then column_value
        end as breakdown_value,
        respondent_count as numerator,
        base_count as base_n
    from answers
    where shown_as <> 'narrowed'
        and (rule in ('distribution', 'marks') or (rule in ('share', 'top2') and coalesce(answer, 'counted') = 'counted'))

),

narrowing as (

    select
        *,
        count_if(list_contains(asked_of_answers, column_value)) over by_survey as named_count,
        bool_or(column_value = {{ others() }}) over by_survey as has_others
    from answers
    where shown_as = 'narrowed' and answer = 'counted'
    window by_survey as (partition by indicator_id, survey_id)

),

narrowed as (

    -- Several answers to the narrowing question are added up; one part hidden hides the sum. Nothing is said where one
    -- of them may stand among all others.
    select
        indicator_id,
        survey_id,
        'total' as breakdown,
        cast(null as varchar) as breakdown_value,
        case when count(*) = count(respondent_count) then sum(respondent_count) end as numerator,
        case when count(*) = count(base_count) then sum(base_count) end as base_n
    from narrowing
    where list_contains(asked_of_answers, column_value) and (not has_others or named_count = len(asked_of_answers))
    group by indicator_id, survey_id

),

stated_prices as (

    -- A filter may be applied after a cast, so the cast itself looks where it is allowed.
    select *, case when rule = 'demand' then cast(replace(answer, 'from_', '') as double) end as price
    from answers
    where rule = 'demand'

),

demand as (

    -- Who would pay ten would pay eight: all steps from a price upwards, known where each is published
    -- or, the other way round, all below it are.
    select
        at_price.indicator_id,
        at_price.survey_id,
        'price' as breakdown,
        format('{:g}', at_price.price) as breakdown_value,
        case
            when count(case when steps.price >= at_price.price and steps.respondent_count is null then 1 end) = 0
                then sum(case when steps.price >= at_price.price then steps.respondent_count else 0 end)
            when count(case when steps.price < at_price.price and steps.respondent_count is null then 1 end) = 0
                then any_value(at_price.base_count)
                    - sum(case when steps.price < at_price.price then steps.respondent_count else 0 end)
        end as numerator,
        any_value(at_price.base_count) as base_n
    from stated_prices as at_price
    inner join stated_prices as steps using (indicator_id, survey_id)
    where at_price.price > 0
    group by at_price.indicator_id, at_price.survey_id, at_price.price

),

together as (

    select * from plain
    union all
    select * from narrowed
    union all
    select * from demand

),

signed as (

    select
        indicator_id,
        survey_id,
        breakdown,
        breakdown_value,
        case
            when base_n is null then '.'
            when base_n < {{ var('small_base') }} then '/'
            when numerator is null then '.'
            when base_n < {{ var('bracket_base') }} then '()'
            else ''
        end as sign,
        cast(case when base_n >= {{ var('small_base') }} then numerator end as double) as numerator,
        cast(base_n as double) as denominator
    from together

)

select
    *,
    100 * numerator / denominator as value,
    100 * {{ wilson_low('numerator', 'denominator') }} as interval_low,
    100 * {{ wilson_high('numerator', 'denominator') }} as interval_high
from signed
