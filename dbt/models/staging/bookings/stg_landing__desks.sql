with

source as (

    select * from {{ source('landing', 'desks') }}

),

renamed as (

    select

        ---------- ids
        space_id,
        -- The calendar calls what stands in no room of its own by an empty name.
        coalesce(room_id, '') as room_id,
        resource_id,
        desk_id,

        ---------- what
        kind,
        cast(seats as integer) as seat_count,

        ---------- when
        cast(nullif(valid_from, '') as date) as valid_from_date,
        cast(nullif(valid_to, '') as date) as valid_to_date

    from source

)

select * from renamed
