with

source as (

    select * from {{ source('landing', 'survey_indicators') }}

),

renamed as (

    select

        ---------- ids
        indicator_id,
        concept_id,
        coalesce(level, '') as level,

        ---------- how it is computed
        rule,
        breakdown,
        string_split(answers, ',') as answers,
        string_split(populations, ',') as populations,
        asked_of_concept as asked_of_concept_id,
        string_split(asked_of_answers, ',') as asked_of_answers,
        cast(string_split(prices, ',') as double[]) as prices,

        ---------- its passport
        case when starts_with(concept_theme, 'survey_') then concept_theme else 'survey_' || concept_theme end as theme,
        cast(position as integer) as position,
        title_de,
        title_en,
        short_de,
        short_en,
        description_de,
        description_en,
        unit_de,
        unit_en,
        cast(decimals as integer) as decimals,
        value_kind,
        formula_de,
        formula_en,
        method_de,
        method_en,
        caveat_de,
        caveat_en,
        base_de,
        base_en,
        sensitivity

    from source

)

select * from renamed
