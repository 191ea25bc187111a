-- What was asked, and how many answered; how many were asked only where that may be known.
with

nonresponse as (

    select * from {{ ref('core__survey_item_nonresponse') }}

),

printed as (

    select
        survey_id,
        subject,
        {{ printed_value('asked_count', 'bigint') }} as asked_count,
        {{ printed_value('unanswered_count', 'bigint') }} as unanswered_count
    from {{ ref('core__survey_printed') }}
    group by survey_id, subject

),

concepts as (

    select * from {{ ref('stg_landing__concepts') }}

),

items as (

    select * from {{ ref('stg_landing__concept_items') }}

),

levels as (

    select * from {{ ref('core__survey_levels') }}

),

bases as (

    select survey_id, question, respondent_count as base_n, sign
    from {{ ref('core__survey_published_cells') }}
    where answer = 'base' and breakdown = 'total'

),

named as (

    select
        nonresponse.survey_id,
        {{ question_name('nonresponse.concept_id', 'nonresponse.item', "coalesce(levels.level, '')") }} as question_id,
        concepts.theme_position * 1000 + concepts.position * 20 + coalesce(items.position, 0) as position,
        nonresponse.concept_id as concept,
        nonresponse.item,
        concepts.label_de || coalesce(': ' || items.label_de, '') as title_de,
        concepts.label_en || coalesce(': ' || items.label_en, '') as title_en,
        concepts.scale,
        {{ 'nonresponse' if var('shows_hidden') else 'printed' }}.asked_count,
        {{ 'nonresponse' if var('shows_hidden') else 'printed' }}.unanswered_count
    from nonresponse
    inner join concepts using (concept_id)
    left join items on nonresponse.concept_id = items.concept_id and nonresponse.item = items.item
    left join printed
        on nonresponse.survey_id = printed.survey_id
        and {{ question_name('nonresponse.concept_id', 'nonresponse.item', "''") }} = printed.subject
    left join levels on nonresponse.survey_id = levels.survey_id and nonresponse.concept_id = levels.concept_id

)

select
    named.survey_id,
    named.question_id,
    cast(named.position as integer) as position,
    named.concept,
    named.item,
    named.title_de,
    named.title_en,
    named.scale,
    named.asked_count as asked,
    bases.base_n as answered,
    100 * named.unanswered_count / nullif(named.asked_count, 0) as item_nonresponse,
    case
        when bases.base_n is null then '.'
        when bases.base_n < {{ var('small_base') }} then '/'
        when bases.base_n < {{ var('bracket_base') }} then '()'
        else ''
    end as sign
from named
left join bases on named.survey_id = bases.survey_id and named.question_id = bases.question
