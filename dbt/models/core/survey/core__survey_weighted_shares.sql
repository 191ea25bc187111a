-- Weighted shares of every question by itself, beside the published unweighted ones and only where no answer of the
-- question is hidden, by itself or by a question it is weighted with: weights are few different numbers, and a share
-- tells how the answer spreads over them. In whole per cent, intervals from these and the published design effect.
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

margins as (

    select distinct survey_id, concept_id as breakdown_concept_id
    from {{ ref('stg_landing__survey_margins') }}

),

hiding as (

    select distinct cells.survey_id, cells.question
    from {{ ref('core__survey_published_cells') }} as cells
    inner join {{ ref('core__survey_tables') }} as tables using (survey_id, table_id)
    left join margins using (survey_id, breakdown_concept_id)
    where cells.respondent_count is null
        and (cells.breakdown = 'total' or margins.survey_id is not null)

),

published as (

    select cells.survey_id, cells.table_id, cells.question, cells.answer
    from {{ ref('core__survey_published_cells') }} as cells
    anti join hiding using (survey_id, question)
    where cells.breakdown = 'total' and cells.answer <> 'base'

),

shares as (

    select
        published.survey_id,
        published.table_id,
        published.answer,
        bases.n_effective,
        round(coalesce(marked.answer_weight, 0) / bases.base_weight, 2) as share
    from published
    inner join bases using (survey_id, question)
    left join marked using (survey_id, question, answer)

)

select
    survey_id,
    table_id,
    answer,
    100 * share as weighted_share_pct,
    round(100 * {{ weighted_wilson_low('share', 'n_effective') }}) as weighted_low_pct,
    round(100 * {{ weighted_wilson_high('share', 'n_effective') }}) as weighted_high_pct
from shares
