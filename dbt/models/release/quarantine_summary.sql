-- Where rejected records stand, never what they say: a record may hold what must not be published.
with

rejects as (

    select delivery_id, published_file as file, reason, reason_de, reason_en, line_text
    from {{ ref('stg_landing__quarantine') }}

),

numbered as (

    select
        *,
        row_number() over (
            partition by delivery_id, file, reason, reason_de, reason_en order by length(line_text), line_text
        ) as position
    from rejects

),

summarised as (

    select
        delivery_id,
        file,
        reason,
        reason_de,
        reason_en,
        count(*) as row_count,
        string_agg(case when position <= 5 then line_text end, ', ' order by position) as example_lines
    from numbered
    group by delivery_id, file, reason, reason_de, reason_en

)

select
    summarised.* replace (
        {{ of_no_persons('summarised.row_count') }} as row_count,
        {{ of_no_persons('summarised.example_lines') }} as example_lines
    )
from summarised
left join {{ ref('stg_landing__deliveries') }} as deliveries using (delivery_id)
