-- Every number printed of a survey beside the cells of its tables, and the one rule for them all: what the last release
-- printed stays until as many respondents more or fewer stand behind it as a count needs, and altogether where the
-- survey keeps that release. Values are text, since they are of several kinds.
with

cells as (

    select * from {{ ref('core__survey_published_cells') }}

),

told_by_others as (

    -- Those who were asked are those who gave an answer that leads there, or a few more than are said to have answered.
    select distinct nested.survey_id, split_part(nested.inner_question, '@', 1) as subject
    from {{ ref('core__survey_nested') }} as nested
    inner join cells
        on nested.survey_id = cells.survey_id
        and nested.outer_question = cells.question
        and nested.outer_answer = cells.answer
    where cells.breakdown = 'total' and cells.respondent_count is null

),

questions as (

    select *, {{ question_name('concept_id', 'item', "''") }} as subject
    from {{ ref('core__survey_item_nonresponse') }}
    where is_open

),

nonresponse as (

    select * from questions
    anti join told_by_others using (survey_id, subject)

),

of_surveys as (

    select
        responses.survey_id,
        responses.completed_count as respondent_count,
        unnest([
            {%- for statistic in survey_statistics() %}
            {'statistic': '{{ statistic }}', 'value': cast({{ statistic }} as varchar)}{{ ',' if not loop.last }}
            {%- endfor %}
        ]) as stated
    from {{ ref('core__survey_responses') }} as responses
    left join {{ ref('core__survey_weighting') }} using (survey_id)

),

of_questions as (

    select
        survey_id,
        subject,
        asked_count as respondent_count,
        unnest([
            {'statistic': 'asked_count', 'value': cast(asked_count as varchar)},
            {'statistic': 'unanswered_count', 'value': cast(unanswered_count as varchar)}
        ]) as stated
    from nonresponse

),

of_answers as (

    select
        weighted.survey_id,
        weighted.table_id || '/' || weighted.answer as subject,
        cells.respondent_count,
        unnest([
            {'statistic': 'weighted_share_pct', 'value': cast(weighted_share_pct as varchar)},
            {'statistic': 'weighted_low_pct', 'value': cast(weighted_low_pct as varchar)},
            {'statistic': 'weighted_high_pct', 'value': cast(weighted_high_pct as varchar)}
        ]) as stated
    from {{ ref('core__survey_weighted_shares') }} as weighted
    inner join cells using (survey_id, table_id)
    where cells.answer = 'base'

),

together as (

    select survey_id, 'survey' as subject, stated.*, respondent_count, {{ var('k') }} as threshold
    from of_surveys
    union all by name
    -- What leads to a question may be a sensitive answer.
    select survey_id, subject, stated.*, respondent_count, {{ var('k_sensitive') }} as threshold
    from of_questions
    union all by name
    select survey_id, subject, stated.*, respondent_count, {{ var('k') }} as threshold
    from of_answers
    union all by name
    select
        survey_id,
        {{ quantile_subject() }} as subject,
        statistic,
        cast(value as varchar) as value,
        base_n as respondent_count,
        {{ var('k') }} as threshold
    from {{ ref('core__survey_quantiles') }} as quantiles
    where value is not null

),

previous as (

    -- A real survey in the place of a sample one shares nothing with it but the name.
    select previous.*
    from {{ ref('stg_landing__previous_survey_numbers') }} as previous
    inner join {{ ref('stg_landing__surveys') }} as surveys using (survey_id, is_synthetic)

),

kept as (

    select distinct survey_id
    from cells
    where is_kept

),

told as (

    select
        together.survey_id,
        together.subject,
        together.statistic,
        {%- if var('shows_hidden') %}
        together.value
        {%- else %}
        case
            -- What a rule has hidden since is not told again, however the last release told it.
            when together.statistic = 'n_effective' and together.value is null then null
            when
                kept.survey_id is not null
                or abs(together.respondent_count - previous.respondent_count) < together.threshold
                then previous.value
            else together.value
        end as value
        {%- endif %}
    from together
    left join kept using (survey_id)
    left join previous using (survey_id, subject, statistic)

)

select * from told
union all
-- In whole per cent, of the questions of which it is printed: over all it would give away how many one was put to.
select
    survey_id,
    'survey' as subject,
    'item_nonresponse_pct' as statistic,
    cast(round(
        100 * sum(cast(value as bigint)) filter (where statistic = 'unanswered_count')
        / sum(cast(value as bigint)) filter (where statistic = 'asked_count')
    ) as varchar) as value
from told
where statistic in ('asked_count', 'unanswered_count')
group by survey_id
