"""Real calendars: one set of events in three formats, and a village calendar whose dates cannot all be known."""

import csv
import json

import pytest

from stadtlabor.files.raw import RawFile
from tests.readers.events.export import events_manifest, faults, read, rows

COERDE = {"coerde_events.ics": "ical-events", "coerde_events.json": "events-json", "coerde_events.csv": "events-table"}
YEAR = ("2026-08-01", "2027-07-31")


def coerde(shared_data, name):
    return read(RawFile(shared_data / "events" / name), COERDE[name], events_manifest(YEAR))


def test_one_set_of_events_gives_the_same_rows_in_three_formats(shared_data):
    found = [coerde(shared_data, name) for name in COERDE]

    assert [result.rejects for result in found] == [[], [], []]
    first, *others = [result.tables["events"].drop("line") for result in found]
    assert first.height == 143
    for other in others:
        assert other.equals(first)


def test_every_row_against_a_reading_with_the_standard_library_alone(shared_data):
    """Title, start, end and number of each event as the publisher's own list has them."""
    with (shared_data / "events" / "coerde_events.csv").open(encoding="utf-8", newline="") as stream:
        listed = list(csv.DictReader(stream))
    landed = rows(coerde(shared_data, "coerde_events.ics"))

    assert len({row["event_key"] for row in landed}) == len(listed)
    for row, one in zip(landed, listed, strict=True):
        assert (row["event_uid"], row["title"]) == (one["event_id"], one["title"])
        clock = one["start_time"] or "00:00"
        assert row["starts_at"] == f"{one['start_date']}T{clock}:00"
        if one["end_time"] and one["start_time"]:
            assert row["ends_at"] == f"{one['end_date']}T{one['end_time']}:00"
        assert (row["is_all_day"] == "true") == (not one["start_time"])


def test_the_publisher_s_inclusive_ends_are_found_out_and_said(shared_data):
    landed = {row["title"]: row for row in rows(coerde(shared_data, "coerde_events.ics"))}
    festival = next(row for title, row in landed.items() if title.startswith("44. KinderFilmFest"))

    assert (festival["starts_at"], festival["ends_at"]) == ("2026-10-25T00:00:00", "2026-11-02T00:00:00")
    notes = coerde(shared_data, "coerde_events.ics").notes
    assert any("line 1292" in note and "inclusively" in note for note in notes)


def test_lines_are_those_of_the_file(shared_data):
    text = (shared_data / "events" / "coerde_events.ics").read_text("utf-8").split("\n")

    assert all(
        text[int(row["line"]) - 1].strip() == "BEGIN:VEVENT" for row in rows(coerde(shared_data, "coerde_events.ics"))
    )


@pytest.mark.parametrize("name", COERDE)
def test_organisers_addresses_and_descriptions_do_not_come_in(shared_data, name):
    listed = json.loads((shared_data / "events" / "coerde_events.json").read_text("utf-8"))["events"]
    titles = " ".join(one["title"] + one["location_name"] for one in listed)
    kept = str(
        [{key: value for key, value in row.items() if key != "event_uid"} for row in rows(coerde(shared_data, name))]
    )

    for one in listed:
        for part in ("organizer", "address", "short_description"):
            if one[part] and one[part] not in titles:
                assert one[part] not in kept


def test_a_month_alone_is_no_date(shared_data):
    result = read(RawFile(shared_data / "events" / "wollbach_termine_2019.csv"), "events-table",
                  events_manifest(("2019-01-01", "2019-12-31")))  # fmt: skip

    assert faults(result) == [(28, "day_unknown")]
    assert len(rows(result)) == 49
    several = {row["title"]: (row["starts_at"], row["ends_at"]) for row in rows(result)}
    assert several["Budenfest Kandern"] == ("2019-11-07T00:00:00", "2019-11-10T00:00:00")


def test_month_and_day_without_a_year_are_known_only_where_the_manifest_gives_it(shared_data):
    file = RawFile(shared_data / "events" / "wollbach_termine_2020.csv")
    period = ("2020-01-01", "2020-12-31")
    unknown = read(file, "events-table", events_manifest(period))
    known = read(file, "events-table", events_manifest(period, times={"year": 2020}))

    assert rows(unknown) == []
    assert {reason for _, reason in faults(unknown)} == {"year_unknown"}
    # 10 May 2020 was no Thursday.
    assert faults(known) == [(27, "weekday_contradicts")]
    assert len(rows(known)) == len(unknown.rejects) - 1 == 57
    fair = next(row for row in rows(known) if row["title"] == "Budenfest Kandern")
    assert (fair["starts_at"], fair["ends_at"]) == ("2020-09-12T00:00:00", "2020-09-15T00:00:00")
