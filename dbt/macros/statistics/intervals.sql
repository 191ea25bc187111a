{# The 97.5 % quantile of the normal distribution: two-sided intervals of 95 %. #}
{% macro z_95() -%}
    1.959963984540054
{%- endmacro %}

{#
    The Wilson score interval (95 %) of a share: with p = successes / n,

        (p + z²/2n ∓ z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)

    `n` may be an effective sample size, and `successes` then share × n. Null where n is 0 or null.
    The ends are exactly 0 and 1 where nobody or everybody was counted; rounding would leave 1e-17.
    Wilson (1927); Agresti and Coull (1998) on why not Wald's.
#}
{% macro wilson_low(successes, n) -%}
    case
        when ({{ n }}) > 0 and ({{ successes }}) = 0 then 0.0
        when ({{ n }}) > 0 then {{ wilson_end(successes, n, '-') }}
    end
{%- endmacro %}

{% macro wilson_high(successes, n) -%}
    case
        when ({{ n }}) > 0 and ({{ successes }}) = ({{ n }}) then 1.0
        when ({{ n }}) > 0 then {{ wilson_end(successes, n, '+') }}
    end
{%- endmacro %}

{% macro wilson_end(successes, n, sign) -%}
    {%- set x = 'cast(' ~ successes ~ ' as double)' -%}
    {%- set m = 'cast(' ~ n ~ ' as double)' -%}
    {%- set z = z_95() -%}
    ({{ x }} / {{ m }} + {{ z }} * {{ z }} / (2 * {{ m }})
        {{ sign }} {{ z }} * sqrt(
            {{ x }} / {{ m }} * (1 - {{ x }} / {{ m }}) / {{ m }} + {{ z }} * {{ z }} / (4 * {{ m }} * {{ m }})
        )) / (1 + {{ z }} * {{ z }} / {{ m }})
{%- endmacro %}

{#
    Wilson's interval of a weighted share: `share` is Σ weights of the counted / Σ weights, `n_eff` is
    (Σw)² / Σw² (Kish 1965). An approximation; the unweighted share stands beside it.
#}
{% macro weighted_wilson_low(share, n_eff) -%}
    {{ wilson_low('(' ~ share ~ ') * (' ~ n_eff ~ ')', n_eff) }}
{%- endmacro %}

{% macro weighted_wilson_high(share, n_eff) -%}
    {{ wilson_high('(' ~ share ~ ') * (' ~ n_eff ~ ')', n_eff) }}
{%- endmacro %}

{# Kish's effective sample size of a column of weights; an aggregate. #}
{% macro effective_sample_size(weight) -%}
    {%- set w = 'cast(' ~ weight ~ ' as double)' -%}
    sum({{ w }}) * sum({{ w }}) / nullif(sum({{ w }} * {{ w }}), 0)
{%- endmacro %}

{# A share as a double; null where the base is 0. #}
{% macro share_of(successes, n) -%}
    (cast({{ successes }} as double) / nullif(cast({{ n }} as double), 0))
{%- endmacro %}
