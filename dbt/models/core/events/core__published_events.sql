-- What may leave the warehouse of each event's counts; everything told of groups of events is computed from
-- this. A count of 1 to 4 is "under 5", and so is every count that two published ones would give by subtraction:
-- those who did not come, those who walked in, those who came as registered, those who took an offer up or not.
-- Whether a number is shown never depends on one that is not, since that would tell of it, too.
with

events as (

    select * from {{ ref('core__events') }}

),

attendance as (

    select
        *,
        {{ is_small('attended_count') }} as is_few,
        -- Registrations are known before an event, attendance after it: what is out cannot be taken back, so
        -- the attendance that would complete it stays untold.
        is_registered_told and not {{ is_small('attended_count') }}
            and {{ is_small('abs(registered_count - attended_count)') }} as is_kept
    from events

),

registration as (

    select
        *,
        is_few or is_kept as is_attended_hidden,
        case
            when is_kept then false
            when {{ is_small('registered_count') }} then true
            -- However few came, a number shown must leave at least k who did not.
            when is_few then registered_count < {{ 2 * var('k') - 1 }}
            else {{ is_small('abs(registered_count - attended_count)') }}
        end as is_registered_hidden
    from attendance

),

parts as (

    select
        *,
        case
            when walk_in_count is null then false
            when is_kept or {{ is_small('walk_in_count') }} then true
            when is_registered_hidden and walk_in_count = 0 then true
            when is_few then false
            else {{ is_small('attended_count - walk_in_count') }}
                or not is_registered_hidden
                and {{ is_small('registered_count - attended_count + walk_in_count') }}
        end as is_walk_in_hidden,
        {{ is_small('organisation_count') }} as is_organisation_hidden,
        case
            when taken_up_count is null then false
            when {{ is_small('taken_up_count') }} then true
            when is_kept then taken_up_count > 0
            when is_few then false
            else {{ is_small('attended_count - taken_up_count') }}
        end as is_taken_up_hidden
    from registration

),

shown as (

    select
        * exclude (
            capacity, organisation_limit, registered_count, attended_count, walk_in_count, organisation_count,
            taken_up_count, offered_count, price_eur
        ),
        -- No more can come than there is room for: a room for two would tell what "under 5" is.
        case when not {{ is_small('capacity') }} then capacity end as capacity,
        case when not {{ is_small('organisation_limit') }} then organisation_limit end as organisation_limit,
        case when not is_registered_hidden then registered_count end as registered,
        {{ count_sign('registered_count', 'is_registered_hidden') }} as registered_sign,
        case when not is_attended_hidden then attended_count end as attended,
        {{ count_sign('attended_count', 'is_attended_hidden') }} as attended_sign,
        case
            when is_few then 1
            when is_kept then greatest(registered_count - {{ var('k') - 1 }}, 0)
            else attended_count
        end as attended_low,
        case
            when is_few then {{ var('k') - 1 }}
            when is_kept then registered_count + {{ var('k') - 1 }}
            else attended_count
        end as attended_high,
        case when not is_walk_in_hidden then walk_in_count end as walk_ins,
        {{ count_sign('walk_in_count', 'is_walk_in_hidden') }} as walk_ins_sign,
        case when not is_organisation_hidden then organisation_count end as organisations,
        {{ count_sign('organisation_count', 'is_organisation_hidden') }} as organisations_sign,
        case when not is_taken_up_hidden then taken_up_count end as taken_up,
        {{ count_sign('taken_up_count', 'is_taken_up_hidden') }} as taken_up_sign
    from parts

),

missed as (

    -- Who had registered and did not come, and who had and did, as the lowest and highest numbers that fit what
    -- is shown; not at all where more came than had registered and nobody counted the walk-ins.
    select
        *,
        registered_sign <> 'x' and attended_sign <> 'x'
            and not (walk_ins_sign = 'x' and registered_sign = '' and attended_low > registered) as is_missing_told,
        case
            when registered_sign = '' and attended_sign = '' and walk_ins_sign <> '.'
                then registered - attended + coalesce(walk_ins, 0)
        end as missed
    from shown

)

select
    *,
    case
        when not is_missing_told then null
        when missed is not null then missed
        when registered_sign = '' then greatest(registered - attended_high, 0)
        else 0
    end as missed_low,
    case
        when not is_missing_told then null
        when missed is not null then missed
        -- Hidden beside hidden attendance, fewer than nine had registered.
        when registered_sign = '' then registered - case when walk_ins_sign = '.' then 0 else attended_low end
        when attended_sign = '.' then 8
        else 4 + coalesce(walk_ins, 0)
    end as missed_high,
    case
        when is_missing_told and walk_ins_sign = '.' then 0
        when is_missing_told then attended_low - coalesce(walk_ins, 0)
    end as returned_low,
    case when is_missing_told then attended_high - coalesce(walk_ins, 0) end as returned_high
from missed
