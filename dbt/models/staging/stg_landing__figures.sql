with

source as (

    select * from {{ source('landing', 'figures') }}

),

district_free_cities as (

    select * from {{ ref('district_free_cities') }}

),

identified as (

    select
        source.*,
        {{ municipality_id('source.region_key', 'district_free_cities.municipality_id') }} as municipality_id,
        {{ period_start('source.period') }} as period_start,
        {{ period_end('source.period') }} as period_end
    from source
    left join district_free_cities on {{ district_key('source.region_key') }} = district_free_cities.region_key

),

renamed as (

    select

        ---------- ids
        delivery_id,
        file,
        cast(line as bigint) as line_number,
        municipality_id,
        region_key,
        region_label,

        ---------- what
        figure,
        source_figure,
        unit,

        ---------- when
        period,
        period_start,
        period_end,
        {{ reference_date('period_start', 'period_end') }} as reference_date,

        ---------- how much
        cast(value as double) * coalesce(cast(unit_factor as double), 1) as value,
        -- A number without a sign is a published number. A cell with neither is one the office left
        -- empty (four of 77,000 in the register of municipalities of 2023): unknown, not zero.
        case when value is null and coalesce(sign, '') = '' then '.' else coalesce(sign, '') end as sign,
        quality,

        ---------- whose
        source as source_text,
        licence

    from identified

)

select * from renamed
