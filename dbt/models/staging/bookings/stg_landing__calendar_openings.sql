with

source as (

    select * from {{ source('landing', 'calendar_openings') }}

),

renamed as (

    select

        ---------- ids
        space_id,
        coalesce(room_id, '') as room_id,

        ---------- when; times in UTC, the day is the local one on which the opening begins
        cast(day as date) as day_date,
        cast(opens_at_utc as timestamp) as opens_at,
        cast(closes_at_utc as timestamp) as closes_at

    from source

)

select * from renamed
