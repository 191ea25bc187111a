-- Against the value exactly one year before. The self-join, not a lag, keeps a gap in the series
-- from turning into a change over several years.
with

population as (
    {{ combined_figures(['population']) }}
),

breaks as (

    select * from {{ ref('core__breaks') }}
    where figure_pattern is null or 'population' like figure_pattern

),

pairs as (

    select
        population.*,
        earlier.period as earlier_period,
        earlier.reference_date as earlier_date,
        earlier.value as earlier_value,
        earlier.sign as earlier_sign
    from population
    inner join population as earlier
        on population.municipality_id = earlier.municipality_id
        and earlier.reference_date = population.reference_date - interval 1 year

),

marked as (

    select
        *,
        exists (
            select 1
            from breaks
            where (breaks.municipality_id is null or breaks.municipality_id = pairs.municipality_id)
                and breaks.break_date > pairs.earlier_date
                and breaks.break_date <= pairs.reference_date
        ) as is_across_break
    from pairs

),

changes as (

    select
        municipality_id,
        period,
        period_start,
        period_end,
        'total' as breakdown,
        cast(null as varchar) as breakdown_value,
        case
            when not is_across_break then 100 * (value - earlier_value) / nullif(earlier_value, 0)
        end as value,
        value - earlier_value as numerator,
        earlier_value as denominator,
        earlier_period as denominator_period,
        cast(null as bigint) as base_n,
        cast(null as double) as interval_low,
        cast(null as double) as interval_high,
        case
            when is_across_break or earlier_value = 0 then 'x'
            when value is null then sign
            when earlier_value is null then earlier_sign
            when '()' in (sign, earlier_sign) then '()'
            else ''
        end as sign,
        delivery_ids,
        source_text,
        licence,
        is_synthetic,
        quality_grade
    from marked

)

select * from changes
