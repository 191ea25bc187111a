-- The indicators a lesson points to, one by one, whether or not there are such.
with

named as (

    select
        learning_id,
        unnest(string_split(indicator_ids, ',')) as indicator_id,
        generate_subscripts(string_split(indicator_ids, ','), 1) as position
    from {{ ref('core__learnings') }}

)

select learning_id, indicator_id, min(position) as position
from named
where indicator_id <> ''
group by learning_id, indicator_id
