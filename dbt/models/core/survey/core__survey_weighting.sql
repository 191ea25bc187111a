-- Whether a survey is weighted. Not where a class of its margins is hidden, by itself or by another margin: weights are
-- few different numbers and would give it away. The effective sample size comes from a design effect of one decimal; exact, it would single out one
-- of the possible surveys.
with

weights as (

    select
        survey_id,
        any_value(state) as state,
        any_value(n_effective) as n_effective,
        count(weight) as weighted_count,
        any_value(reason_de) as reason_de,
        any_value(reason_en) as reason_en
    from {{ ref('core__survey_weights') }}
    group by survey_id

),

hidden as (

    select distinct cells.survey_id
    from {{ ref('core__survey_published_cells') }} as cells
    inner join {{ ref('core__survey_tables') }} as tables using (survey_id, table_id)
    inner join {{ ref('stg_landing__survey_margins') }} as margins
        on tables.survey_id = margins.survey_id and tables.concept_id = margins.concept_id
    left join {{ ref('stg_landing__survey_margins') }} as others
        on tables.survey_id = others.survey_id and tables.breakdown_concept_id = others.concept_id
    where cells.respondent_count is null
        and (tables.breakdown = 'total' and tables.is_as_asked or others.survey_id is not null)

),

judged as (

    select
        weights.*,
        hidden.survey_id is not null and weights.state = 'weighted' as is_hidden,
        round(weights.weighted_count / weights.n_effective, 1) as design_effect
    from weights
    left join hidden using (survey_id)

)

select
    survey_id,
    case when is_hidden then 'refused' else state end as state,
    case when not is_hidden then design_effect end as design_effect,
    case when not is_hidden then round(weighted_count / design_effect) end as n_effective,
    case when is_hidden then 'Eine Randklasse ist nicht veröffentlicht.' else reason_de end as reason_de,
    case when is_hidden then 'A margin class is not published.' else reason_en end as reason_en
from judged
