{{ config(tags=['edition']) }}
-- What may leave the warehouse of a space's use. Nothing else is read on the way to the release; why a
-- number is hidden stays behind, since which of two hidden numbers is the small one is itself a secret. Of a space that
-- cannot be told anew beside the last release its numbers stand.
select
    cells.space_id,
    cells.family,
    cells.cell,
    {% if not var('shows_hidden') -%}
    case
        when protection.status = 'kept' then coalesce(previous.available_seat_seconds, cells.available_seat_seconds)
        else cells.available_seat_seconds
    end as available_seat_seconds,
    case protection.status when 'published' then cells.amount when 'kept' then previous.amount end as amount,
    case
        when protection.status = 'published' or protection.status = 'kept' and previous.amount is not null then ''
        else '.'
    end as sign
    {%- else -%}
    cells.available_seat_seconds,
    cells.amount,
    '' as sign
    {%- endif %}
from {{ ref('core__space_cells') }} as cells
inner join {{ ref('core__space_protection') }} as protection using (space_id, family, cell)
left join {{ ref('stg_landing__previous_space_cells') }} as previous using (space_id, family, cell)
