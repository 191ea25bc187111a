-- Every day of a space's record, with what made it one: opening, public holiday, school holidays, closure.
with

days as (

    select * from {{ ref('stg_landing__calendar_days') }}

),

spaces as (

    select * from {{ ref('stg_landing__spaces') }}

),

desks as (

    select * from {{ ref('core__available_days') }}
    where kind = 'desk'

),

school_holidays as (

    -- Holidays of a part of a Land (islands, a single city) carry a tag or a longer key and are not the town's.
    select
        delivery_id,
        start_date,
        end_date,
        name_de,
        name_en,
        unnest(string_split(subdivisions, ',')) as land_code
    from {{ ref('stg_landing__holidays') }}
    where holiday_type = 'School' and coalesce(tags, '') = ''

),

terms as (

    -- Which days the delivered tables speak of: the years they name, where the delivery gives no period.
    select
        trim(school_holidays.land_code) as land_code,
        coalesce(deliveries.period_from_date, date_trunc('year', min(school_holidays.start_date))) as from_date,
        coalesce(
            deliveries.period_to_date, date_trunc('year', max(school_holidays.end_date)) + interval 1 year - interval 1 day
        ) as to_date
    from school_holidays
    left join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
    group by trim(school_holidays.land_code), delivery_id, deliveries.period_from_date, deliveries.period_to_date

),

school_days as (

    select
        days.space_id,
        days.day_date,
        min(school_holidays.name_de) as school_holiday_name,
        min(school_holidays.name_en) as school_holiday_name_en
    from days
    inner join spaces using (space_id)
    inner join school_holidays
        on spaces.land_code = trim(school_holidays.land_code)
        and days.day_date between school_holidays.start_date and school_holidays.end_date
    group by days.space_id, days.day_date

)

select
    days.space_id,
    days.day_date,
    days.weekday,
    cast(date_trunc('week', days.day_date) as date) as week_start_date,
    strftime(days.day_date, '%Y-%m') as month,
    days.state,
    days.public_holiday_name,
    days.closure_reason,
    school_days.school_holiday_name,
    school_days.school_holiday_name_en,
    -- No name is no holiday only where the table of the Land speaks of that day.
    exists (
        select 1
        from terms
        where terms.land_code = spaces.land_code and days.day_date between terms.from_date and terms.to_date
    ) as is_school_holiday_known,
    -- Here a missing row is a true zero: the calendar knows that no desk could be booked.
    coalesce(desks.unit_count, 0) as desk_count,
    coalesce(desks.available_seat_seconds, 0) as available_seat_seconds
from days
inner join spaces using (space_id)
left join desks
    on days.space_id = desks.space_id
    and days.day_date = desks.day_date
left join school_days
    on days.space_id = school_days.space_id
    and days.day_date = school_days.day_date
