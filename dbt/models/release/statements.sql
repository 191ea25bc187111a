-- What the report states, and whether the figures delivered agree. A check that has no value is
-- unknown, not failed; a statement without a check that could decide it is not computable.
with

statements as (

    select * from {{ ref('report_statements') }}

),

checks as (

    select * from {{ ref('report_statement_checks') }}

),

notes as (

    select * from {{ ref('report_statement_notes') }}

),

evidence as (

    select * from {{ ref('statement_evidence') }}

),

towns as (

    select * from {{ ref('core__towns') }}

),

compared as (

    select
        checks.statement_id,
        checks.check_position,
        checks.comparison,
        checks.target,
        checks.tolerance,
        named.value,
        (select count(*) from towns) - count(others.value) as missing_count,
        count(case when others.value > named.value then 1 end) as higher_count,
        count(case when others.value < named.value then 1 end) as lower_count
    from checks
    left join evidence as named using (statement_id, indicator_id, town_id)
    left join evidence as others
        on checks.statement_id = others.statement_id
        and checks.indicator_id = others.indicator_id
        and named.period = others.period
    where checks.comparison <> 'evidence'
    group by all

),

decided as (

    select
        statement_id,
        case
            when value is null then null
            when comparison = 'about' then abs(value - target) <= tolerance
            when comparison = 'above' then value > target
            when comparison = 'below' then value < target
            when missing_count > 0 then null
            when comparison = 'highest_of_towns' then higher_count = 0
            when comparison = 'lowest_of_towns' then lower_count = 0
        end as is_met
    from compared

),

verdicts as (

    select
        statements.statement_id,
        case
            when bool_or(not decided.is_met) then 'differs'
            when count(decided.statement_id) > 0 and count(decided.is_met) = count(decided.statement_id)
                then 'agrees'
            else 'not_computable'
        end as verdict
    from statements
    left join decided using (statement_id)
    group by statements.statement_id

),

indicators as (

    select
        statement_id,
        string_agg(distinct indicator_id, ', ' order by indicator_id) as indicator_ids
    from checks
    group by statement_id

)

select
    statements.statement_id,
    statements.section,
    statements.town_id,
    statements.statement_de,
    statements.statement_en,
    verdicts.verdict,
    notes.note_de,
    notes.note_en,
    indicators.indicator_ids,
    statements.position
from statements
inner join verdicts using (statement_id)
left join notes
    on verdicts.statement_id = notes.statement_id and verdicts.verdict = notes.verdict
left join indicators on statements.statement_id = indicators.statement_id
