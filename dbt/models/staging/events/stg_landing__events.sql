with

source as (

    select * from {{ source('landing', 'events') }}

),

renamed as (

    select

        ---------- ids
        delivery_id,
        file,
        cast(line as bigint) as line,
        -- Made of the town and the source's own number, so that two deliveries agree on it.
        event_key,
        nullif(series_key, '') as series_key,

        ---------- what
        title,
        status,
        nullif(venue_id, '') as venue_id,
        nullif(venue, '') as venue,
        nullif(organiser_kind, '') as organiser_kind,
        nullif(format, '') as format,
        nullif(theme, '') as theme,
        nullif(target_group, '') as target_group,
        coalesce(nullif(row_origin, ''), 'delivered') as row_origin,
        nullif(report_section, '') as report_section,
        nullif(note, '') as note,

        ---------- when, by the local clock
        cast(starts_at as timestamp) as starts_at,
        cast(nullif(ends_at, '') as timestamp) as ends_at,
        cast(is_all_day as boolean) as is_all_day,

        ---------- how many
        cast(nullif(capacity, '') as bigint) as capacity,
        cast(nullif(registered, '') as bigint) as registered_count,
        cast(nullif(attended, '') as bigint) as attended_count,
        cast(nullif(walk_ins, '') as bigint) as walk_in_count,
        cast(nullif(organisations, '') as bigint) as organisation_count,
        cast(nullif(organisation_limit, '') as bigint) as organisation_limit,
        cast(nullif(offered_takes, '') as bigint) as offered_count,
        cast(nullif(taken_up, '') as bigint) as taken_up_count,

        ---------- how long, how much
        cast(nullif(planned_minutes, '') as bigint) as planned_minutes,
        cast(nullif(actual_minutes, '') as bigint) as actual_minutes,
        cast(nullif(cost_eur, '') as decimal(18, 2)) as cost_eur,
        cast(nullif(price_eur, '') as decimal(18, 2)) as price_eur

    from source

)

select * from renamed
