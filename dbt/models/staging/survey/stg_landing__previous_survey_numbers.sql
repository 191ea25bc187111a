with

source as (

    select * from {{ source('landing', 'previous_survey_numbers') }}

),

renamed as (

    select

        ---------- ids
        survey_id,
        subject,
        statistic,

        ---------- what
        cast(is_synthetic as boolean) as is_synthetic,

        ---------- how many
        value,
        cast(respondent_count as bigint) as respondent_count

    from source

)

select * from renamed
