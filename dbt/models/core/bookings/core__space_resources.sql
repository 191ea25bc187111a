-- How many units of each thing can be booked, and when; the time in which there is none stands in rows of
-- its own, so that a booking of that time is found again among what lies outside.
with

units as (

    select
        desks.space_id,
        desks.room_id,
        desks.resource_id,
        desks.kind,
        desks.seat_count,
        case
            when desks.valid_from_date is null then {{ beginning_of_time() }}
            else {{ midnight_of('desks.valid_from_date', 'spaces.timezone') }}
        end as from_second,
        case
            when desks.valid_to_date is null then {{ end_of_time() }}
            else {{ midnight_of('desks.valid_to_date + 1', 'spaces.timezone') }}
        end as to_second
    from {{ ref('stg_landing__desks') }} as desks
    inner join {{ ref('stg_landing__spaces') }} as spaces using (space_id)

),

in_place as (

    select *, cast(count(*) as integer) as unit_count, true as is_in_place
    from units
    group by all

),

around as (

    select
        *,
        coalesce(lag(to_second) over resource, {{ beginning_of_time() }}) as previous_to_second,
        lead(from_second) over resource is null as is_last
    from in_place
    window resource as (partition by space_id, resource_id order by from_second)

),

away as (

    select * replace (previous_to_second as from_second, from_second as to_second, false as is_in_place)
    from around
    where previous_to_second < from_second

    union all

    select * replace (to_second as from_second, {{ end_of_time() }} as to_second, false as is_in_place)
    from around
    where is_last and to_second < {{ end_of_time() }}

)

select * from in_place
union all
select * exclude (previous_to_second, is_last) from away
