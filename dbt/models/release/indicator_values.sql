-- Every indicator's values for the towns of the network. A town an indicator has nothing for gets a
-- row that says so, so that no page has to guess why a town is absent.
with

towns as (

    select * from {{ ref('core__towns') }}

),

catalogue as (

    select * from {{ ref('indicator_catalogue') }}

),

breaks as (

    select * from {{ ref('series_breaks') }}

),

municipal_values as (

    select * from {{ ref('indicators__official') }}
    union all by name
    select * from {{ ref('indicators__recorded') }}

),

survey_values as (

    select * exclude (survey_id)
    from {{ ref('survey__values') }}

),

town_values as (

    select municipal_values.* exclude (municipality_id), towns.town_id
    from municipal_values
    inner join towns using (municipality_id)
    union all by name
    select * from survey_values

),

latest_periods as (

    select
        indicator_id,
        max_by(period, period_end) as period,
        max_by(period_start, period_end) as period_start,
        max(period_end) as period_end
    from town_values
    group by indicator_id

),

absent as (

    select
        catalogue.indicator_id,
        towns.town_id,
        latest_periods.period,
        latest_periods.period_start,
        latest_periods.period_end
    from catalogue
    cross join towns
    left join latest_periods using (indicator_id)
    where not exists (
        select 1
        from town_values
        where town_values.indicator_id = catalogue.indicator_id and town_values.town_id = towns.town_id
    )

),

with_absent as (

    select * from town_values
    union all by name
    select *, 'total' as breakdown, '.' as sign, false as is_synthetic from absent

),

with_previous as (

    select
        *,
        lag(period_end) over (
            partition by indicator_id, town_id, breakdown, breakdown_value order by period_end
        ) as previous_period_end
    from with_absent

),

broken as (

    select
        with_previous.indicator_id,
        with_previous.town_id,
        with_previous.period,
        string_agg(distinct breaks.note_de, ' ' order by breaks.note_de) as break_note_de,
        string_agg(distinct breaks.note_en, ' ' order by breaks.note_en) as break_note_en
    from with_previous
    inner join breaks
        on (breaks.indicator_id is null or with_previous.indicator_id = breaks.indicator_id)
        and (breaks.town_id is null or with_previous.town_id = breaks.town_id)
        and with_previous.previous_period_end < breaks.break_date
        and with_previous.period_end >= breaks.break_date
    group by with_previous.indicator_id, with_previous.town_id, with_previous.period

)

select
    with_previous.indicator_id,
    with_previous.town_id,
    with_previous.period,
    with_previous.period_start,
    with_previous.period_end,
    with_previous.breakdown,
    with_previous.breakdown_value,
    with_previous.value,
    with_previous.numerator,
    with_previous.denominator,
    with_previous.denominator_period,
    with_previous.base_n,
    with_previous.interval_low,
    with_previous.interval_high,
    catalogue.unit_de as unit,
    with_previous.sign,
    coalesce(with_previous.quality_grade, catalogue.quality_grade) as quality_grade,
    broken.indicator_id is not null as is_break_before,
    broken.break_note_de,
    broken.break_note_en,
    with_previous.delivery_ids as sources,
    with_previous.source_text,
    with_previous.licence,
    with_previous.is_synthetic
from with_previous
inner join catalogue using (indicator_id)
left join broken
    on with_previous.indicator_id = broken.indicator_id
    and with_previous.town_id = broken.town_id
    and with_previous.period = broken.period
