with

source as (

    select * from {{ source('landing', 'bookings') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        space_id,
        booking_key as booking_id,
        -- Whose numbers the keys are; those of two tools say nothing of each other.
        key_source,
        match_key as match_id,
        resource_id,
        cast(unit as integer) as unit,
        user_pseudonym as user_id,

        ---------- what
        resource_kind,
        purpose,
        status,
        cast(is_block_out as boolean) as is_block_out,
        cast(tells_cancelled as boolean) as is_cancelling_told,
        cast(tells_attendance as boolean) as is_attendance_told,

        ---------- when, in UTC
        cast(starts_at_utc as timestamp) as starts_at,
        cast(ends_at_utc as timestamp) as ends_at,
        cast(nullif(created_at_utc, '') as timestamp) as created_at,
        cast(nullif(modified_at_utc, '') as timestamp) as modified_at,

        ---------- where it stands
        file,
        cast(line as integer) as line

    from source

)

select * from renamed
