with

source as (

    select * from {{ source('landing', 'previous_space_cells') }}

),

renamed as (

    select

        ---------- ids
        space_id,

        ---------- what
        family,
        cell,

        ---------- amounts
        cast(available_seat_seconds as bigint) as available_seat_seconds,
        cast(amount as bigint) as amount

    from source

)

select * from renamed
