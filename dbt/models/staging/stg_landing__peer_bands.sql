with

source as (

    select * from {{ source('landing', 'peer_bands') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        indicator_id,
        peer_group,

        ---------- when
        period,
        {{ period_end('period') }} as period_end,

        ---------- quantiles
        cast(municipality_count as integer) as municipality_count,
        {% for quantile in [10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90] -%}
        cast(p{{ quantile }} as double) as p{{ quantile }},
        {% endfor %}
        ---------- whose
        tables

    from source

)

select * from renamed
