-- Whose use as a whole rests on a handful of people, of that no part may be told.
select parts.*
from {{ ref('core__published_cells') }} as parts
where parts.sign = ''
    and not exists (
        select 1
        from {{ ref('core__published_cells') }} as whole
        where whole.space_id = parts.space_id and whole.family = 'total' and whole.sign = ''
    )
