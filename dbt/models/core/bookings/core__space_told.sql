-- Who contributed to the numbers of a space as they are told: to numbers that stay as they were, who did then. The
-- next release is held against it.
with

kept as (

    select distinct space_id from {{ ref('core__space_protection') }}
    where status = 'kept'

),

told as (

    select distinct space_id from {{ ref('core__space_protection') }}
    where status = 'published' and family = 'total'

)

select contributions.*
from {{ ref('core__space_contributions') }} as contributions
semi join told using (space_id)
where contributions.family not in ('profile', 'holidays', 'summer', 'segment')
union all
select previous.space_id, previous.family, previous.cell, previous.user_id, previous.amount
from {{ ref('stg_landing__previous_space_people') }} as previous
semi join kept using (space_id)
