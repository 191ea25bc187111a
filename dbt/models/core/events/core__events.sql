{{ config(tags=['edition']) }}
-- Each event with its numbers: counted from lists of registrations where there are any, else as recorded. Not
-- to be published as it stands.
with

records as (

    select * from {{ ref('core__event_records') }}

),

counts as (

    select * from {{ ref('core__event_counts') }}

),

told_before as (

    select * from {{ ref('stg_landing__previous_events') }}

),

together as (

    select
        records.* exclude (registered_count, attended_count, walk_in_count, organisation_count),
        coalesce(counts.registered_count, records.registered_count) as given_registered_count,
        coalesce(counts.attended_count, records.attended_count) as given_attended_count,
        -- Parts of a whole come from where the whole comes from.
        case when counts.attended_count is null then records.walk_in_count else counts.walk_in_count end
            as given_walk_in_count,
        coalesce(counts.organisation_count, records.organisation_count) as given_organisation_count,
        coalesce(
            counts.registered_count <> records.registered_count or counts.attended_count <> records.attended_count
            or counts.walk_in_count <> records.walk_in_count or counts.organisation_count <> records.organisation_count,
            false
        ) as has_two_counts
    from records
    left join counts using (event_id)

),

of_those_held as (

    -- Nobody came to what was called off.
    select
        together.* exclude (taken_up_count),
        {{ steady('together.given_registered_count', 'told_before.registered_count') }} as registered_count,
        case when together.status <> 'cancelled'
            then {{ steady('together.given_attended_count', 'told_before.attended_count') }} end as attended_count,
        case when together.status <> 'cancelled'
            then {{ steady('together.given_walk_in_count', 'told_before.walk_in_count') }} end as steady_walk_in_count,
        case when together.status <> 'cancelled'
            then {{ steady('together.given_organisation_count', 'told_before.organisation_count') }}
        end as steady_organisation_count,
        case when together.status <> 'cancelled'
            then {{ steady('together.taken_up_count', 'told_before.taken_up_count') }} end as steady_taken_up_count,
        coalesce(
            abs(together.given_registered_count - told_before.registered_count) < {{ var('k') }}
            and not {{ is_small('together.given_registered_count') }}, false
        ) as is_registered_told,
        told_before.registered_count as told_registered_count,
        told_before.walk_in_count as told_walk_in_count,
        told_before.taken_up_count as told_taken_up_count
    from together
    left join told_before using (event_id)

),

without_contradictions as (

    -- A part larger than its whole is a slip of the record; which of the two is wrong nobody knows, and the
    -- whole is the one that was counted first.
    select
        *,
        case
            when steady_walk_in_count > attended_count
                or attended_count - steady_walk_in_count > registered_count then null
            else steady_walk_in_count
        end as walk_in_count,
        case when steady_organisation_count > attended_count then null else steady_organisation_count end
            as organisation_count,
        case when steady_taken_up_count > attended_count then null else steady_taken_up_count end as taken_up_count
    from of_those_held

),

beside_what_is_out as (

    -- A part that is out already cannot be taken back. Attendance that would now leave a handful beside it is
    -- not told at all.
    select
        *,
        attended_count >= {{ var('k') }} and coalesce(
            walk_in_count = told_walk_in_count and {{ is_small('attended_count - walk_in_count') }}
            or taken_up_count = told_taken_up_count and {{ is_small('attended_count - taken_up_count') }}
            or walk_in_count = told_walk_in_count and registered_count = told_registered_count
            and {{ is_small('registered_count - attended_count + walk_in_count') }}, false
        ) as is_withheld
    from without_contradictions

)

select
    * exclude (
        attended_count, told_registered_count, told_walk_in_count, told_taken_up_count,
        given_registered_count, given_attended_count, given_walk_in_count, given_organisation_count,
        steady_walk_in_count, steady_organisation_count, steady_taken_up_count
    ),
    case when is_withheld then null else attended_count end as attended_count,
    cast(starts_at as date) as event_date,
    cast(date_trunc('month', starts_at) as date) as month,
    row_origin = 'synthetic' as is_synthetic,
    -- A date still to come when the record was delivered is a plan; one that was counted took place.
    status <> 'cancelled'
        and (attended_count is not null or (status = 'confirmed' and cast(starts_at as date) <= received_date)) as is_held,
    steady_walk_in_count is not null and walk_in_count is null
        or steady_organisation_count is not null and organisation_count is null
        or steady_taken_up_count is not null and taken_up_count is null as has_contradiction
from beside_what_is_out
