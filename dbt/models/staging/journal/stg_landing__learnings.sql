with

source as (

    select * from {{ source('landing', 'learnings') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        learning_id,
        nullif(lab_id, '') as lab_id,
        nullif(town_id, '') as town_id,

        ---------- what
        theme,
        nullif(title_de, '') as title_de,
        nullif(title_en, '') as title_en,
        nullif(tried_de, '') as tried_de,
        nullif(tried_en, '') as tried_en,
        outcome,
        nullif(why_de, '') as why_de,
        nullif(why_en, '') as why_en,
        again,
        nullif(advice_de, '') as advice_de,
        nullif(advice_en, '') as advice_en,
        -- Written by hand: blanks around the commas do not count.
        regexp_replace(nullif(indicator_ids, ''), '\s', '', 'g') as indicator_ids,

        ---------- where it stands
        nullif(section, '') as section,
        nullif(source, '') as source,
        row_origin,
        cast(nullif(position, '') as integer) as position

    from source

)

select * from renamed
