-- A grade by rule: A misses none of the criteria, B one, C several; D is too small to publish from. It
-- speaks of the craft of a survey, not of how well it stands for a town: no open link does that.
with

quality as (

    select * from {{ ref('core__survey_quality') }}

),

criteria as (

    select * from {{ ref('survey_grade_criteria') }}

),

measured as (

    select
        survey_id,
        unnest(['completed', 'completion', 'completion_known', 'item_nonresponse', 'duplicates', 'fieldwork'])
            as criterion,
        unnest([
            completed_count,
            completion_pct,
            case when completion_pct is null then 0 else 1 end,
            item_nonresponse_pct,
            100 * duplicate_count / nullif(started_count + duplicate_count, 0),
            case when period_from_date is null then 0 else 1 end
        ]) as value
    from quality

),

missed as (

    select
        measured.survey_id,
        criteria.position,
        replace(criteria.missed_de, '{value}', replace(format('{:g}', round(measured.value, 1)), '.', ','))
            as missed_de,
        replace(criteria.missed_en, '{value}', format('{:g}', round(measured.value, 1))) as missed_en
    from measured
    inner join criteria using (criterion)
    where case
        when criteria.criterion in ('item_nonresponse', 'duplicates') then measured.value > criteria.threshold
        else measured.value < criteria.threshold
    end

),

reasons as (

    select
        survey_id,
        count(*) as missed_count,
        string_agg(missed_de, '; ' order by position) as missed_de,
        string_agg(missed_en, '; ' order by position) as missed_en
    from missed
    group by survey_id

)

select
    quality.survey_id,
    case
        when quality.completed_count < {{ var('small_base') }} then 'D'
        when reasons.missed_count is null then 'A'
        when reasons.missed_count = 1 then 'B'
        else 'C'
    end as grade,
    coalesce(reasons.missed_de, 'alle Kriterien erfüllt') as grade_reason_de,
    coalesce(reasons.missed_en, 'all criteria met') as grade_reason_en
from quality
left join reasons using (survey_id)
