"""Calendars: the anchors of Oestrich-Winkel, holidays per Land, closures, clock changes; against counting minutes."""

import csv
import datetime as dt
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from stadtlabor.base import places
from stadtlabor.landing import calendars, space_landing
from stadtlabor.landing.calendars import Covered
from stadtlabor.manifest import source
from stadtlabor.manifest.space_section import WEEKDAYS, OpeningHours, Space
from stadtlabor.manifest.towns import load as load_towns
from stadtlabor.readers import landing_tables

D = dt.date
HALF_YEAR = (D(2022, 6, 21), D(2022, 12, 21))
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
SHARED = places.PROJECT.parent / "shared" / "data" / "holidays"


def space(**fields):
    base = {
        "id": "popup", "name": "Pop-up", "desks": [{"id": "desk", "name": "Desk", "capacity": [{"units": 7}]}],
        "opening_hours": [{"weekdays": WORKDAYS, "opens": "09:00", "closes": "17:00"}],
    }  # fmt: skip
    return Space.model_validate({**base, **fields})


def days_of(one, land="HE", *periods):
    covered = [Covered(one, land, list(periods) or [HALF_YEAR])]
    return calendars.calendar_days(covered, calendars.openings(covered))


def on(days, day):
    return days.filter(pl.col("day") == day).row(0, named=True)


def test_anchors_of_oestrich_winkel():
    days = days_of(space())

    assert days.height == 184
    assert (days["weekday"] <= 5).sum() == 132
    assert (days["state"] == "open").sum() == 131
    assert days["desk_count"].sum() == 917
    assert days["desk_minutes"].sum() == 917 * 8 * 60
    assert on(days, D(2022, 10, 3))["public_holiday"] == "Tag der Deutschen Einheit"
    assert on(days, D(2022, 10, 3))["state"] == "public_holiday"


def test_a_space_open_on_holidays_has_132_days():
    assert (days_of(space(public_holidays="open"))["state"] == "open").sum() == 132


@pytest.mark.parametrize(
    ("land", "catholic", "holidays"),
    [
        ("HE", False, {D(2022, 10, 3)}),
        ("BB", False, {D(2022, 10, 3), D(2022, 10, 31)}),
        ("SN", False, {D(2022, 10, 3), D(2022, 10, 31), D(2022, 11, 16)}),
        ("SH", False, {D(2022, 10, 3), D(2022, 10, 31)}),
        ("BY", False, {D(2022, 10, 3), D(2022, 11, 1)}),
        ("BY", True, {D(2022, 8, 15), D(2022, 10, 3), D(2022, 11, 1)}),
    ],
)
def test_public_holidays_of_the_five_laender(land, catholic, holidays):
    days = days_of(space(catholic_holidays=catholic), land)

    assert set(days.filter(pl.col("state") == "public_holiday")["day"]) == holidays


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real holiday files are not there")
def test_public_holidays_agree_with_openholidays():
    with (SHARED / "openholidays_public_de.csv").open(encoding="utf-8-sig") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter=";") if row["Type"] == "Public" and not row["Tags"]]
    for land in ("BB", "BY", "HE", "SH", "SN"):
        known = {
            D.fromisoformat(row["StartDate"]) for row in rows
            if (not row["Subdivisions"] or land in row["Subdivisions"].split(","))
            and "2021" <= row["StartDate"][:4] <= "2026"
        }  # fmt: skip
        ours = {one.day for year in range(2021, 2027) for one in calendars.public_holidays(land, year)}
        # Corpus Christi in some communities of Saxony is ours alone.
        local = {
            one.day for year in range(2021, 2027) for one in calendars.public_holidays("SN", year) if one.is_catholic
        }
        assert ours ^ known == (local if land == "SN" else set()), land


def test_closures_of_days_and_of_hours():
    closed = [
        {"from": "2022-08-01", "to": "2022-08-05", "reason": "Betriebsferien"},
        {"from": "2022-09-07", "to": "2022-09-07", "reason": "Wartung", "begins": "12:00", "ends": "13:30"},
        {"from": "2022-09-08", "to": "2022-09-08", "reason": "Wartung", "begins": "16:00", "ends": "18:00"},
    ]
    days = days_of(space(closures=closed))

    assert (days["state"] == "open").sum() == 126
    assert on(days, D(2022, 8, 3))["closure"] == "Betriebsferien"
    assert on(days, D(2022, 8, 3))["state"] == "closure"
    assert on(days, D(2022, 9, 7))["open_minutes"] == 480 - 90
    assert on(days, D(2022, 9, 8))["open_minutes"] == 480 - 60


