{#
    The official sign of a value from a survey: `/` below `small_base` respondents, `()` below `bracket_base`, '' otherwise.
    A value with `/` is not published; `( )` is printed around the number. Null base, null sign.
#}
{% macro small_base_sign(base_n) -%}
    case
        when ({{ base_n }}) < {{ var('small_base') }} then '/'
        when ({{ base_n }}) < {{ var('bracket_base') }} then '()'
        when ({{ base_n }}) is not null then ''
    end
{%- endmacro %}

{#
    Why a sum over persons must not be published, or null: few_contributors (below k), one_dominates
    (more than largest_share), two_dominate (more than two_largest_share). The rule of `stadtlabor.disclosure.dominance`.

    `largest` and `second` are the largest and second largest contribution, `total` their sum with all
    others, `contributors` the number of persons who contributed anything; 0 is few.
#}
{% macro dominance_reason(contributors, largest, second, total) -%}
    case
        when coalesce({{ contributors }}, 0) < {{ var('k') }} then 'few_contributors'
        when cast({{ largest }} as double) > {{ var('largest_share') }} * cast({{ total }} as double) then 'one_dominates'
        when cast({{ largest }} as double) + cast({{ second }} as double)
            > {{ var('two_largest_share') }} * cast({{ total }} as double) then 'two_dominate'
    end
{%- endmacro %}
