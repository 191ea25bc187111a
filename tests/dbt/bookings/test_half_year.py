"""Oestrich-Winkel's half year: the anchors, every published number against counting minutes, the statements."""

import datetime as dt
from collections import Counter

import pytest

from tests.dbt.bookings.half_year import AUTUMN, SUMMER
from tests.dbt.bookings.oracle import Use


@pytest.fixture(scope="module")
def use(made_up):
    return Use(made_up.manifest, made_up.bookings)


def space(released):
    ((row,),) = [released.rows("select spaces from spaces")]
    return row[0]


def test_anchors_of_methods_md(released):
    assert released.rows(
        "select calendar_days, open_days, desks, desk_days, available_seat_hours, first_open_day, last_open_day "
        "from spaces"
    ) == [(184, 131, 7, 917, 917 * 8, dt.date(2022, 6, 21), dt.date(2022, 12, 21))]
    assert released.rows("select count(*) from space_days where weekday <= 5") == [(132,)]
    assert released.rows("select day from space_days where weekday <= 5 and not open") == [(dt.date(2022, 10, 3),)]


def test_the_space_as_a_whole_is_what_minutes_count(released, use):
    found = space(released)

    assert found["booked_seat_hours"] * 60 == use.booked["desk"]
    assert found["outside_hours"] * 60 == use.outside
    assert found["utilisation"] == pytest.approx(100 * use.booked["desk"] / use.available["desk"])
    assert found["peak_concurrency"] == use.peak
    assert found["day_occupancy"] == pytest.approx(100 * len(use.desks_used_on) / 917)
    assert released.rows("select kind, booked_seat_hours * 60 from space_kinds order by kind") == [
        ("desk", use.booked["desk"]),
        ("room", use.booked["table"] + use.booked["lounge"]),
    ]
    assert released.rows("select purpose, booked_seat_hours * 60 from space_purposes") != []
    for purpose, minutes in released.rows("select purpose, booked_seat_hours * 60 from space_purposes"):
        assert minutes == use.by_purpose[purpose]


def test_weeks_days_and_hours_are_what_minutes_count(released, use):
    weeks, months = Counter(), Counter()
    for day, minutes in use.booked_on.items():
        weeks[day - dt.timedelta(days=day.weekday())] += minutes
        months[f"{day:%Y-%m}"] += minutes

    for query, counted in (
        ("select week_start, booked_seat_hours * 60 from space_weeks where sign = ''", weeks),
        ("select month, booked_seat_hours * 60 from space_months where sign = ''", months),
    ):
        rows = released.rows(query)
        assert len(rows) > 5
        assert rows == [(key, counted[key]) for key, _ in rows]
    assert released.rows("select count(*) from space_days where utilisation is not null") == [(0,)]
    hours = released.rows("select weekday, part, hour, utilisation from space_profile where sign = ''")
    assert len(hours) > 30
    parts: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for weekday, part, hour, _ in hours:
        parts.setdefault((weekday, part), []).append(use.profile[weekday, hour])
    for weekday, part, _, utilisation in hours:
        available, booked = map(sum, zip(*parts[weekday, part], strict=True))
        assert utilisation == pytest.approx(100 * booked / available)


def test_people_lead_times_and_rates_are_counted_naively(released, made_up):
    used = [row for row in made_up.bookings if row["status"] != "cancelled"]
    leads = sorted(
        (dt.datetime.fromisoformat(row["starts_at_utc"]) - dt.datetime.fromisoformat(row["created_at_utc"]))
        / dt.timedelta(days=1)
        for row in used
    )
    ahead = [lead for lead in leads if lead >= 0]
    days: dict[str, set[str]] = {}
    for row in used:
        # On the public holiday the space was closed; whoever booked then booked outside its hours.
        if row["starts_at_utc"].startswith("2022-10-03"):
            continue
        days.setdefault(row["user_pseudonym"], set()).add(row["starts_at_utc"][:10])
    found = space(released)

    assert found["booking_cancellation_rate"] == pytest.approx(100 * (1 - len(used) / len(made_up.bookings)))
    assert found["recorded_afterwards"] == pytest.approx(100 * (len(leads) - len(ahead)) / len(leads))
    # Whole days: to the second they would be somebody's.
    assert found["lead_time_median"] == round(_quantile(ahead, 0.5))
    assert found["lead_time_p90"] == round(_quantile(ahead, 0.9))
    assert found["space_users"] == len(days)
    assert found["days_per_user"] == pytest.approx(sum(map(len, days.values())) / len(days))
    assert found["returning_users"] == pytest.approx(100 * sum(len(one) > 1 for one in days.values()) / len(days))
    assert released.rows("select sum(count) from space_lead_times") == [(len(leads),)]


def _quantile(values, share):
    place = share * (len(values) - 1)
    below = int(place)
    return values[below] + (place - below) * (values[min(below + 1, len(values) - 1)] - values[below])


def test_what_the_source_cannot_tell_is_not_computable_and_says_why(released):
    found = space(released)

    assert (found["booking_no_show_rate"], found["booking_no_show_rate_sign"]) == (None, "x")
    assert found["no_show_reason_de"] == "Die Quelle sagt nicht, wer gekommen ist."
    assert found["cancellation_reason_de"] is None


def test_holiday_weeks_are_those_of_the_land(released, use):
    def is_holiday(day):
        return SUMMER[0] <= day <= SUMMER[1] or AUTUMN[0] <= day <= AUTUMN[1]

    def utilisation(days):
        return 100 * sum(use.booked_on[day] for day in days) / sum(use.available_on[day] for day in days)

    # From published weeks alone.
    told = {week for (week,) in released.rows("select week_start from space_weeks where sign = ''")}
    days = [day for day in use.available_on if day - dt.timedelta(days=day.weekday()) in told]
    inside = [day for day in days if is_holiday(day)]
    outside = [day for day in days if not is_holiday(day)]
    ((low, high, *found),) = released.rows(
        "select low, high, inside, outside, difference, weeks_inside, weeks_outside from space_holiday_effect "
        "where comparison = 'school_holidays'"
    )

    assert found[:2] == [pytest.approx(utilisation(inside)), pytest.approx(utilisation(outside))]
    assert found[2] == pytest.approx(utilisation(inside) - utilisation(outside))
    weeks = [{day - dt.timedelta(days=day.weekday()) for day in some} for some in (inside, outside)]
    assert found[3:] == [len(weeks[0]), len(weeks[1])]
    assert low < found[2] < high


def test_s11_to_s15_are_decided(released):
    rows = released.rows(
        "select statement_id, verdict from statements where statement_id between 'S11' and 'S15' order by 1"
    )
    ratio = released.rows("select value from indicator_values where indicator_id = 'autumn_event_ratio' and sign = ''")

    assert rows == [
        ("S11", "agrees"),
        ("S12", "agrees"),
        ("S13", "agrees"),
        ("S14", "agrees" if ratio[0][0] > 1 else "differs"),
        ("S15", "agrees"),
    ]


def test_the_denominator_is_spelled_out(released):
    assert space(released)["denominator_de"] == (
        "7 Plätze, 131 Öffnungstage von 184 Kalendertagen, Mo–Fr 09:00–17:00 Uhr, an Feiertagen geschlossen: "
        "7.336 Platzstunden"
    )
    assert space(released)["denominator_en"].endswith("on public holidays closed: 7,336 seat-hours")


def test_the_towns_other_than_this_one_have_no_space(released):
    assert released.rows("select distinct sign from indicator_values where indicator_id = 'utilisation'") == [("",)]
