{{ config(tags=['edition']) }}
-- What may leave the warehouse of a space's use. Nothing else is read on the way to the release; why a
-- number is hidden stays behind, since which of two hidden numbers is the small one is itself a secret.
select
    cells.space_id,
    cells.family,
    cells.cell,
    cells.available_seat_seconds,
    case when {{ is_told("protection.status = 'published'") }} then cells.amount end as amount,
    case when {{ is_told("protection.status = 'published'") }} then '' else '.' end as sign
from {{ ref('core__space_cells') }} as cells
inner join {{ ref('core__space_protection') }} as protection using (space_id, family, cell)
