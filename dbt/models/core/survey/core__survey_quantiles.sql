-- Quantiles of stated numbers, ungrouped: stated numbers themselves, never between two of them, which would tell how
-- many lie on either side. Only where as many respondents lie on either side as a count needs to be published, and
-- nothing of the classes of the same number is hidden there. The base is the published one.
with

numbers as (

    select survey_id, response_id, concept_id, item, number
    from {{ ref('core__survey_coded_answers') }}
    where scale = 'number' and state = 'answered'

),

breakdowns as (

    select events.survey_id, events.response_id, events.question as breakdown, events.answer as breakdown_value
    from {{ ref('core__survey_events') }} as events
    semi join {{ ref('core__survey_tables') }} as tables
        on events.survey_id = tables.survey_id and events.question = tables.breakdown

),

grouped as (

    select *, 'total' as breakdown, 'total' as breakdown_value from numbers
    union all by name
    select numbers.*, breakdowns.breakdown, breakdowns.breakdown_value
    from numbers
    inner join breakdowns using (survey_id, response_id)

),

quantiles as (

    select
        survey_id,
        concept_id,
        item,
        breakdown,
        breakdown_value,
        unnest(['p25', 'median', 'p75', 'p90']) as statistic,
        unnest(quantile_disc(number, [0.25, 0.5, 0.75, 0.9])) as value
    from grouped
    group by survey_id, concept_id, item, breakdown, breakdown_value

),

-- As many rows as the tables have groups: one that is there only where somebody answered tells of a hidden base.
bases as (

    select
        cells.*,
        asked.concept_id,
        asked.item,
        unnest(['p25', 'median', 'p75', 'p90']) as statistic,
        unnest([0.25, 0.5, 0.75, 0.9]) as position
    from {{ ref('core__survey_published_cells') }} as cells
    inner join (select distinct survey_id, concept_id, item from numbers) as asked
        on cells.survey_id = asked.survey_id
        and cells.question = {{ question_name('asked.concept_id', 'asked.item', "''") }}
    where cells.answer = 'base'

),

hidden as (

    select distinct
        cells.survey_id,
        unnest([tables.concept_id, recodes.concept_id]) as concept_id,
        tables.item,
        cells.breakdown,
        cells.breakdown_value
    from {{ ref('core__survey_published_cells') }} as cells
    inner join {{ ref('core__survey_tables') }} as tables using (survey_id, table_id)
    left join {{ ref('core__survey_recodes') }} as recodes
        on tables.survey_id = recodes.survey_id
        and tables.concept_id = recodes.to_concept_id
        and tables.item = recodes.item
        and tables.level = recodes.to_level
    where cells.respondent_count is null

),

judged as (

    select
        bases.survey_id,
        bases.concept_id,
        bases.item,
        bases.breakdown,
        bases.breakdown_value,
        bases.statistic,
        quantiles.value,
        bases.respondent_count as base_n,
        case
            when bases.respondent_count is null then '.'
            when bases.respondent_count < {{ var('small_base') }} then '/'
            when bases.respondent_count * least(bases.position, 1 - bases.position)
                < case when bases.is_sensitive then {{ var('k_sensitive') }} else {{ var('k') }} end then '.'
            when hidden.survey_id is not null then '.'
            when bases.respondent_count < {{ var('bracket_base') }} then '()'
            else ''
        end as sign
    from bases
    left join quantiles using (survey_id, concept_id, item, breakdown, breakdown_value, statistic)
    left join hidden using (survey_id, concept_id, item, breakdown, breakdown_value)

)

select
    * exclude (value),
    case when sign in ('', '()') then value end as value
from judged
