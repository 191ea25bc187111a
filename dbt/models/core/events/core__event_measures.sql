-- Every measure of events in the shape of an indicator, for each group of events. Where hidden numbers leave a
-- range, there is no value (`.`), and the interval says from where to where it may lie; `x` nobody recorded it,
-- `/` too few to be relied on.
{#- Every measure is given for the whole and by these; what a statement of the report needs is given for more. #}
{%- set families = ['total', 'format', 'theme', 'target_group'] %}
{%- set fine = ['format_month'] %}
{%- set measures = {
    'events_held': {'also': ['month', 'venue', 'format_target_group', 'opening_week'], 'low': 'held_count', 'base': 'event_count'},
    'events_cancelled': {
        'numerator': 'cancelled_count', 'denominator': 'event_count', 'low': percent_of('cancelled_count', 'event_count'),
        'base': 'event_count',
    },
    'event_venues': {'also': ['opening_week'], 'low': 'venue_count', 'base': 'held_count', 'is_told': 'venue_count > 0'},
    'event_visits': {
        'also': ['month', 'venue', 'format_month', 'format_target_group'], 'low': 'visits_low', 'high': 'visits_high', 'base': 'counted_count', 'is_told': 'counted_count > 0',
    },
    'event_attendance_median': {
        'also': ['month'], 'low': 'median_low', 'high': 'median_high', 'base': 'counted_count', 'is_told': 'counted_count > 0',
    },
    'event_attendance_lower_quartile': {
        'low': 'lower_quartile_low', 'high': 'lower_quartile_high', 'base': 'counted_count',
        'is_told': 'counted_count > 0',
    },
    'event_attendance_upper_quartile': {
        'low': 'upper_quartile_low', 'high': 'upper_quartile_high', 'base': 'counted_count',
        'is_told': 'counted_count > 0',
    },
    'event_fill': {
        'numerator': 'filled_low', 'denominator': 'capacity_sum', 'base': 'filled_count',
        'low': percent_of('filled_low', 'capacity_sum'), 'high': percent_of('filled_high', 'capacity_sum'),
        'is_told': 'filled_count > 0',
    },
    'event_no_show': {
        'numerator': 'missed_low', 'denominator': '(missed_low + returned_low)', 'base': 'missed_event_count',
        'low': missed_share('low'), 'high': missed_share('high'), 'is_told': 'missed_high + returned_high > 0',
    },
    'event_walk_ins': {
        'numerator': 'walk_ins', 'denominator': 'walk_in_visits', 'base': 'walked_in_event_count',
        'low': 'case when walked_in_hidden_count = 0 then ' ~ percent_of('walk_ins', 'walk_in_visits') ~ ' end',
        'is_told': 'walked_in_hidden_count > 0 or walk_in_visits > 0',
    },
    'event_organisations': {
        'also': fine,
        'low': 'organisations_low', 'high': 'organisations_high', 'base': 'organisation_event_count',
        'is_told': 'organisation_event_count > 0',
    },
    'event_organisation_limit': {'also': fine, 'low': 'organisation_limit', 'is_told': 'organisation_limit is not null'},
    'event_take_up': {
        'also': fine,
        'low': 'case when taken_up_hidden_count = 0 then taken_up end', 'base': 'offer_event_count',
        'is_told': 'offer_event_count > 0',
    },
    'event_planned_duration': {'also': fine, 'low': 'planned_median', 'base': 'planned_count', 'is_told': 'planned_count > 0'},
    'event_actual_duration': {'also': fine, 'low': 'actual_median', 'base': 'actual_count', 'is_told': 'actual_count > 0'},
    'event_duration_ratio': {
        'numerator': 'timed_actual_minutes', 'denominator': 'timed_planned_minutes', 'base': 'timed_count',
        'low': share_of('timed_actual_minutes', 'timed_planned_minutes'), 'is_told': 'timed_count > 0',
    },
    'event_cost_per_visit': {
        'numerator': 'cost_eur', 'denominator': 'costed_low', 'base': 'costed_count',
        'low': share_of('cost_eur', 'costed_high'), 'high': share_of('cost_eur', 'costed_low'),
        'is_told': 'costed_high > 0',
    },
    'event_cost_per_visit_hour': {
        'numerator': 'cost_by_time_eur', 'denominator': 'hours_low', 'base': 'costed_by_time_count',
        'low': share_of('cost_by_time_eur', 'hours_high'), 'high': share_of('cost_by_time_eur', 'hours_low'),
        'is_told': 'hours_high > 0',
    },
} %}
with

event_groups as (

    select * from {{ ref('core__event_groups') }}

),

towns as (

    select * from {{ ref('core__towns') }}

),

-- All groups of a town speak of the same record.
recorded as (

    select
        town_id,
        coalesce(min(case when is_held then event_date end), min(event_date)) as period_start,
        coalesce(max(case when is_held then event_date end), max(event_date)) as period_end,
        bool_or(is_synthetic) as has_synthetic
    from {{ ref('core__published_events') }}
    group by town_id

),

sources as (

    select
        town_id,
        {{ merged_list('delivery_ids') }} as delivery_ids,
        {{ merged_list('source_text', '; ') }} as source_text,
        {{ merged_list('licence', '; ') }} as licence
    from (select distinct town_id, delivery_ids, source_text, licence from {{ ref('core__published_events') }})
    group by town_id

),

measured as (

    {% for name, measure in measures.items() %}
    select
        town_id,
        '{{ name }}' as measure,
        family as breakdown,
        member as breakdown_value,
        cast({{ measure.low }} as double) as low,
        cast({{ measure.high or measure.low }} as double) as high,
        cast({{ measure.numerator or 'null' }} as double) as numerator,
        cast({{ measure.denominator or 'null' }} as double) as denominator,
        cast({{ measure.base or 'null' }} as bigint) as base_n,
        coalesce({{ measure.is_told or 'true' }}, false) as is_told,
        is_synthetic
    from event_groups
    where family in ({{ quoted_list(families + (measure.also or [])) }})
    {{ "union all" if not loop.last }}
    {% endfor %}

),

leads as (

    select
        leads.town_id,
        'opening_lead' as measure,
        'total' as breakdown,
        cast(null as varchar) as breakdown_value,
        cast(leads.lead_low as double) as low,
        cast(leads.lead_high as double) as high,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        leads.other_count + 1 as base_n,
        leads.is_told,
        event_groups.is_synthetic
    from {{ ref('core__opening_leads') }} as leads
    inner join event_groups
        on leads.town_id = event_groups.town_id
        and event_groups.family = 'opening_week'

),

of_the_record as (

    select
        measured.*,
        recorded.period_start,
        recorded.period_end,
        cast(recorded.period_start as varchar) || '/' || cast(recorded.period_end as varchar) as period,
        true as is_reliable
    from (select * from measured union all select * from leads) as measured
    inner join recorded using (town_id)

),

autumns as (

    select
        autumns.town_id,
        'event_autumn_ratio' as measure,
        'total' as breakdown,
        cast(null as varchar) as breakdown_value,
        autumns.autumn_per_day / nullif(autumns.other_per_day, 0) as low,
        autumns.autumn_per_day / nullif(autumns.other_per_day, 0) as high,
        autumns.autumn_per_day as numerator,
        autumns.other_per_day as denominator,
        autumns.event_count as base_n,
        autumns.autumn_per_day is not null and coalesce(autumns.other_per_day > 0, false) as is_told,
        recorded.has_synthetic as is_synthetic,
        autumns.period_start,
        autumns.period_end,
        autumns.period,
        -- Of four events any month has a quarter.
        autumns.event_count >= {{ var('fewest_events') }} as is_reliable
    from {{ ref('core__event_autumns') }} as autumns
    inner join recorded using (town_id)

),

signed as (

    select
        *,
        case
            when not is_told then 'x'
            when not is_reliable then '/'
            when low = high then ''
            else '.'
        end as sign
    from (select * from of_the_record union all by name select * from autumns)

)

select
    towns.municipality_id,
    signed.measure,
    signed.period,
    signed.period_start,
    signed.period_end,
    signed.breakdown,
    signed.breakdown_value,
    case when signed.sign = '' then signed.low end as value,
    case when signed.sign = '' then signed.numerator end as numerator,
    case when signed.sign = '' then signed.denominator end as denominator,
    case when signed.sign in ('', '.') then signed.base_n end as base_n,
    case when signed.sign in ('', '.') then signed.low end as interval_low,
    case when signed.sign in ('', '.') then signed.high end as interval_high,
    signed.sign,
    sources.delivery_ids,
    sources.source_text,
    sources.licence,
    signed.is_synthetic
from signed
inner join towns using (town_id)
inner join sources using (town_id)
-- That nobody recorded a thing is said once, for the town as a whole.
where signed.sign <> 'x' or signed.breakdown = 'total'
