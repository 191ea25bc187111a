with

source as (

    select * from {{ source('landing', 'journal_words') }}

),

renamed as (

    select

        list as word_list,
        code,
        label_de,
        label_en,
        cast(position as integer) as position

    from source

)

select * from renamed
