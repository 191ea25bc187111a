with

source as (

    select * from {{ source('landing', 'calendar_days') }}

),

renamed as (

    select

        ---------- ids
        space_id,

        ---------- when; 1 is Monday
        cast(day as date) as day_date,
        cast(weekday as integer) as weekday,

        ---------- what
        state,
        nullif(public_holiday, '') as public_holiday_name,
        nullif(closure, '') as closure_reason,
        cast(open_minutes as bigint) as open_minutes,
        cast(desk_count as bigint) as desk_count,
        cast(desk_minutes as bigint) as desk_minutes

    from source

)

select * from renamed
