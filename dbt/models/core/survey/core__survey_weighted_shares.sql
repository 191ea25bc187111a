-- Weighted shares of every question by itself, beside the published unweighted ones and only where those
-- are published. Rounded to 0.1: weights are few different numbers, and an exact share could be taken
-- apart into who gave it.
with

weights as (

    select survey_id, response_id, weight
    from {{ ref('core__survey_weights') }}
    where weight is not null

),

events as (

    select events.*, weights.weight
    from {{ ref('core__survey_events') }} as events
    inner join weights using (survey_id, response_id)

),

bases as (

    select
        survey_id,
        question,
        sum(weight) as base_weight,
        {{ effective_sample_size('weight') }} as n_effective
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
    where breakdown = 'total' and answer <> 'base' and respondent_count is not null

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
    round(100 * share, 1) as weighted_share_pct,
    round(100 * {{ weighted_wilson_low('share', 'n_effective') }}, 1) as weighted_low_pct,
    round(100 * {{ weighted_wilson_high('share', 'n_effective') }}, 1) as weighted_high_pct
from shares
