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
        cell

    from source

)

select * from renamed
