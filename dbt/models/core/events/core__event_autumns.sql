-- Events per day in October and November against the other months, over the days of which events were
-- delivered, in the year that has the most events.
with

deliveries as (

    select * from {{ ref('stg_landing__deliveries') }}

),

events as (

    select * from {{ ref('core__published_events') }}
    where is_held

),

spans as (

    select
        events.town_id,
        events.delivery_id,
        coalesce(min(deliveries.period_from_date), min(events.event_date)) as from_date,
        coalesce(max(deliveries.period_to_date), max(events.event_date)) as to_date
    from events
    inner join deliveries using (delivery_id)
    group by events.town_id, events.delivery_id

),

days as (

    select distinct town_id, cast(unnest(range(from_date, to_date + interval 1 day, interval 1 day)) as date) as day_date
    from spans

),

events_of_days as (

    select town_id, event_date, count(*) as event_count
    from events
    group by town_id, event_date

),

by_year as (

    select
        days.town_id,
        year(days.day_date) as year,
        count(*) as day_count,
        count(case when month(days.day_date) in (10, 11) then 1 end) as autumn_day_count,
        coalesce(sum(events_of_days.event_count), 0) as event_count,
        coalesce(sum(case when month(days.day_date) in (10, 11) then events_of_days.event_count end), 0)
            as autumn_event_count
    from days
    left join events_of_days
        on days.town_id = events_of_days.town_id
        and days.day_date = events_of_days.event_date
    group by days.town_id, year(days.day_date)

),

numbered as (

    select *, row_number() over (partition by town_id order by event_count desc, year desc) as number
    from by_year

)

select
    town_id,
    cast(year as varchar) as period,
    cast(year || '-01-01' as date) as period_start,
    cast(year || '-12-31' as date) as period_end,
    cast(event_count as bigint) as event_count,
    cast(autumn_event_count as double) / nullif(autumn_day_count, 0) as autumn_per_day,
    cast(event_count - autumn_event_count as double) / nullif(day_count - autumn_day_count, 0) as other_per_day
from numbered
where number = 1
