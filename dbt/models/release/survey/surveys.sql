with

quality as (

    select * from {{ ref('core__survey_quality') }}

),

grades as (

    select * from {{ ref('core__survey_grades') }}

),

weighting as (

    select * from {{ ref('core__survey_weighting') }}

),

printed as (

    select survey_id, {{ printed_value('n_effective', 'double') }} as n_effective
    from {{ ref('core__survey_printed') }}
    where subject = 'survey'
    group by survey_id

)

select
    quality.survey_id,
    quality.town_id,
    quality.wave,
    quality.population,
    quality.tool,
    quality.title,
    quality.period_from_date as period_from,
    quality.period_to_date as period_to,
    quality.invited_count as invited,
    quality.started_count as started,
    quality.completed_count as completed,
    quality.incomplete_count as incomplete,
    quality.test_count as tests,
    quality.duplicate_count as duplicates,
    quality.completion_pct as completion_rate,
    case when quality.completion_pct is not null then 100 * {{ wilson_low('quality.completed_count', 'quality.started_count') }} end
        as completion_low,
    case when quality.completion_pct is not null then 100 * {{ wilson_high('quality.completed_count', 'quality.started_count') }} end
        as completion_high,
    quality.reach_per_1000,
    quality.reach_base,
    quality.item_nonresponse_pct as item_nonresponse,
    quality.median_minutes,
    grades.grade,
    grades.grade_reason_de,
    grades.grade_reason_en,
    coalesce(weighting.state, 'none') as weighting_state,
    printed.n_effective as n_eff,
    weighting.reason_de as weighting_reason_de,
    weighting.reason_en as weighting_reason_en,
    quality.is_synthetic,
    cast(null as varchar) as internal
from quality
inner join grades using (survey_id)
left join weighting using (survey_id)
left join printed using (survey_id)
