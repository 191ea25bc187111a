{#
    What an office writes as a period, as dates. These forms are known, and the gate lets no other in:

        2015                     a year
        2015-06                  a month
        2015-06-30               a day
        2015-Q4                  a quarter
        2023-10P6M               six months from October 2023 (GENESIS, winter terms)
        2019/20, 2019/2020       from one year to another
        2015-03-01/2016-06-30    from one day to another

    Anything else fails in the cast, which stops the build: a period nobody understood is a fault
    of the delivery, and a gap would hide it.
#}
{% macro period_start(period) -%}
    case
        when {{ period }} like '____' or {{ period }} like '____/__' or {{ period }} like '____/____'
            then cast(substr({{ period }}, 1, 4) || '-01-01' as date)
        when {{ period }} like '____-Q_' then {{ quarter_start(period) }}
        when {{ period }} like '____-__' then cast({{ period }} || '-01' as date)
        when {{ period }} like '____-__P%M' then cast(substr({{ period }}, 1, 7) || '-01' as date)
        when {{ period }} like '____-__-__/%' then cast(substr({{ period }}, 1, 10) as date)
        else cast({{ period }} as date)
    end
{%- endmacro %}

{% macro period_end(period) -%}
    case
        when {{ period }} like '____' then cast({{ period }} || '-12-31' as date)
        when {{ period }} like '____/__'
            then cast(substr({{ period }}, 1, 2) || substr({{ period }}, 6, 2) || '-12-31' as date)
        when {{ period }} like '____/____' then cast(substr({{ period }}, 6, 4) || '-12-31' as date)
        when {{ period }} like '____-Q_'
            then cast({{ quarter_start(period) }} + interval 3 month - interval 1 day as date)
        when {{ period }} like '____-__'
            then cast(cast({{ period }} || '-01' as date) + interval 1 month - interval 1 day as date)
        when {{ period }} like '____-__P%M'
            then cast(
                cast(substr({{ period }}, 1, 7) || '-01' as date)
                + cast(replace(substr({{ period }}, 9), 'M', '') as integer) * interval 1 month
                - interval 1 day as date
            )
        when {{ period }} like '____-__-__/%' then cast(substr({{ period }}, 12) as date)
        else cast({{ period }} as date)
    end
{%- endmacro %}

{% macro quarter_start(period) -%}
    cast(
        cast(substr({{ period }}, 1, 4) || '-01-01' as date)
        + (cast(substr({{ period }}, 7) as integer) - 1) * interval 3 month as date
    )
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
