with

source as (

    select * from {{ source('landing', 'labs') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        lab_id,
        nullif(town_id, '') as town_id,

        ---------- what
        nullif(title_de, '') as title_de,
        nullif(title_en, '') as title_en,
        nullif(tried_de, '') as tried_de,
        nullif(tried_en, '') as tried_en,
        nullif(outcome_de, '') as outcome_de,
        nullif(outcome_en, '') as outcome_en,
        nullif(learned_de, '') as learned_de,
        nullif(learned_en, '') as learned_en,

        ---------- when
        cast(nullif(period_from, '') as date) as period_from_date,
        cast(nullif(period_to, '') as date) as period_to_date,

        ---------- where it stands
        nullif(section, '') as section,
        nullif(source, '') as source,
        row_origin,
        cast(nullif(position, '') as integer) as position

    from source

)

select * from renamed
