-- What each booking adds to the use of a desk: overlaps are cut off from the booking that began later, so
-- that the pieces of one desk never overlap, and those of a pool never by more than it has units. Of two that
-- begin together the one made first comes first, then the one that stands first: never the one with the lower
-- pseudonym, or a warehouse with another key would have other users.
{% set first_come = 'began_second, created_second nulls last, file, line, booking_id, unit' %}
with

bookings as (

    select * from {{ ref('core__space_bookings') }}
    where is_use

),

resources as (

    select * from {{ ref('core__space_resources') }}

),

of_a_resource as (

    select
        resources.* exclude (from_second, to_second),
        resources.from_second as valid_from_second,
        bookings.booking_id,
        bookings.unit,
        bookings.user_id,
        bookings.purpose,
        bookings.from_second as began_second,
        bookings.created_second,
        bookings.file,
        bookings.line,
        greatest(bookings.from_second, resources.from_second) as from_second,
        least(bookings.to_second, resources.to_second) as to_second
    from bookings
    inner join resources
        on bookings.space_id = resources.space_id
        and bookings.resource_id = resources.resource_id
        and bookings.from_second < resources.to_second
        and bookings.to_second > resources.from_second

),

of_single_desks as (

    select *, {{ own_part_from('from_second', 'to_second', 'earlier') }} as own_from_second
    from of_a_resource
    where unit_count = 1
    window earlier as (
        partition by space_id, resource_id, valid_from_second
        order by {{ first_come }}
        rows between unbounded preceding and 1 preceding
    )

),

of_pools as (

    select *, {{ own_part_from('from_second', 'to_second', 'earlier', 'unit_count') }} as own_from_second
    from of_a_resource
    where unit_count > 1
    window earlier as (
        partition by space_id, resource_id, valid_from_second
        order by {{ first_come }}
        rows between unbounded preceding and 1 preceding
    )

),

together as (

    select * from of_single_desks
    union all
    select * from of_pools

)

select
    * exclude (own_from_second, from_second, began_second, created_second, file, line, valid_from_second),
    least(own_from_second, to_second) as from_second,
    least(own_from_second, to_second) - from_second as overlap_second_count
from together
