-- Each registration once: a check-in list repeats the orders, and a later export the earlier one.
with

deliveries as (

    select delivery_id, town_id, row_number() over (order by received_date, delivery_id) as recency
    from {{ ref('stg_landing__deliveries') }}

),

registrations as (

    select
        registrations.*,
        identities.event_id,
        -- What was checked in goes before what was not, then the newer delivery, and within one what takes a
        -- registration back before what repeats it; last the places, so that one line is chosen.
        case when registrations.is_checked_in then 1000000000000 else 0 end
            + deliveries.recency * 1000000
            + case when registrations.status = 'registered' then 0 else 500000 end
            + least(registrations.place_count, 499999) as precedence
    from {{ ref('stg_landing__registrations') }} as registrations
    inner join deliveries using (delivery_id)
    inner join {{ ref('core__event_identities') }} as identities
        on deliveries.town_id = identities.town_id
        and registrations.event_key = identities.event_key

),

once as (

    select
        event_id,
        registration_id,
        max_by(status, precedence) as status,
        max_by(place_count, precedence) as place_count,
        max(organisation_id) as organisation_id,
        bool_or(is_checked_in) as is_checked_in,
        bool_or(is_checking_kept) as is_checking_kept,
        count(is_walk_in) > 0 as is_walking_in_told,
        coalesce(bool_or(is_walk_in), false) as is_walk_in
    from registrations
    group by event_id, registration_id

)

select
    * exclude (is_checked_in),
    -- Nobody walks in without coming.
    is_checked_in or is_walk_in as has_come
from once
