{#
    The official sign of a value from a survey: `/` below 30 respondents, `()` below 50, '' otherwise.
    A value with `/` is not published; `( )` is printed around the number. Null base, null sign.
#}
{% macro small_base_sign(base_n, small_base=30, bracket_base=50) -%}
    case
        when ({{ base_n }}) < {{ small_base }} then '/'
        when ({{ base_n }}) < {{ bracket_base }} then '()'
        when ({{ base_n }}) is not null then ''
    end
{%- endmacro %}

{#
    Why a sum over persons must not be published, or null: few_contributors (below 5), one_dominates
    (more than 50 %), two_dominate (more than 85 %). The rule of `stadtlabor.disclosure.dominance`.

    `largest` and `second` are the largest and second largest contribution, `total` their sum with all
    others, `contributors` the number of persons who contributed anything; 0 is few.
#}
{% macro dominance_reason(contributors, largest, second, total) -%}
    case
        when coalesce({{ contributors }}, 0) < 5 then 'few_contributors'
        when cast({{ largest }} as double) > 0.50 * cast({{ total }} as double) then 'one_dominates'
        when cast({{ largest }} as double) + cast({{ second }} as double)
            > 0.85 * cast({{ total }} as double) then 'two_dominate'
    end
{%- endmacro %}
