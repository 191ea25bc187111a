with

source as (

    select * from {{ source('landing', 'opening_hours') }}

),

renamed as (

    select

        ---------- ids
        space_id,
        nullif(room_id, '') as room_id,

        ---------- when; 1 is Monday, times are local
        cast(weekday as integer) as weekday,
        opens as opens_time,
        closes as closes_time,
        cast(nullif(valid_from, '') as date) as valid_from_date,
        cast(nullif(valid_to, '') as date) as valid_to_date

    from source

)

select * from renamed
