with

source as (

    select * from {{ source('landing', 'previous_space_people') }}

),

renamed as (

    select

        ---------- ids
        space_id,
        user_id,

        ---------- what
        family,
        cell,

        ---------- amounts
        cast(amount as bigint) as amount

    from source

)

select * from renamed