def test_desks_over_time_and_rooms_with_hours_of_their_own():
    one = space(
        rooms=[{"id": "hall", "name": "Hall"}],
        desks=[
            {"id": "desk", "name": "Desk", "capacity": [
                {"units": 4, "valid_to": "2022-08-31"}, {"units": 7, "valid_from": "2022-09-01"}]},
            {"id": "late", "name": "Late desk", "room": "hall"},
            {"id": "table", "name": "Table", "kind": "table"},
        ],
        opening_hours=[
            {"weekdays": WORKDAYS, "opens": "09:00", "closes": "17:00", "valid_to": "2022-10-31"},
            {"weekdays": WORKDAYS, "opens": "10:00", "closes": "16:00", "valid_from": "2022-11-01"},
            {"weekdays": [*WORKDAYS, "sat"], "opens": "12:00", "closes": "20:00", "room": "hall"},
        ],
    )  # fmt: skip
    days = days_of(one)

    assert [on(days, D(2022, month, day))["desk_count"] for month, day in ((8, 31), (9, 1), (9, 3))] == [5, 8, 1]
    assert on(days, D(2022, 9, 1))["desk_minutes"] == 7 * 480 + 480
    assert on(days, D(2022, 9, 1))["open_minutes"] == 11 * 60
    assert on(days, D(2022, 11, 2))["desk_minutes"] == 7 * 360 + 480


def test_nights_with_a_clock_change_have_23_and_25_hours():
    always = space(opening_hours=[{"weekdays": list(WEEKDAYS), "opens": "00:00", "closes": "24:00"}])
    days = days_of(always, "HE", (D(2022, 3, 26), D(2022, 3, 28)), (D(2022, 10, 29), D(2022, 10, 31)))

    assert days["open_minutes"].to_list() == [1440, 23 * 60, 1440, 1440, 25 * 60, 1440]


def test_hours_that_begin_or_end_in_the_hour_clocks_skip():
    """Between 02:00 and 03:00 nothing is: who opens or closes in it opens or closes at the change."""
    for opens, closes, minutes in (("00:30", "02:30", 90), ("02:15", "05:00", 120), ("02:10", "02:50", 0)):
        night = space(opening_hours=[{"weekdays": ["sun"], "opens": opens, "closes": closes}])
        (row,) = days_of(night, "HE", (D(2022, 3, 27), D(2022, 3, 27))).iter_rows(named=True)
        assert row["open_minutes"] == minutes, opens


def test_hours_over_midnight_belong_to_the_day_they_begin_on():
    late = space(opening_hours=[{"weekdays": ["sat"], "opens": "22:00", "closes": "04:00"}])
    covered = [Covered(late, "HE", [(D(2022, 10, 29), D(2022, 10, 30))])]

    (row,) = calendars.openings(covered).iter_rows(named=True)
    assert (row["day"], row["minutes"]) == (D(2022, 10, 29), 7 * 60)
    assert (row["opens_at_utc"], row["closes_at_utc"]) == (dt.datetime(2022, 10, 29, 20), dt.datetime(2022, 10, 30, 3))


def test_days_without_a_delivery_are_no_days():
    days = days_of(
        space(), "HE", (D(2022, 7, 1), D(2022, 7, 3)), (D(2022, 7, 2), D(2022, 7, 4)), (D(2022, 8, 1), D(2022, 8, 1))
    )

    assert days["day"].to_list() == [D(2022, 7, 1), D(2022, 7, 2), D(2022, 7, 3), D(2022, 7, 4), D(2022, 8, 1)]


# An oracle that knows nothing of intervals: it looks at the clock on the wall once every minute that passes.
ZONE = ZoneInfo("Europe/Berlin")


def minutes_open(one, day, land):
    """Minutes of true time at which the space is open by hours that begin on `day`, asked minute by minute."""
    if any(h.day == day and not h.is_catholic for h in calendars.public_holidays(land, day.year)):
        return 0
    if any(c.begins is None and c.first <= day <= c.last for c in one.closures):
        return 0
    count, moment = 0, dt.datetime.combine(day, dt.time(), ZONE).astimezone(dt.UTC)
    for _ in range(60 * 49):
        wall = moment.astimezone(ZONE)
        minute = (wall.date() - day).days * 1440 + wall.hour * 60 + wall.minute
        closed = any(
            c.begins is not None and c.first <= day <= c.last
            and int(c.begins[:2]) * 60 + int(c.begins[3:]) <= minute < int(c.ends[:2]) * 60 + int(c.ends[3:])
            for c in one.closures
        )  # fmt: skip
        if not closed:
            for hours in one.opening_hours:
                begin, end = hours.minutes
                count += WEEKDAYS[day.weekday()] in hours.weekdays and begin <= minute < end
        moment += dt.timedelta(minutes=1)
    return count


