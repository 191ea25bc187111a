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
