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
        named.interval_low,
        named.interval_high,
        named.period,
        (select count(*) from towns) - count(others.value) as missing_count,
        count(case when others.value > named.value then 1 end) as higher_count,
        count(case when others.value < named.value then 1 end) as lower_count
    from checks
    left join evidence as named
        on checks.statement_id = named.statement_id
        and checks.indicator_id = named.indicator_id
        and checks.town_id = named.town_id
        and coalesce(checks.breakdown, 'total') = named.breakdown
        and checks.breakdown_value is not distinct from named.breakdown_value
    left join evidence as others
        on checks.statement_id = others.statement_id
        and checks.indicator_id = others.indicator_id
        and named.period = others.period
        and named.breakdown = others.breakdown
        and named.breakdown_value is not distinct from others.breakdown_value
    where checks.comparison in ('about', 'above', 'below', 'highest_of_towns', 'lowest_of_towns', 'begins_on', 'ends_on')
        or checks.comparison like 'range\_%' escape '\'
    group by all

),

compared_within as (

    -- One answer or item of a survey against the others of the same survey, hidden ones included.
    select
        checks.statement_id,
        checks.check_position,
        checks.comparison,
        checks.target,
        named.value,
        100 - sum(others.value) as hidden_share,
        count(*) - count(others.value) as hidden_count,
        count(case when others.value > named.value then 1 end) as higher_count,
        count(case when others.value < named.value then 1 end) as lower_count
    from checks
    inner join evidence as named
        using (statement_id, indicator_id, town_id, breakdown, breakdown_value)
    inner join evidence as others
        on named.statement_id = others.statement_id
        and named.indicator_id = others.indicator_id
        and named.town_id = others.town_id
        and named.period = others.period
        and named.breakdown = others.breakdown
    where checks.comparison in ('highest_of_answers', 'among_lowest')
    group by all

),

surveys_counted as (

    select
        checks.statement_id,
        checks.check_position,
        checks.comparison,
        checks.target,
        count(distinct evidence.breakdown_value) as network_count,
        count(distinct case when checks.town_id = evidence.town_id then evidence.breakdown_value end) as survey_count,
        count(distinct evidence.quality_grade) as grade_count
    from checks
    left join evidence using (statement_id, indicator_id, breakdown)
    where checks.comparison in ('number_of_surveys', 'surveys_at_least', 'grades_differ')
    group by checks.statement_id, checks.check_position, checks.comparison, checks.target, checks.town_id

),

decided as (

    select
        statement_id,
        check_position,
        case
            -- Where a hidden number leaves a range, the whole range must meet the target, or none of it may.
            when comparison = 'range_about' and interval_low >= target - tolerance and interval_high <= target + tolerance
                then true
            when comparison = 'range_about'
                then case when interval_high < target - tolerance or interval_low > target + tolerance then false end
            when comparison = 'range_above'
                then case when interval_low > target then true when interval_high <= target then false end
            when comparison = 'range_below'
                then case when interval_high < target then true when interval_low >= target then false end
            when value is null then null
            when comparison = 'about' then abs(value - target) <= tolerance
            when comparison = 'above' then value > target
            when comparison = 'below' then value < target
            -- A day as a number, 20220621; a period is written from day to day.
            when comparison = 'begins_on' then replace(substr(period, 1, 10), '-', '') = cast(cast(target as bigint) as varchar)
            when comparison = 'ends_on' then replace(substr(period, 12, 10), '-', '') = cast(cast(target as bigint) as varchar)
            when missing_count > 0 then null
            when comparison = 'highest_of_towns' then higher_count = 0
            when comparison = 'lowest_of_towns' then lower_count = 0
        end as is_met
    from compared
    union all
    select
        statement_id,
        check_position,
        case
            when value is null then null
            when comparison = 'highest_of_answers' and higher_count > 0 then false
            -- Shares of one question add up to 100; what is hidden may all be one answer's.
            when comparison = 'highest_of_answers' and hidden_count > 0 and value <= hidden_share then null
            when comparison = 'highest_of_answers' then true
            when comparison = 'among_lowest' and lower_count >= target then false
            when comparison = 'among_lowest' and lower_count + hidden_count >= target then null
            when comparison = 'among_lowest' then true
        end as is_met
    from compared_within
    union all
    select
        statement_id,
        check_position,
        case
            -- No survey delivered is no statement about those that were held.
            when network_count = 0 or (survey_count = 0 and comparison <> 'grades_differ') then null
            when comparison = 'number_of_surveys' then survey_count = target
            when comparison = 'surveys_at_least' then survey_count >= target
            when comparison = 'grades_differ' then grade_count > 1
        end as is_met
    from surveys_counted

),

-- Of a check and the one that stands in for it, the first that can be decided counts.
counting as (

    select decided.*
    from decided
    inner join checks using (statement_id, check_position)
    left join decided as first
        on checks.statement_id = first.statement_id
        and checks.stands_in_for = first.check_position
    left join checks as second_checks
        on checks.statement_id = second_checks.statement_id
        and checks.check_position = second_checks.stands_in_for
    left join decided as second
        on second_checks.statement_id = second.statement_id
        and second_checks.check_position = second.check_position
    where (checks.stands_in_for is null or first.is_met is null and decided.is_met is not null)
        and (second_checks.check_position is null or decided.is_met is not null or second.is_met is null)

),

verdicts as (

    select
        statements.statement_id,
        case
            when bool_or(not counting.is_met) then 'differs'
            when count(counting.statement_id) > 0 and count(counting.is_met) = count(counting.statement_id)
                then 'agrees'
            else 'not_computable'
        end as verdict
    from statements
    left join counting using (statement_id)
    group by statements.statement_id

),

indicators as (

    select
        statement_id,
        string_agg(distinct indicator_id, ', ' order by indicator_id) as indicator_ids
    from checks
    group by statement_id

),

-- A verdict on sample data says nothing of the report.
synthetic as (

    select statement_id, bool_or(is_synthetic) as is_synthetic
    from evidence
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
    statements.position,
    coalesce(synthetic.is_synthetic, false) as is_synthetic,
    cast(null as varchar) as internal
from statements
inner join verdicts using (statement_id)
left join notes
    on verdicts.statement_id = notes.statement_id and verdicts.verdict = notes.verdict
left join indicators on statements.statement_id = indicators.statement_id
left join synthetic on statements.statement_id = synthetic.statement_id
