-- What is known of each space before any use is counted: its record, desks, hours and price, and what its
-- source can tell at all.
with

spaces as (

    select * from {{ ref('stg_landing__spaces') }}

),

towns as (

    select * from {{ ref('core__towns') }}

),

days as (

    select * from {{ ref('core__space_days') }}

),

recorded as (

    select
        space_id,
        min(day_date) as first_date,
        max(day_date) as last_date,
        min(case when available_seat_seconds > 0 then day_date end) as first_open_date,
        max(case when available_seat_seconds > 0 then day_date end) as last_open_date,
        count(*) as calendar_day_count,
        count(case when available_seat_seconds > 0 then 1 end) as open_day_count,
        cast(max(desk_count) as bigint) as desk_count,
        cast(sum(desk_count) as bigint) as desk_day_count,
        cast(sum(available_seat_seconds) as bigint) as available_seat_seconds
    from days
    group by space_id

),

delivered as (

    select
        periods.space_id,
        string_agg(distinct deliveries.delivery_id, ', ' order by deliveries.delivery_id) as delivery_ids,
        string_agg(distinct deliveries.title || ' – ' || deliveries.producer, '; ') as source_text,
        string_agg(distinct deliveries.licence, '; ' order by deliveries.licence) as licence,
        bool_or(deliveries.is_synthetic) as is_synthetic
    from {{ ref('stg_landing__space_periods') }} as periods
    inner join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
    group by periods.space_id

),

prices as (

    select
        tariffs.space_id,
        max(tariffs.price_eur) as highest_price_eur,
        arg_max(tariffs.price_unit, tariffs.price_eur) as price_unit
    from {{ ref('stg_landing__tariffs') }} as tariffs
    inner join recorded
        on tariffs.space_id = recorded.space_id
        and coalesce(tariffs.valid_from_date, recorded.first_date) <= recorded.last_date
        and coalesce(tariffs.valid_to_date, recorded.last_date) >= recorded.first_date
    group by tariffs.space_id

),

in_towns as (

    select space_id, town_id, count(*) over (partition by town_id) as space_count
    from spaces
    inner join recorded using (space_id)

)

select
    spaces.space_id,
    spaces.town_id,
    towns.municipality_id,
    spaces.name,
    spaces.is_open_on_holidays,
    recorded.* exclude (space_id),
    prices.highest_price_eur,
    prices.price_unit,
    delivered.delivery_ids,
    delivered.source_text,
    delivered.licence,
    delivered.is_synthetic,
    -- Where nothing was booked, the source has not told anything.
    coalesce(counts.is_cancelling_told, false) as is_cancelling_told,
    coalesce(counts.is_attendance_told, false) as is_attendance_told,
    cast(recorded.first_date as varchar) || '/' || cast(recorded.last_date as varchar) as period,
    case when in_towns.space_count = 1 then 'total' else 'space' end as breakdown,
    case when in_towns.space_count > 1 then spaces.space_id end as breakdown_value
from spaces
inner join recorded using (space_id)
inner join delivered using (space_id)
inner join towns using (town_id)
inner join in_towns using (space_id)
left join prices using (space_id)
left join {{ ref('core__space_counts') }} as counts using (space_id)