@st.composite
def spaces(draw):
    first = draw(st.sampled_from([D(2022, 3, 24), D(2022, 10, 27), D(2022, 6, 20), D(2023, 12, 24)]))
    # On the wall, a quarter past two comes twice when clocks are set back: hours that begin or end then mean nothing.
    clock = st.sampled_from([0, 1, 3, 8, 9, 12, 17, 22, 23] + ([2] if first.month != 10 else []))
    opens, closes = draw(st.tuples(clock, clock).filter(lambda pair: pair[0] != pair[1]))
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True))
    closures = draw(
        st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2), st.one_of(st.none(), st.integers(3, 22))), max_size=2)
    )
    made = []
    for after, length, begins in closures:
        entry = {"from": first + dt.timedelta(after), "to": first + dt.timedelta(after + length), "reason": "zu"}
        if begins is not None:
            entry |= {"begins": f"{begins:02}:30", "ends": f"{begins + 1:02}:15"}
        made.append(entry)
    hours = [{"weekdays": weekdays, "opens": f"{opens:02}:30", "closes": f"{closes:02}:30"}]
    return space(opening_hours=hours, closures=made), first


@given(spaces())
@settings(max_examples=60, deadline=None)
def test_open_minutes_are_those_counted_on_the_wall_clock(drawn):
    one, first = drawn
    days = days_of(one, "HE", (first, first + dt.timedelta(days=6)))

    for row in days.iter_rows(named=True):
        assert row["open_minutes"] == minutes_open(one, row["day"], "HE"), row


def bookings_manifest(**fields):
    base = {
        "id": "popup-bookings", "kind": "bookings", "town": "oestrich-winkel", "title": "T", "producer": "P",
        "licence": "L", "received": D(2023, 1, 1), "synthetic": True, "files": [{"name": "a.csv"}],
        "period": {"from": HALF_YEAR[0], "to": HALF_YEAR[1]}, "bookings": {"spaces": [space()]},
    }  # fmt: skip
    return source.Manifest.model_validate({**base, **fields})


@pytest.fixture(scope="module")
def towns():
    return load_towns(places.PROJECT / "raw" / "towns.csv")


def test_tables_of_a_space_delivered_twice(towns):
    """The later description counts, the days of both deliveries do."""
    autumn = {"from": "2022-12-20", "to": "2023-01-31"}
    later = bookings_manifest(
        id="later", received=D(2023, 3, 1), period=autumn, bookings={"spaces": [space(name="Later")]}
    )
    made = space_landing.tables([later, bookings_manifest()], towns)

    assert made["spaces"].select("space_id", "name", "land", "period_from", "period_to").rows() == [
        ("popup", "Later", "HE", "2022-06-21", "2023-01-31")
    ]
    assert made["space_periods"].height == 2
    assert made["desks"]["desk_id"].to_list() == [f"desk-{n}" for n in range(1, 8)]
    assert made["calendar_days"].height == 184 + 41
    assert made["opening_hours"]["weekday"].to_list() == ["1", "2", "3", "4", "5"]
    assert {"HE"} == set(made["public_holidays"]["land"])


def test_tables_exist_and_are_text_where_nothing_is_delivered(towns):
    made = space_landing.tables([], towns)

    for name, columns in space_landing.TABLES.items():
        assert made[name].height == 0
        assert made[name].schema == dict.fromkeys(columns, pl.String), name
    assert not set(space_landing.TABLES) & set(landing_tables.TABLES)


