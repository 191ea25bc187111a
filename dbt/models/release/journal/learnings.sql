-- The learning ledger. An indicator that does not exist is left out of the links; a test names it.
with

links as (

    select
        named.learning_id,
        string_agg(named.indicator_id, ',' order by named.position) as indicator_ids
    from {{ ref('core__learning_indicators') }} as named
    inner join {{ ref('indicator_catalogue') }} using (indicator_id)
    group by named.learning_id

)

select
    learnings.learning_id,
    learnings.lab_id,
    learnings.town_id,
    learnings.theme,
    learnings.theme_de,
    learnings.theme_en,
    learnings.title_de,
    learnings.title_en,
    learnings.tried_de,
    learnings.tried_en,
    learnings.outcome,
    learnings.outcome_de,
    learnings.outcome_en,
    learnings.why_de,
    learnings.why_en,
    learnings.again,
    learnings.again_de,
    learnings.again_en,
    learnings.advice_de,
    learnings.advice_en,
    links.indicator_ids,
    learnings.section,
    learnings.source,
    learnings.row_origin,
    learnings.is_synthetic,
    -- Towns in their fixed order, what is shared by all behind them.
    cast(row_number() over (
        order by learnings.town_id is null, learnings.town_id, learnings.position, learnings.learning_id
    ) as integer) as position
from {{ ref('core__learnings') }} as learnings
left join links using (learning_id)
