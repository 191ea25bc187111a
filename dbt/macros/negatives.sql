{#
    Whether a figure may be below zero: money, since trade tax is paid back (122 municipalities in 2015) and accounts end
    so, told by its unit; a balance or a change, told by its name. The gate asks this macro as well.
#}
{% macro may_be_negative(unit, figure) -%}
    (
        regexp_matches(coalesce({{ unit }}, ''), '^(?:EUR|Euro|€|US-?[$]|USD|[$]|CHF|GBP)')
        or regexp_matches(
            {{ figure }},
            '_eur$|tax_capacity|saldo|balance|change|veraenderung|ergebnis|ueberschuss|fehlbetrag|differenz|wachstum|surplus|deficit|difference|growth'
        )
    )
{%- endmacro %}
