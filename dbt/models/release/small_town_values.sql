-- The official indicators of every small town, by the models that compute the network's.
with

municipal_values as (

    select
        *,
        lag(case when value is not null then period_end end ignore nulls) over (
            partition by indicator_id, municipality_id order by period_end
        ) as previous_period_end
    from {{ ref('indicators__official') }}
    where breakdown = 'total'

),

moved as (

    select municipality_id, break_date
    from {{ ref('core__breaks') }}
    where kind = 'territory'

),

small_towns as (

    select * from {{ ref('small_towns') }}

),

catalogue as (

    select * from {{ ref('indicator_catalogue') }}

)

select
    municipal_values.indicator_id,
    small_towns.ags,
    municipal_values.period,
    municipal_values.period_end,
    municipal_values.value,
    municipal_values.numerator,
    municipal_values.denominator,
    municipal_values.denominator_period,
    municipal_values.base_n,
    municipal_values.sign,
    exists (
        select 1
        from moved
        where moved.municipality_id = municipal_values.municipality_id
            and moved.break_date > municipal_values.previous_period_end
            and moved.break_date <= municipal_values.period_end
    ) as is_break_before,
    municipal_values.delivery_ids as sources,
    municipal_values.source_text,
    municipal_values.licence
from municipal_values
inner join small_towns on municipal_values.municipality_id = small_towns.ags
inner join catalogue using (indicator_id)
