-- Comparisons of weeks that may be published: both sides may be, or neither is.
with

hidden as (

    select distinct
        space_id,
        case family when 'holidays' then 'school_holidays' else 'after_summer' end as comparison
    from {{ ref('core__published_cells') }}
    where family in ('holidays', 'summer') and sign <> ''

),

signed as (

    select
        effects.*,
        case
            when effects.difference is null then 'x'
            when hidden.space_id is not null then '.'
            else ''
        end as sign
    from {{ ref('core__space_effects') }} as effects
    left join hidden using (space_id, comparison)

)

select
    space_id,
    comparison,
    {% for column in ['first_pct', 'second_pct', 'difference', 'low', 'high'] -%}
    case when sign = '' then {{ column }} end as {{ column }},
    {% endfor -%}
    first_weeks,
    second_weeks,
    sign
from signed
