-- The answers to every question as it was asked, and numbers in classes, with what may be published.
with

tables as (

    select * from {{ ref('core__survey_tables') }}
    where is_as_asked or level = 'classes' or concept_id = 'commute_minutes_class'

),

cells as (

    select * from {{ ref('core__survey_published_cells') }}

),

bases as (

    select survey_id, table_id, breakdown_value, respondent_count as base_n
    from cells
    where answer = 'base'

),

surveys as (

    select * from {{ ref('stg_landing__surveys') }}

),

answers as (

    select * from {{ ref('stg_landing__concept_answers') }}

),

items as (

    select * from {{ ref('stg_landing__concept_items') }}

),

breakdowns as (

    select * from {{ ref('core__survey_breakdowns') }}

),

weighted as (

    select
        survey_id,
        subject,
        {{ printed_value('weighted_share_pct', 'double') }} as weighted_share_pct,
        {{ printed_value('weighted_low_pct', 'double') }} as weighted_low_pct,
        {{ printed_value('weighted_high_pct', 'double') }} as weighted_high_pct
    from {{ ref('core__survey_printed') }}
    group by survey_id, subject

),

labelled as (

    select
        cells.table_id,
        cells.survey_id,
        surveys.town_id,
        tables.concept_id as concept,
        tables.item,
        coalesce(tables.breakdown_concept_id, 'total') as breakdown,
        case when cells.breakdown <> 'total' then cells.breakdown_value end as breakdown_value,
        coalesce(columns.label_de, breakdowns.others_de) as breakdown_label_de,
        coalesce(columns.label_en, breakdowns.others_en) as breakdown_label_en,
        coalesce(columns.position, breakdowns.others_position) as breakdown_order,
        cells.answer,
        coalesce(answers.label_de, items.label_de) as answer_label_de,
        coalesce(answers.label_en, items.label_en) as answer_label_en,
        coalesce(answers.position, items.position) as answer_order,
        bases.base_n,
        cells.respondent_count,
        cells.sign,
        weighted.weighted_share_pct as weighted_share,
        weighted.weighted_low_pct as weighted_low,
        weighted.weighted_high_pct as weighted_high,
        surveys.is_synthetic
    from cells
    inner join tables using (survey_id, table_id)
    inner join surveys using (survey_id)
    inner join bases
        on cells.survey_id = bases.survey_id
        and cells.table_id = bases.table_id
        and cells.breakdown_value = bases.breakdown_value
    left join answers
        on tables.shape = 'partition'
        and tables.concept_id = answers.concept_id
        and tables.level = answers.level
        and cells.answer = answers.code
    left join items
        on tables.shape = 'marks' and tables.concept_id = items.concept_id and cells.answer = items.item
    left join answers as columns
        on tables.breakdown_concept_id = columns.concept_id
        and tables.breakdown_level = columns.level
        and cells.breakdown_value = columns.code
    left join breakdowns
        on tables.breakdown_concept_id = breakdowns.concept_id and cells.breakdown_value = {{ others() }}
    left join weighted
        on cells.survey_id = weighted.survey_id
        and cells.table_id || '/' || cells.answer = weighted.subject
    where cells.answer not in ('base', 'answered')

)

select
    table_id,
    survey_id,
    town_id,
    concept,
    item,
    breakdown,
    breakdown_value,
    breakdown_label_de,
    breakdown_label_en,
    breakdown_order,
    answer,
    answer_label_de,
    answer_label_en,
    answer_order,
    base_n,
    respondent_count as count,
    100 * {{ share_of('respondent_count', 'base_n') }} as share,
    case when respondent_count is not null then 100 * {{ wilson_low('respondent_count', 'base_n') }} end as interval_low,
    case when respondent_count is not null then 100 * {{ wilson_high('respondent_count', 'base_n') }} end as interval_high,
    weighted_share,
    weighted_low,
    weighted_high,
    sign,
    case when respondent_count is not null then 'published' when sign = '/' then 'small_base' else 'hidden' end
        as status,
    is_synthetic
from labelled
