-- Booked time within opening hours, exact to the second: what utilisation counts. A piece of one booking on
-- one unit, within one opening.
with

pieces as (

    select
        * exclude (overlap_second_count, is_in_place),
        unnest({{ units_touched('from_second', 'to_second', 86400) }}) as utc_day
    from {{ ref('core__booked_pieces') }}
    where is_in_place and from_second < to_second

),

openings as (

    select * from {{ ref('core__openings') }}

)

select
    pieces.* exclude (from_second, to_second, utc_day, room_id),
    openings.day_date,
    openings.offset_seconds,
    greatest(pieces.from_second, openings.from_second) as from_second,
    least(pieces.to_second, openings.to_second) as to_second,
    {{ shared_seconds('pieces.from_second', 'pieces.to_second', 'openings.from_second', 'openings.to_second') }}
        * pieces.seat_count as seat_seconds
from pieces
inner join openings
    on pieces.space_id = openings.space_id
    and pieces.room_id = openings.room_id
    and pieces.utc_day = openings.utc_day
    and pieces.from_second < openings.to_second
    and pieces.to_second > openings.from_second
