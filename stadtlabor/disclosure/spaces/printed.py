"""What a release prints of spaces, and what each number is a sum of, as anybody could read it from the tables.

Three sorts of numbers: `hours` (seat-hours: weeks, months, weekdays by part of the day, numbers of desks in use, kinds
and purposes), `bookings` (how many were made how long before) and `stays` (how many were how long). The comparisons
with school holidays are made from printed weeks and say nothing more.
"""

import duckdb

TABLES = (
    "spaces", "space_weeks", "space_months", "space_days", "space_profile", "space_levels",
    "space_kinds", "space_purposes", "space_lead_times", "space_stays", "indicator_values",
)  # fmt: skip
# Everything printed of the two sorts: its name, its value, and whether it is hidden. A closed day is neither.
NUMBERS = """
    with
    indicators as (
        select spaces.space_id, found.*
        from {release}.indicator_values as found
        inner join {release}.spaces as spaces
            on found.town_id = spaces.town_id
            and (found.breakdown = 'total' or found.breakdown_value = spaces.space_id)
    )
    select space_id, 'hours' as sort, 'the whole' as name, booked_seat_hours as value, booked_seat_hours_sign as sign
    from {release}.spaces
    union all
    select space_id, 'hours', 'week ' || week_start, booked_seat_hours, sign from {release}.space_weeks
    where sign <> 'x'
    union all
    select space_id, 'hours', 'month ' || month, booked_seat_hours, sign from {release}.space_months
    union all
    select space_id, 'hours', 'day ' || day, utilisation / 100 * available_seat_hours, sign
    from {release}.space_days
    where sign <> 'x'
    union all
    select space_id, 'hours', 'part ' || weekday || '-' || part, sum(booked), any_value(sign)
    from {release}.space_profile
    group by space_id, weekday, part
    union all
    select space_id, 'hours', 'level ' || desks || '-' || in_use, open_hours * in_use, sign
    from {release}.space_levels
    union all
    select space_id, 'hours', 'kind ' || kind, booked_seat_hours, sign from {release}.space_kinds
    union all
    select space_id, 'hours', 'purpose ' || purpose, booked_seat_hours, sign from {release}.space_purposes
    union all
    select space_id, 'hours', 'purpose own_work', numerator, ''
    from indicators
    where indicator_id = 'own_work_share' and numerator is not null
    union all
    select space_id, 'hours', 'kind room', numerator, ''
    from indicators
    where indicator_id = 'room_utilisation' and numerator is not null
    union all
    select space_id, 'bookings', 'lead ' || class, count, sign from {release}.space_lead_times
    union all
    select space_id, 'stays', 'stay ' || class, count, sign from {release}.space_stays
    union all
    select space_id, 'bookings', 'all bookings', denominator, ''
    from indicators
    where indicator_id = 'booking_no_show_rate' and denominator is not null
    union all
    select
        space_id, 'bookings', unnest(['dated bookings', 'lead afterwards']), unnest([denominator, numerator]), ''
    from indicators
    where indicator_id = 'recorded_afterwards' and numerator is not null
"""
# The sums that a part belongs to, with which factor, and how large it can be. What is named a law everybody knows:
# days of a weekday and its hours, all days and all numbers of desks in use, all kinds and all purposes add up to
# the same.
PARTS = """
    with days as (
        select
            space_id, 'day ' || day as part, available_seat_hours as most, weekday,
            cast(date_trunc('week', day) as date) as week_start, strftime(day, '%Y-%m') as month
        from {release}.space_days
        where sign <> 'x'
    ),
    everything as (select space_id, available_seat_hours as most from {release}.spaces)
    select
        space_id, 'hours' as sort, part, most, 1.0 as factor,
        unnest(list_filter([
            part, 'the whole', 'kind desk', 'week ' || week_start, 'month ' || month, 'law of weekday ' || weekday,
            'law of levels', 'law of kinds'
        ], lambda name: name is not null)) as name
    from days
    union all
    select
        space_id, 'hours', 'part ' || weekday || '-' || part, sum(available), unnest([1.0, -1.0]),
        unnest(['part ' || weekday || '-' || part, 'law of weekday ' || weekday])
    from {release}.space_profile
    group by space_id, weekday, part
    union all
    select
        space_id, 'hours', 'level ' || desks || '-' || in_use, most, unnest([1.0, -1.0]),
        unnest(['level ' || desks || '-' || in_use, 'law of levels'])
    from {release}.space_levels
    inner join everything using (space_id)
    union all
    select
        space_id, 'hours', 'kind ' || kind, available_seat_hours, 1.0, unnest(['kind ' || kind, 'law of kinds'])
    from {release}.space_kinds
    where kind <> 'desk'
    union all
    select
        space_id, 'hours', 'purpose ' || purpose, sum(kinds.available_seat_hours), unnest([1.0, -1.0]),
        unnest(['purpose ' || purpose, 'law of kinds'])
    from {release}.space_purposes
    inner join {release}.space_kinds as kinds using (space_id)
    group by space_id, purpose
    union all
    select
        space_id, 'bookings', 'lead ' || class, 1e6, 1.0,
        unnest(list_filter(
            ['lead ' || class, 'all bookings', case when class <> 'unknown' then 'dated bookings' end],
            lambda name: name is not null
        ))
    from {release}.space_lead_times
    union all
    select space_id, 'stays', 'stay ' || class, 1e6, 1.0, unnest(['stay ' || class, 'all stays'])
    from {release}.space_stays
"""


def read(connection: duckdb.DuckDBPyConnection, release: str) -> bool:
    """Make what the attached database `release` prints into the tables `<release>_numbers` and `<release>_parts`.

    `numbers`: space_id, sort, name, value (null where hidden); of one printed in two tables the printed one. `parts`:
    space_id, sort, part, most, factor, name. False where it is from before there were such tables.
    """
    held = connection.execute(
        "select count(distinct table_name) from duckdb_tables() "
        "where database_name = $release and list_contains($tables, table_name)",
        {"release": release, "tables": list(TABLES)},
    ).fetchall()
    if held != [(len(TABLES),)] or "part" not in connection.table(f"{release}.space_profile").columns:
        return False
    connection.execute(
        f"""
        create temp table {release}_numbers as
        select space_id, sort, name, max(value) as value
        from ({NUMBERS.format(release=release)})
        where value is not null or sign <> ''
        group by space_id, sort, name
        """
    )
    connection.execute(f"create temp table {release}_parts as {PARTS.format(release=release)}")
    return True
