-- How many took part in each survey, by the tool's own rule of what is completed.
with

surveys as (

    select * from {{ ref('stg_landing__surveys') }}

),

responses as (

    select
        survey_id,
        count(case when status <> 'test' then 1 end) as started_count,
        count(case when status = 'completed' then 1 end) as completed_count,
        count(case when status = 'incomplete' then 1 end) as incomplete_count,
        count(case when status = 'test' then 1 end) as test_count,
        -- To a tenth of a minute: seconds would be those of one or two respondents.
        round(median(case when status = 'completed' then duration_minutes end), 1) as median_minutes,
        min(case when status = 'completed' then cast(coalesce(submitted_at, started_at) as date) end) as first_date,
        max(case when status = 'completed' then cast(coalesce(submitted_at, started_at) as date) end) as last_date
    from {{ ref('stg_landing__responses') }}
    group by survey_id

),

repeated as (

    select delivery_id as survey_id, count(*) as duplicate_count
    from {{ ref('stg_landing__quarantine') }}
    where reason in ('duplicate_record', 'duplicate_response')
    group by delivery_id

)

select
    surveys.survey_id,
    surveys.town_id,
    responses.started_count,
    responses.completed_count,
    responses.incomplete_count,
    responses.test_count,
    coalesce(repeated.duplicate_count, 0) as duplicate_count,
    responses.median_minutes,
    -- The field work: as the manifest says, else from the first completed response to the last.
    coalesce(surveys.period_from_date, responses.first_date) as period_from_date,
    coalesce(surveys.period_to_date, responses.last_date) as period_to_date
from surveys
inner join responses using (survey_id)
left join repeated using (survey_id)
