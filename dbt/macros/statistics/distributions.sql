{#
    A quantile of ungrouped values, interpolated between neighbours: Hyndman and Fan (1996) type 7, as
    numpy, R and Excel's QUARTILE.INC compute it. An aggregate; nulls do not count. As double, since
    DuckDB rounds the quantile of decimals to their scale.
#}
{% macro quantile(value, share) -%}
    quantile_cont(cast({{ value }} as double), {{ share }})
{%- endmacro %}

{% macro median(value) -%}
    {{ quantile(value, 0.5) }}
{%- endmacro %}

{% macro lower_quartile(value) -%}
    {{ quantile(value, 0.25) }}
{%- endmacro %}

{% macro upper_quartile(value) -%}
    {{ quantile(value, 0.75) }}
{%- endmacro %}

{#
    The class that holds the median of classed answers; a window expression per class, true in one row
    of each partition (the lower class where the median lies exactly between two).

    `respondents` counts each class, `position` orders the classes from low to high.
#}
{% macro holds_median(respondents, position, partition_by) -%}
    (
        2 * sum({{ respondents }}) over (partition by {{ partition_by }} order by {{ position }})
            >= sum({{ respondents }}) over (partition by {{ partition_by }})
        and 2 * (
            sum({{ respondents }}) over (partition by {{ partition_by }} order by {{ position }})
            - {{ respondents }}
        ) < sum({{ respondents }}) over (partition by {{ partition_by }})
        and {{ respondents }} > 0
    )
{%- endmacro %}

{#
    The demand curve D(p) = share of respondents whose stated price is p or more, as a relation: one row
    per group and step, columns `group_by`, price, respondents (who would pay it), base_n, share.

    A step at every price would publish counts of single persons as differences between neighbours. So
    the curve takes a step only where k or more respondents have come since the last one, from the
    highest price down, and k or more are left below, or none.

    `relation` has one row per respondent who stated a price; nulls are left out.
#}
{% macro demand_curve(relation, group_by, price, k=5) -%}
    (
        with recursive

        willing as (

            select
                {{ group_by }} as survey,
                {{ price }} as price,
                sum(count(*)) over (partition by {{ group_by }} order by {{ price }} desc) as respondents,
                sum(count(*)) over (partition by {{ group_by }}) as base_n
            from {{ relation }}
            where {{ price }} is not null
            group by {{ group_by }}, {{ price }}

        ),

        steps as (

            select
                survey,
                max(price) as price,
                min(respondents) as respondents,
                max(base_n) as base_n
            from willing
            where respondents >= {{ k }}
            group by survey

            union all

            select
                willing.survey,
                max(willing.price) as price,
                min(willing.respondents) as respondents,
                max(willing.base_n) as base_n
            from steps
            inner join willing
                on steps.survey = willing.survey and willing.respondents >= steps.respondents + {{ k }}
            group by willing.survey

        ),

        -- The curve begins where everybody would pay; a step short of that by fewer than k gives way.
        kept as (

            select * from steps where base_n - respondents >= {{ k }}
            union all
            select survey, price, respondents, base_n from willing
            where respondents = base_n and base_n >= {{ k }}

        )

        select
            survey as {{ group_by }},
            price,
            cast(respondents as bigint) as respondents,
            cast(base_n as bigint) as base_n,
            cast(respondents as double) / base_n as share
        from kept
    )
{%- endmacro %}
