{{ config(tags=['edition']) }}
-- What may leave the warehouse of the tables. The reason for hiding stays behind: which of two hidden
-- cells is the small one is itself a secret.
{% if var('shows_hidden') -%}
with

cells as (

    select * from {{ ref('core__survey_cells') }}

),

bases as (

    -- Of several answers the base is counted; else everybody stands in one row.
    select
        survey_id,
        table_id,
        breakdown_value,
        cast(coalesce(max(case when answer = 'base' then respondent_count end), sum(respondent_count)) as bigint) as base_n,
        coalesce(sum(case when answer <> 'base' then respondent_count end), 0) as marked_count
    from cells
    group by survey_id, table_id, breakdown_value

),

covered as (

    select survey_id, table_id, bool_and(marked_count >= base_n) as covers_base
    from bases
    group by survey_id, table_id

),

with_bases as (

    select * from cells where answer <> 'base'
    union all by name
    select cells.* replace ('base' as answer, bases.base_n as respondent_count)
    from cells
    inner join bases using (survey_id, table_id, breakdown_value)
    qualify row_number() over (partition by survey_id, table_id, breakdown_value order by cells.answer) = 1

)

select
    survey_id,
    table_id,
    with_bases.question,
    with_bases.breakdown,
    with_bases.shape,
    with_bases.is_sensitive,
    with_bases.answer,
    breakdown_value,
    covered.covers_base,
    cast(with_bases.respondent_count as bigint) as respondent_count,
    case when with_bases.answer <> 'base' then {{ share_of('with_bases.respondent_count', 'bases.base_n') }} end as share,
    coalesce({{ small_base_sign('bases.base_n') }}, '') as sign,
    false as is_kept
from with_bases
inner join bases using (survey_id, table_id, breakdown_value)
inner join covered using (survey_id, table_id)
{%- else -%}
select
    universe as survey_id,
    table_id,
    question,
    breakdown,
    shape,
    is_sensitive,
    "row" as answer,
    "column" as breakdown_value,
    covers_base,
    published_count as respondent_count,
    share,
    sign,
    is_kept
from {{ ref('core__survey_protection') }}
{%- endif %}
