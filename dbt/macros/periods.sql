{#
    What an office writes as a period, as dates. Four forms are known:

        2015          a year
        2015-06       a month
        2015-06-30    a day
        2023-10P6M    six months from October 2023 (GENESIS, winter terms)

    Anything else fails in the cast, which stops the build: a period nobody understood is a fault
    of the delivery, and a gap would hide it.
#}
{% macro period_start(period) -%}
    case
        when {{ period }} like '____' then cast({{ period }} || '-01-01' as date)
        when {{ period }} like '____-__' then cast({{ period }} || '-01' as date)
        when {{ period }} like '____-__P%M' then cast(substr({{ period }}, 1, 7) || '-01' as date)
        else cast({{ period }} as date)
    end
{%- endmacro %}

{% macro period_end(period) -%}
    case
        when {{ period }} like '____' then cast({{ period }} || '-12-31' as date)
        when {{ period }} like '____-__'
            then cast(cast({{ period }} || '-01' as date) + interval 1 month - interval 1 day as date)
        when {{ period }} like '____-__P%M'
            then cast(
                cast(substr({{ period }}, 1, 7) || '-01' as date)
                + cast(replace(substr({{ period }}, 9), 'M', '') as integer) * interval 1 month
                - interval 1 day as date
            )
        else cast({{ period }} as date)
    end
{%- endmacro %}

{#
    The day a period is compared by: its middle. A sum or an average over a year is as near to the
    population of its first day as to that of its last; the middle says so without taking a side.
#}
{% macro reference_date(start, end) -%}
    {{ start }} + cast(floor(date_diff('day', {{ start }}, {{ end }}) / 2) as integer)
{%- endmacro %}

{# True where two days lie no more than so many months apart. #}
{% macro within_months(first, second, months) -%}
    {{ second }} between {{ first }} - interval {{ months }} month and {{ first }} + interval {{ months }} month
{%- endmacro %}
