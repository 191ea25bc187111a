-- From the first to the last month in which something of a lab is dated; plans are no activity.
with

dated as (

    select activities.*, deliveries.title as delivery_title, deliveries.producer, deliveries.licence
    from {{ ref('core__lab_activities') }} as activities
    inner join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
    where activities.kind <> 'idea' and activities.period_from_date is not null

),

named as (

    select *, 'total' as breakdown, cast(null as varchar) as breakdown_value from dated
    union all
    select *, 'lab', lab_id from dated where lab_id is not null

)

select
    town_id,
    breakdown,
    breakdown_value,
    cast(date_trunc('month', min(period_from_date)) as date) as first_date,
    last_day(max(coalesce(period_to_date, period_from_date))) as last_date,
    count(*) as activity_count,
    string_agg(distinct delivery_id, ', ' order by delivery_id) as delivery_ids,
    string_agg(
        distinct delivery_title || ' – ' || producer, '; ' order by delivery_title || ' – ' || producer
    ) as source_text,
    string_agg(distinct licence, '; ' order by licence) as licence,
    bool_or(is_synthetic) as is_synthetic
from named
group by town_id, breakdown, breakdown_value
