-- How good each survey is: what can be said without a sampling frame.
with

surveys as (

    select * from {{ ref('stg_landing__surveys') }}

),

printed as (

    select
        survey_id,
        {{ printed_value('started_count', 'bigint') }} as started_count,
        {{ printed_value('completed_count', 'bigint') }} as completed_count,
        {{ printed_value('incomplete_count', 'bigint') }} as incomplete_count,
        {{ printed_value('test_count', 'bigint') }} as test_count,
        {{ printed_value('duplicate_count', 'bigint') }} as duplicate_count,
        {{ printed_value('median_minutes', 'double') }} as median_minutes,
        {{ printed_value('period_from_date', 'date') }} as period_from_date,
        {{ printed_value('period_to_date', 'date') }} as period_to_date,
        {{ printed_value('item_nonresponse_pct', 'double') }} as item_nonresponse_pct
    from {{ ref('core__survey_printed') }}
    where subject = 'survey'
    group by survey_id

),

responses as (

    select printed.*, surveys.town_id
    from printed
    inner join surveys using (survey_id)

),

tools as (

    select
        deliveries.delivery_id as survey_id,
        string_agg(distinct tools.tool, ', ' order by tools.tool) as tool,
        bool_and(tools.keeps_breakoffs) as keeps_breakoffs
    from {{ ref('stg_landing__deliveries') }} as deliveries
    inner join {{ ref('survey_tools') }} as tools
        on list_contains(string_split(deliveries.format, ', '), tools.format)
    group by deliveries.delivery_id

),

inhabitants as (

    -- Those aged 15 and over where delivered, else everybody; the count nearest to the field work.
    select
        responses.survey_id,
        figures.figure,
        figures.value as inhabitant_count,
        figures.period as inhabitants_period
    from responses
    inner join {{ ref('core__towns') }} as towns using (town_id)
    inner join {{ ref('core__figures') }} as figures
        on towns.municipality_id = figures.municipality_id
        and figures.figure in ('population_15_plus', 'population')
        and figures.value > 0
    -- Whoever asked commuters or users did not mean to reach the whole town.
    inner join surveys on responses.survey_id = surveys.survey_id and surveys.population = 'citizens'
    qualify row_number() over (
        partition by responses.survey_id
        order by
            figures.figure <> 'population_15_plus',
            abs(date_diff('day', figures.reference_date, responses.period_to_date)),
            figures.reference_date desc
    ) = 1

)

select
    surveys.survey_id,
    surveys.town_id,
    surveys.wave,
    surveys.population,
    surveys.title,
    surveys.producer,
    surveys.licence,
    surveys.is_synthetic,
    surveys.invited_count,
    tools.tool,
    responses.* exclude (survey_id, town_id),
    case
        when responses.period_from_date = responses.period_to_date
            then cast(responses.period_from_date as varchar)
        else cast(responses.period_from_date as varchar) || '/' || cast(responses.period_to_date as varchar)
    end as period,
    -- Break-offs that were never kept cannot be told from none.
    case
        when coalesce(tools.keeps_breakoffs, false) or responses.incomplete_count > 0
            then 100 * responses.completed_count / nullif(responses.started_count, 0)
    end as completion_pct,
    inhabitants.inhabitant_count,
    inhabitants.inhabitants_period,
    case inhabitants.figure
        when 'population_15_plus' then 'inhabitants_15_plus'
        when 'population' then 'inhabitants'
    end as reach_base,
    1000 * responses.completed_count / inhabitants.inhabitant_count as reach_per_1000
from surveys
inner join responses using (survey_id)
left join tools using (survey_id)
left join inhabitants using (survey_id)
