with

source as (

    select * from {{ source('landing', 'registrations') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        registration_key as registration_id,
        event_ref as event_key,
        nullif(organisation_pseudonym, '') as organisation_id,

        ---------- what
        status,
        cast(nullif(is_walk_in, '') as boolean) as is_walk_in,
        -- A time or `yes`: came; `no`: the list was kept and says nothing; null: nobody kept one.
        nullif(checked_in_at, '') is not null as is_checking_kept,
        coalesce(checked_in_at, '') not in ('', 'no') as is_checked_in,

        ---------- how many
        -- A line that names no quantity is one place.
        coalesce(cast(nullif(quantity, '') as bigint), 1) as place_count

    from source

)

select * from renamed
