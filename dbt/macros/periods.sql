{#
    What an office writes as a period, as dates. These forms are known, and the gate lets no other in:

        2015                     a year
        2015-06                  a month
        2015-06-30               a day
        2015-Q4                  a quarter
        2023-10P6M               six months from October 2023 (GENESIS, winter terms); as well
                                 2023P2Y, 2023-01-02P1W, 2023-01-31P10D: a year, month or day, and
                                 a number of days, weeks, months or years
        2019/20, 2019/2020       from one year to another
        2015-03-01/2016-06-30    from one day to another

    Anything else fails in the cast, which stops the build: a period nobody understood is a fault
    of the delivery, and a gap would hide it. The gate asks these macros as well
    (`expectations/derived/model_rules.py`), with what DuckDB casts beside them (`epoch`) left out by `is_period`.
#}
{% macro is_period(period) -%}
    regexp_full_match(
        {{ period }},
        '[0-9]{4}(-Q[1-4]|/[0-9]{2}|/[0-9]{4}|(-[0-9]{2}){0,2}(P[0-9]{1,4}[DWMY])?|-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})'
    )
{%- endmacro %}

{% macro period_start(period) -%}
    case
        when {{ period }} like '____' or {{ period }} like '____/__' or {{ period }} like '____/____'
            then cast(substr({{ period }}, 1, 4) || '-01-01' as date)
        when {{ period }} like '____-Q_' then {{ quarter_start(period) }}
        when {{ period }} like '____-__' then cast({{ period }} || '-01' as date)
        when {{ period }} like '%P%' then {{ length_start(period) }}
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
        when {{ period }} like '%P%'
            then cast(
                {{ length_start(period) }}
                + cast(substr({{ period }}, instr({{ period }}, 'P') + 1,
                              length({{ period }}) - instr({{ period }}, 'P') - 1) as integer)
                * case right({{ period }}, 1)
                    when 'D' then interval 1 day
                    when 'W' then interval 7 day
                    when 'M' then interval 1 month
                    when 'Y' then interval 1 year
                end
                - interval 1 day as date
            )
        when {{ period }} like '____-__-__/%' then cast(substr({{ period }}, 12) as date)
        else cast({{ period }} as date)
    end
{%- endmacro %}

{# The first day of what stands before the P: a year, month or day, filled up to a day. #}
{% macro length_start(period) -%}
    cast(
        substr({{ period }}, 1, instr({{ period }}, 'P') - 1)
        || substr('-01-01', instr({{ period }}, 'P') - 4) as date
    )
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
