{#
    The rules of the catalogue of indicators (stadtlabor/indicators). Each is a whole query: it reads `core__figures`
    for every municipality there is and returns one row per municipality and period. The release alone restricts to
    the towns, so peer bands come out of the same SQL.
#}

{# The indicators that a model computes, one under the other. #}
{% macro indicators_of(model) %}
{% for indicator in var('indicators') if indicator.theme_model == model %}
select '{{ indicator.indicator_id }}' as indicator_id, *
from ({{ values_of(indicator) }})
{{ "union all by name" if not loop.last }}
{% endfor %}
{% endmacro %}

{# The query of one indicator, by its rule. #}
{% macro values_of(one) %}
{%- if one.rule == 'ratio_of_figures' and one.published -%}
{{ computed_or_published(one) }}
{%- elif one.rule == 'ratio_of_figures' -%}
{{ ratio_of(one) }}
{%- elif one.rule == 'figure_as_published' -%}
{{ figure_as_published(one.figure, one.minus, one.base) }}
{%- elif one.rule == 'measure_of_spaces' -%}
{{ measure_of(ref('core__space_measures'), one.indicator_id) }}
{%- elif one.rule == 'measure_of_events' -%}
{{ measure_of(ref('core__event_measures'), one.indicator_id) }}
{%- else -%}
select * from {{ ref(one.model) }}
{%- endif -%}
{% endmacro %}

{% macro ratio_of(one) -%}
{{ ratio_of_figures(
    one.numerator, one.denominator, one.factor, one.minus, one.months_apart, one.only_common_periods,
    one.value_kind == 'share'
) }}
{%- endmacro %}

{#
    A ratio for the periods whose parts were delivered, the office's own ratio (`published`) for the others. What can
    be computed goes first: it is as exact as its parts.
#}
{% macro computed_or_published(one) %}
with

computed as ({{ ratio_of(one) }}),

published as ({{ figure_as_published(one.published) }}),

-- A ratio with a part missing says less than the office's own value of that period.
told as (
    select computed.*
    from computed
    left join published using (municipality_id, period)
    where computed.value is not null or published.value is null
)

select * from told
union all by name
select published.*
from published
anti join told using (municipality_id, period)
{% endmacro %}

{# Comma lists of several rows as one sorted list without repeats. #}
{% macro merged_list(expression, separator=', ') -%}
    array_to_string(
        list_sort(list_distinct(flatten(list(string_split({{ expression }}, '{{ separator }}'))))), '{{ separator }}'
    )
{%- endmacro %}

{% macro quoted_list(names) -%}
    {% for name in names %}'{{ name }}'{{ ", " if not loop.last }}{% endfor %}
{%- endmacro %}

{#
    Figures added and subtracted within one period: `plus` minus `minus`. A sum with a part missing
    is missing. One figure alone keeps the office's sign; of several, the missing sum is unknown ('.'),
    since "nothing there" said of a part must not be read as said of the whole.
#}
{% macro combined_figures(plus, minus=[]) %}
    select
        municipality_id,
        period,
        period_start,
        period_end,
        reference_date,
{%- if (plus + minus) | length == 1 %}
        territory_date,
        value,
        case when value is null or sign = '()' then sign else '' end as sign,
        delivery_ids,
        source_text,
        licence,
        is_synthetic,
        -- Null where it is as the office issued it: then the catalogue's grade holds.
        case when quality in ('derived', 'estimate') then quality end as quality_grade
    from {{ ref('core__figures') }}
    where figure = {{ quoted_list(plus + minus) }}
{%- else %}
        max(territory_date) as territory_date,
        case
            when count(value) = {{ (plus + minus) | length }}
            then sum(case when figure in ({{ quoted_list(plus) }}) then value else -value end)
        end as value,
        case
            when count(value) < {{ (plus + minus) | length }} then '.'
            when count(case when sign = '()' then 1 end) > 0 then '()'
            else ''
        end as sign,
        {{ merged_list('delivery_ids') }} as delivery_ids,
        string_agg(distinct source_text, '; ' order by source_text) as source_text,
        string_agg(distinct licence, '; ' order by licence) as licence,
        bool_or(is_synthetic) as is_synthetic,
        -- Null where all parts are as the office issued them: then the catalogue's grade holds.
        max(quality) filter (where quality in ('derived', 'estimate')) as quality_grade
    from {{ ref('core__figures') }}
    where figure in ({{ quoted_list(plus + minus) }})
    group by municipality_id, period, period_start, period_end, reference_date
{%- endif %}
{% endmacro %}

{#
    Whether two figures of a municipality are of the same territory: no border has changed between the dates of the
    territories they are given for. Most are given for that of their own date.
#}
{% macro on_one_territory(first, second) -%}
    not exists (
        select 1
        from {{ ref('core__breaks') }} as breaks
        where breaks.kind = 'territory'
            and breaks.municipality_id = {{ first }}.municipality_id
            and breaks.break_date > least({{ territory_date(first) }}, {{ territory_date(second) }})
            and breaks.break_date <= greatest({{ territory_date(first) }}, {{ territory_date(second) }})
    )
{%- endmacro %}

{% macro territory_date(figures) -%}
    coalesce({{ figures }}.territory_date, {{ figures }}.reference_date)
{%- endmacro %}

{#
    For each row of `wanted` the row of `offered` that lies nearest in time, at most so many months
    away and on the same territory: a town that has grown by a merger is never divided by its
    population before it. Of two equally near the later one is taken.
#}
{% macro nearest_in_time(wanted, offered, months_apart) %}
    select
        {{ wanted }}.municipality_id,
        {{ wanted }}.period,
        {{ offered }}.period as found_period,
        {{ offered }}.value as found_value,
        {{ offered }}.sign as found_sign,
        {{ offered }}.delivery_ids as found_delivery_ids,
        {{ offered }}.source_text as found_source_text,
        {{ offered }}.licence as found_licence,
        {{ offered }}.is_synthetic as found_is_synthetic,
        {{ offered }}.quality_grade as found_quality_grade
    from {{ wanted }}
    inner join {{ offered }}
        on {{ wanted }}.municipality_id = {{ offered }}.municipality_id
        and {{ offered }}.value is not null
        and {{ within_months(wanted ~ '.reference_date', offered ~ '.reference_date', months_apart) }}
    where {{ on_one_territory(wanted, offered) }}
    qualify row_number() over (
        partition by {{ wanted }}.municipality_id, {{ wanted }}.period
        order by
            abs(date_diff('day', {{ wanted }}.reference_date, {{ offered }}.reference_date)),
            {{ offered }}.reference_date desc
    ) = 1
{% endmacro %}

{#
    factor × numerator / denominator. Both are lists of figures to be added; `minus` is subtracted
    from the numerator. `months_apart=none` takes the denominator of the very same period; a number
    takes the nearest one, and `denominator_period` says which. `only_common_periods` leaves out the
    periods whose denominator was never delivered for anybody, where it has the shorter series by nature.
#}
{% macro ratio_of_figures(
    numerator, denominator, factor=1, minus=[], months_apart=none, only_common_periods=false, is_share=false
) %}
with

numerators as (
    {{ combined_figures(numerator, minus) }}
),

denominators as (
    {{ combined_figures(denominator) }}
),

matched_denominators as (
    {% if months_apart is none %}
    select
        denominators.municipality_id,
        denominators.period,
        denominators.period as found_period,
        denominators.value as found_value,
        denominators.sign as found_sign,
        denominators.delivery_ids as found_delivery_ids,
        denominators.source_text as found_source_text,
        denominators.licence as found_licence,
        denominators.is_synthetic as found_is_synthetic,
        denominators.quality_grade as found_quality_grade
    from numerators
    inner join denominators using (municipality_id, period)
    where {{ on_one_territory('numerators', 'denominators') }}
    {% else %}
    {{ nearest_in_time('numerators', 'denominators', months_apart) }}
    {% endif %}
),

{{ divided('numerators', 'matched_denominators', factor, is_share) }}

select * from divided
{% if only_common_periods -%}
where period in (select period from denominators)
{% endif %}
{%- endmacro %}

{#
    The division itself, as a CTE named `divided`, with the signs carried through. A share (`is_share`) below nothing or
    above everything is of parts that do not belong together; it is not told.
#}
{% macro divided(numerators, denominators, factor, is_share=false) %}
{%- set ratio -%} {{ factor }} * {{ numerators }}.value / nullif({{ denominators }}.found_value, 0) {%- endset %}
divided as (

    select
        {{ numerators }}.municipality_id,
        {{ numerators }}.period,
        {{ numerators }}.period_start,
        {{ numerators }}.period_end,
        'total' as breakdown,
        cast(null as varchar) as breakdown_value,
        {% if is_share -%}
        case when {{ ratio }} between 0 and 100 then {{ ratio }} end as value,
        {%- else -%}
        {{ ratio }} as value,
        {%- endif %}
        {{ numerators }}.value as numerator,
        {{ denominators }}.found_value as denominator,
        {{ denominators }}.found_period as denominator_period,
        cast(null as bigint) as base_n,
        cast(null as double) as interval_low,
        cast(null as double) as interval_high,
        case
            when {{ numerators }}.value is null then {{ numerators }}.sign
            when {{ denominators }}.municipality_id is null then '.'
            -- Nothing there to divide by: the question does not arise.
            when {{ denominators }}.found_value = 0 or {{ denominators }}.found_sign = '-' then 'x'
            when {{ denominators }}.found_value is null then {{ denominators }}.found_sign
            {% if is_share -%}
            when not {{ ratio }} between 0 and 100 then 'x'
            {% endif -%}
            when '()' in ({{ numerators }}.sign, {{ denominators }}.found_sign) then '()'
            else ''
        end as sign,
        {{ both(numerators ~ '.delivery_ids', denominators ~ '.found_delivery_ids', ', ') }} as delivery_ids,
        {{ both(numerators ~ '.source_text', denominators ~ '.found_source_text', '; ') }} as source_text,
        {{ both(numerators ~ '.licence', denominators ~ '.found_licence', '; ') }} as licence,
        {{ numerators }}.is_synthetic or coalesce({{ denominators }}.found_is_synthetic, false) as is_synthetic,
        coalesce({{ numerators }}.quality_grade, {{ denominators }}.found_quality_grade) as quality_grade
    from {{ numerators }}
    left join {{ denominators }} using (municipality_id, period)

)
{% endmacro %}

{# Two lists as one, sorted and without repeats; a missing one adds nothing. Most are one and the same name. #}
{% macro both(first, second, separator) -%}
    case
        when coalesce({{ second }}, {{ first }}) = {{ first }} and not contains({{ first }}, '{{ separator }}')
        then {{ first }}
        else array_to_string(
            list_sort(list_distinct(
                string_split({{ first }}, '{{ separator }}')
                || coalesce(string_split({{ second }}, '{{ separator }}'), [])
            )),
            '{{ separator }}'
        )
    end
{%- endmacro %}

{#
    A figure as the office publishes it. `minus` gives a difference of figures; `base` names the figure
    the office's own share is a share of, shown as base where it was delivered too.
#}
{% macro figure_as_published(figure, minus=[], base=none) %}
with

figures as (
    {{ combined_figures([figure], minus) }}
),

{% if base is not none %}
bases as (
    {{ combined_figures([base]) }}
),
{% endif %}
published as (

    select
        figures.municipality_id,
        figures.period,
        figures.period_start,
        figures.period_end,
        'total' as breakdown,
        cast(null as varchar) as breakdown_value,
        figures.value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(null as varchar) as denominator_period,
        {{ 'cast(bases.value as bigint)' if base is not none else 'cast(null as bigint)' }} as base_n,
        cast(null as double) as interval_low,
        cast(null as double) as interval_high,
        figures.sign,
        figures.delivery_ids,
        figures.source_text,
        figures.licence,
        figures.is_synthetic,
        figures.quality_grade
    from figures
    {% if base is not none %}
    left join bases using (municipality_id, period)
    {% endif %}

)

select * from published
{% endmacro %}

{#
    One measure of a core model that computes many at once, as an indicator; such a model has one row per
    measure, municipality, period and breakdown value. A town with one space has a measure as its total; spaces of a
    town that has several stand side by side, since their hours and desks differ.
#}
{% macro measure_of(measures, measure) %}
select
    municipality_id,
    period,
    period_start,
    period_end,
    breakdown,
    breakdown_value,
    value,
    numerator,
    denominator,
    case when denominator is not null then period end as denominator_period,
    base_n,
    interval_low,
    interval_high,
    sign,
    delivery_ids,
    source_text,
    licence,
    is_synthetic
from {{ measures }}
where measure = '{{ measure }}'
{% endmacro %}
