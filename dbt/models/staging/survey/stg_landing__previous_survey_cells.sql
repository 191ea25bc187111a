with

source as (

    select * from {{ source('landing', 'previous_survey_cells') }}

),

renamed as (

    select

        ---------- ids
        survey_id,
        table_id,
        question,
        breakdown,
        answer,
        breakdown_value,

        ---------- what
        shape,
        cast(is_sensitive as boolean) as is_sensitive,
        cast(covers_base as boolean) as covers_base,
        cast(is_synthetic as boolean) as is_synthetic,

        ---------- how many
        cast(respondent_count as bigint) as respondent_count,
        cast(completed as bigint) as completed_count,
        cast(share as double) as share,
        sign

    from source

)

select * from renamed