def test_every_table_has_its_columns_as_text(towns):
    one = space(
        closures=[{"from": "2022-08-01", "to": "2022-08-02", "reason": "zu"}], tariff=[{"per": "day", "price_eur": 0}]
    )
    made = space_landing.tables([bookings_manifest(bookings={"spaces": [one]})], towns)

    for name, columns in space_landing.TABLES.items():
        assert made[name].schema == dict.fromkeys(columns, pl.String), name
        # Nothing serves yet.
        assert (made[name].height > 0) == (not name.startswith("previous_")), name
    assert made["calendar_openings"]["opens_at_utc"][0] == "2022-06-21T07:00:00Z"
    assert made["tariffs"]["price_eur"].to_list() == ["0"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"timezone": "Europe/Kleinstadt"}, "no time zone"),
        ({"opening_hours": [{"weekdays": ["mon"], "opens": "09:00", "closes": "09:00"}]}, "is no time"),
        ({"opening_hours": [{"weekdays": ["mon"], "opens": "08:00", "closes": "12:00"},
                            {"weekdays": ["mon", "tue"], "opens": "11:00", "closes": "13:00"}]}, "overlap"),
        ({"opening_hours": [{"weekdays": ["sun"], "opens": "22:00", "closes": "03:00"},
                            {"weekdays": ["mon"], "opens": "02:00", "closes": "05:00"}]}, "overlap"),
        ({"desks": [{"id": "a", "name": "A", "room": "hall"}]}, "no room 'hall'"),
        ({"desks": [{"id": "a", "name": "A"}, {"id": "b", "name": "a "}]}, "given twice"),
        ({"desks": [{"id": "a", "name": "A", "capacity": [{"units": 1}, {"units": 2, "valid_from": "2022-01-01"}]}]},
         "twice for the same day"),
        ({"closures": [{"from": "2022-08-02", "to": "2022-08-01", "reason": "x"}]}, "lies before"),
        ({"closures": [{"from": "2022-08-02", "to": "2022-08-02", "reason": "x", "begins": "10:00"}]}, "give both"),
    ],
)  # fmt: skip
def test_a_space_that_contradicts_itself_is_refused(fields, said):
    with pytest.raises(ValueError, match=said):
        space(**fields)


@pytest.mark.parametrize("missing", ["bookings", "town", "period"])
def test_a_delivery_of_bookings_needs_its_parts(missing):
    with pytest.raises(ValueError, match=f"needs the field '{missing}'"):
        bookings_manifest(**{missing: None})


def test_desks_of_the_same_name_in_two_spaces_are_told_apart():
    two = [space(), space(id="second", name="Second")]
    with pytest.raises(ValueError, match="tell the spaces apart"):
        bookings_manifest(bookings={"spaces": two})

    apart = [space(written=["Pop-up"]), space(id="second", name="Second", written=["Zweiter"])]
    assert bookings_manifest(bookings={"spaces": apart}).bookings is not None


# The school holidays that are delivered with the project.
SCHOOL = places.PROJECT / "raw" / "school-holidays" / "school_holidays.csv"


def school_days(land):
    found = set()
    with SCHOOL.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            day = D.fromisoformat(row["start"])
            while row["land"] == land and day <= D.fromisoformat(row["end"]):
                found.add(day)
                day += dt.timedelta(days=1)
    return found


def test_school_holidays_of_hesse_in_the_half_year():
    inside = {day for day in school_days("HE") if HALF_YEAR[0] <= day <= HALF_YEAR[1]}
    summer = {D(2022, 7, 25) + dt.timedelta(n) for n in range(40)}
    autumn = {D(2022, 10, 24) + dt.timedelta(n) for n in range(6)}

    assert inside == summer | autumn
    assert (max(summer), max(autumn)) == (D(2022, 9, 2), D(2022, 10, 29))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real holiday files are not there")
@pytest.mark.parametrize("land", ["BB", "BY", "HE", "SH", "SN"])
def test_school_holidays_agree_with_openholidays(land):
    """Weekdays of 2021 to 2027, without the islands of Schleswig-Holstein and without Augsburg."""
    known = set()
    with (SHARED / f"openholidays_school_de_{land.lower()}.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            if row.get("Tags") or row["Subdivisions"] != land:
                continue
            day = D.fromisoformat(row["StartDate"])
            while day <= D.fromisoformat(row["EndDate"] or row["StartDate"]):
                known.add(day)
                day += dt.timedelta(days=1)
    counted = {day for day in school_days(land) ^ known if 2021 <= day.year <= 2027 and day.weekday() < 5}

    # The free Friday after Ascension Day 2021 is missing there; the row says so.
    assert counted == ({D(2021, 5, 14)} if land == "SN" else set())


def test_hours_may_be_written_with_one_digit():
    hours = OpeningHours.model_validate({"weekdays": ["mon"], "opens": "9:00", "closes": "17:00"})

    assert (hours.opens, hours.minutes) == ("09:00", (540, 1020))


@pytest.mark.parametrize("written", ["9 Uhr", "25:00", "24:30", "9.00", 540, None])
def test_what_is_no_time_of_day_is_said_in_a_sentence(written):
    with pytest.raises(ValidationError, match="a time of day is written as 09:00, from 00:00 to 24:00"):
        OpeningHours.model_validate({"weekdays": ["mon"], "opens": written, "closes": "17:00"})
