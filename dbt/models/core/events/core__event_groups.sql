-- Groups of events, computed from what is published of each event and nothing else, so that no group can tell
-- more than its events do. A hidden number enters as the lowest and the highest it may be.
with

members as (

    select * from {{ ref('core__event_members') }}

),

events as (

    select * from {{ ref('core__published_events') }}

),

of_events as (

    select
        members.family,
        members.member,
        events.*,
        is_held and attended_low is not null as is_counted,
        is_held and attended_low is not null and capacity > 0 as is_filled,
        is_held and is_missing_told as is_missed,
        is_held and walk_ins_sign <> 'x' as is_walked_in,
        is_held and attended_low is not null and cost_eur is not null as is_costed,
        is_held and attended_low is not null and cost_eur is not null
            and coalesce(actual_minutes, planned_minutes) is not null as is_costed_by_time,
        is_held and planned_minutes > 0 and actual_minutes is not null as is_timed,
        coalesce(actual_minutes, planned_minutes) / 60.0 as lasted_hours
    from members
    inner join events using (event_id, town_id)

)

select
    town_id,
    family,
    member,
    count(*) as event_count,
    count(case when is_held then 1 end) as held_count,
    count(case when status = 'cancelled' then 1 end) as cancelled_count,
    count(case when is_counted then 1 end) as counted_count,
    count(case when is_counted and attended_sign = '.' then 1 end) as hidden_count,
    count(distinct case when is_held then coalesce(venue_id, venue) end) as venue_count,
    min(event_date) as first_date,
    max(event_date) as last_date,

    ---------- visits
    cast(sum(case when is_counted then attended_low end) as bigint) as visits_low,
    cast(sum(case when is_counted then attended_high end) as bigint) as visits_high,
    cast(sum(case when is_counted then attended end) as bigint) as visits_published,
    {% for name, share in {'lower_quartile': 0.25, 'median': 0.5, 'upper_quartile': 0.75}.items() -%}
    {{ quantile('case when is_counted then attended_low end', share) }} as {{ name }}_low,
    {{ quantile('case when is_counted then attended_high end', share) }} as {{ name }}_high,
    {% endfor %}
    ---------- parts of a whole
    cast(sum(case when is_filled then capacity end) as bigint) as capacity_sum,
    cast(sum(case when is_filled then attended_low end) as bigint) as filled_low,
    cast(sum(case when is_filled then attended_high end) as bigint) as filled_high,
    count(case when is_filled then 1 end) as filled_count,
    count(case when is_missed then 1 end) as missed_event_count,
    cast(sum(case when is_missed then missed_low end) as bigint) as missed_low,
    cast(sum(case when is_missed then missed_high end) as bigint) as missed_high,
    cast(sum(case when is_missed then returned_low end) as bigint) as returned_low,
    cast(sum(case when is_missed then returned_high end) as bigint) as returned_high,
    count(case when is_walked_in then 1 end) as walked_in_event_count,
    count(case when is_walked_in and (walk_ins is null or attended is null) then 1 end) as walked_in_hidden_count,
    cast(sum(case when is_walked_in then walk_ins end) as bigint) as walk_ins,
    cast(sum(case when is_walked_in then attended end) as bigint) as walk_in_visits,
    count(case when is_held and organisations_sign <> 'x' then 1 end) as organisation_event_count,
    cast(sum(case when is_held and organisations_sign = '.' then 1 when is_held then organisations end) as bigint)
        as organisations_low,
    cast(sum(case when is_held and organisations_sign = '.' then 4 when is_held then organisations end) as bigint)
        as organisations_high,
    max(case when status <> 'cancelled' then organisation_limit end) as organisation_limit,
    count(case when is_held and taken_up_sign <> 'x' then 1 end) as offer_event_count,
    count(case when is_held and taken_up_sign = '.' then 1 end) as taken_up_hidden_count,
    cast(sum(case when is_held then taken_up end) as bigint) as taken_up,

    ---------- time and money
    count(case when is_held then planned_minutes end) as planned_count,
    {{ median('case when is_held then planned_minutes end') }} as planned_median,
    count(case when is_held then actual_minutes end) as actual_count,
    {{ median('case when is_held then actual_minutes end') }} as actual_median,
    count(case when is_timed then 1 end) as timed_count,
    sum(case when is_timed then planned_minutes end) as timed_planned_minutes,
    sum(case when is_timed then actual_minutes end) as timed_actual_minutes,
    count(case when is_costed then 1 end) as costed_count,
    cast(sum(case when is_costed then cost_eur end) as double) as cost_eur,
    cast(sum(case when is_costed then attended_low end) as bigint) as costed_low,
    cast(sum(case when is_costed then attended_high end) as bigint) as costed_high,
    count(case when is_costed_by_time then 1 end) as costed_by_time_count,
    cast(sum(case when is_costed_by_time then cost_eur end) as double) as cost_by_time_eur,
    cast(sum(case when is_costed_by_time then attended_low * lasted_hours end) as double) as hours_low,
    cast(sum(case when is_costed_by_time then attended_high * lasted_hours end) as double) as hours_high,
    bool_or(is_synthetic) as is_synthetic
from of_events
group by town_id, family, member
