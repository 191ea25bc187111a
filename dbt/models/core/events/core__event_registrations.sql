-- Each registration once: a check-in list repeats the orders, and a later export the earlier one.
with

registrations as (

    select
        registrations.*,
        identities.event_id,
        row_number() over (
            partition by identities.event_id, registrations.registration_id
            order by
                case when registrations.is_checked_in then 0 else 1 end,
                deliveries.received_date desc,
                registrations.delivery_id desc,
                -- Of one delivery, what takes a registration back says more than what repeats it.
                case when registrations.status = 'registered' then 1 else 0 end,
                registrations.place_count,
                registrations.organisation_id
        ) as age,
        max(case when registrations.is_checking_kept then 1 else 0 end) over one_registration as kept,
        max(registrations.organisation_id) over one_registration as told_organisation_id,
        max(case registrations.is_walk_in when true then 1 when false then 0 end) over one_registration as walked_in
    from {{ ref('stg_landing__registrations') }} as registrations
    inner join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
    inner join {{ ref('core__event_identities') }} as identities
        on deliveries.town_id = identities.town_id
        and registrations.event_key = identities.event_key
    window one_registration as (partition by identities.event_id, registrations.registration_id)

)

select
    event_id,
    registration_id,
    coalesce(organisation_id, told_organisation_id) as organisation_id,
    status,
    place_count,
    kept = 1 as is_checking_kept,
    walked_in is not null as is_walking_in_told,
    coalesce(walked_in = 1, false) as is_walk_in,
    -- Nobody walks in without coming.
    is_checked_in or coalesce(walked_in = 1, false) as has_come
from registrations
where age = 1
