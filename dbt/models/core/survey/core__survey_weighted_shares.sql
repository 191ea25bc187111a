-- Weighted shares of every question by itself, beside the published unweighted ones and only where no answer of the
-- question is hidden. In whole per cent, intervals by the published design effect: weights are few different numbers,
-- and an exact share could be taken apart into who gave it.
with

weights as (

    select survey_id, response_id, weight, design_effect
    from {{ ref('core__survey_weights') }}
    inner join {{ ref('core__survey_weighting') }} using (survey_id)
    where weight is not null and design_effect is not null

),

events as (

    select events.*, weights.weight, weights.design_effect
    from {{ ref('core__survey_events') }} as events
    inner join weights using (survey_id, response_id)

),

bases as (

    select
        survey_id,
        question,
        sum(weight) as base_weight,
        count(*) / any_value(design_effect) as n_effective
    from events
    -- Of a multiple choice, those who marked anything; else everybody who gave an answer.
    where shape = 'partition' or answer = 'base'
    group by survey_id, question

),

marked as (

    select survey_id, question, answer, sum(weight) as answer_weight
    from events
    where answer <> 'base'
    group by survey_id, question, answer

),

published as (

    select survey_id, table_id, question, answer
    from {{ ref('core__survey_published_cells') }}
    where breakdown = 'total' and answer <> 'base'
    qualify count(*) over (partition by survey_id, table_id) = count(respondent_count) over (partition by survey_id, table_id)

),

shares as (

    select
        published.survey_id,
        published.table_id,
        published.answer,
        bases.n_effective,
        coalesce(marked.answer_weight, 0) / bases.base_weight as share
    from published
    inner join bases using (survey_id, question)
    left join marked using (survey_id, question, answer)

)

select
    survey_id,
    table_id,
    answer,
    round(100 * share) as weighted_share_pct,
    round(100 * {{ weighted_wilson_low('share', 'n_effective') }}) as weighted_low_pct,
    round(100 * {{ weighted_wilson_high('share', 'n_effective') }}) as weighted_high_pct
from shares
