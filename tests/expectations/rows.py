"""Landing rows for tests of the gate: a test states only what it is about."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import polars as pl

from expectations.gate import GateContext, GateResult, run, run_all
from stadtlabor.readers import landing_tables

Delivery = tuple[Mapping[str, pl.DataFrame], GateContext]

TODAY = dt.date(2026, 11, 22)
TOWNS = {"01053090", "06439012", "09181114", "12070424", "14628060"}
KINDS = {"figures": "statistics", "peer_bands": "statistics", "holidays": "calendar"}

ORIGIN = {"delivery_id": "a-delivery", "file": "a.csv", "file_sha256": "0" * 64, "row_sha256": "1" * 64}
GOOD: Mapping[str, Mapping[str, str | None]] = {
    "figures": {
        "region_key": "01053090",
        "region_label": "Mölln",
        "source_figure": "population",
        "source_figure_label": "Bevölkerung",
        "attributes": "{}",
        "period": "2022-12-31",
        "value_text": "19469",
        "value": "19469",
        "sign": None,
        "unit": "persons",
        "unit_factor": "1",
        "quality": None,
        "figure": "population",
        "source": "Destatis, Gemeindeverzeichnis GV-ISys",
        "licence": "reproduction with attribution",
    },
    "holidays": {
        "holiday_id": "c4edf8bc-c7b6-4632-8b31-1dc25f10283b",
        "country": "DE",
        "start_date": "2022-07-25",
        "end_date": "2022-09-02",
        "holiday_type": "School",
        "regional_scope": "Regional",
        "name_de": "Sommerferien",
        "name_en": "Summer Holidays",
        "subdivisions": "HE",
        "tags": None,
        "comment_de": None,
        "comment_en": None,
    },
    "peer_bands": {
        "indicator_id": "out_commuter_share",
        "peer_group": "population_5000_to_20000",
        "period": "2015-06-30",
        "municipality_count": "2071",
        **{f"p{step}": str(step) for step in (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)},
        "tables": "13111-08-02-5",
    },
}
GOOD_SURVEY: Mapping[str, Mapping[str, str | None]] = {
    "responses": {
        "response_key": "aa01",
        "status": "completed",
        "status_reason": "Finished says so",
        "started_at": "2022-10-12T09:00:00",
        "submitted_at": "2022-10-12T09:06:30",
        "duration_seconds": "390",
        "last_page": "5",
        "language": "de",
    },
    "answers": {
        "response_key": "aa01",
        "question": "Q12",
        "subquestion": None,
        "cell": "40: Q12",
        "part": "1",
        "value": "45",
        "code": None,
        "answer_kind": "number",
    },
    "questions": {
        "question": "Q12",
        "subquestion": None,
        "position": "40",
        "question_text": "Wie viele Minuten brauchen Sie für einen Weg?",
        "subquestion_text": None,
        "question_type": "number",
        "options": "[]",
        "asked_if": None,
        "is_free_text": "false",
    },
}

GOOD_BOOKINGS: Mapping[str, Mapping[str, str | None]] = {
    "bookings": {
        "booking_key": "a" * 32,
        "key_source": "cobot",
        "match_key": "b" * 32,
        "space_id": "popup",
        "room_id": None,
        "resource_id": "desk-1",
        "resource_kind": "desk",
        "unit": "1",
        "units": "1",
        "user_pseudonym": "c" * 32,
        "status": "booked",
        "status_reason": "stands in the export",
        "is_block_out": "false",
        "purpose": "own_work",
        "starts_at_utc": "2022-09-05T07:00:00Z",
        "ends_at_utc": "2022-09-05T11:00:00Z",
        "created_at_utc": "2022-09-01T10:12:00Z",
        "modified_at_utc": None,
        "checked_in_at_utc": None,
        "checked_out_at_utc": None,
        "starts_at_text": "2022-09-05T07:00:00Z",
        "ends_at_text": "2022-09-05T11:00:00Z",
        "created_at_text": "01.09.2022 12:12",
        "time_note": None,
        "price": "0.00",
        "currency": "EUR",
        "tells_cancelled": "false",
        "tells_attendance": "false",
    }
}

_WHENCE = {"section": None, "source": "minutes of 3 March", "row_origin": "delivered"}
GOOD_JOURNAL: Mapping[str, Mapping[str, str | None]] = {
    "labs": {
        "lab_id": "labor",
        "town_id": "moelln",
        "title_de": "Werkstatt am Markt",
        "period_from": "2022-09-01",
        "period_to": "2022-09-30",
        "position": "1",
        **_WHENCE,
    },
    "lab_phases": {
        "lab_id": "labor",
        "town_id": "moelln",
        "phase": "transfer",
        "period_from": "2022-09-01",
        "period_to": None,
        "is_estimated": "false",
        **_WHENCE,
    },
    "lab_activities": {
        "activity_id": "abend",
        "lab_id": "labor",
        "town_id": "moelln",
        "kind": "event",
        "title_de": "Abend am Markt",
        "period_from": "2022-09-05",
        "period_to": "2022-09-05",
        **_WHENCE,
    },
    "learnings": {
        "learning_id": "stuehle",
        "lab_id": "labor",
        "town_id": "moelln",
        "theme": "events",
        "title_de": "Leere Stühle",
        "outcome": "partly",
        "again": "differently",
        "indicator_ids": "event_visits,event_fill",
        "position": "1",
        **_WHENCE,
    },
}

GOOD_EVENTS: Mapping[str, Mapping[str, str | None]] = {
    "events": {
        "event_key": "a" * 32,
        "event_uid": "themenwoche-1",
        "series_key": None,
        "title": "Eröffnung",
        "starts_at": "2023-01-16T18:00:00",
        "ends_at": "2023-01-16T20:00:00",
        "starts_at_utc": "2023-01-16T17:00:00Z",
        "ends_at_utc": "2023-01-16T19:00:00Z",
        "is_all_day": "false",
        "timezone": "Europe/Berlin",
        "time_note": None,
        "status": "confirmed",
        "venue_id": "bahnhof",
        "venue": "Bahnhof",
        "organiser_kind": "town",
        "format": "opening",
        "theme": "coworking",
        "target_group": "citizens",
        "capacity": "60",
        "registered": "40",
        "attended": "45",
        "walk_ins": "10",
        "organisations": None,
        "organisation_limit": None,
        "planned_minutes": "120",
        "actual_minutes": None,
        "cost_eur": "250.50",
        "price_eur": "0",
        "offered_takes": None,
        "taken_up": None,
        "row_origin": "delivered",
        "report_section": None,
        "note": None,
    },
    "registrations": {
        "registration_key": "b" * 32,
        "event_ref": "a" * 32,
        "person_pseudonym": "c" * 32,
        "organisation_pseudonym": None,
        "quantity": "1",
        "status": "registered",
        "is_walk_in": "false",
        "checked_in_at": "2023-01-16T17:05:00Z",
        "ordered_at": "2023-01-02T08:00:00Z",
        "product": "Eintritt",
    },
}

# The column that tells good rows of one table apart, so that they are no duplicates.
APART = {"figures": "source_figure", "holidays": "name_de", "peer_bands": "indicator_id"}


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A landing table of good rows with the given cells changed; lines count from 2, as below a header."""
    lines = itertools.count(2)
    known = {**GOOD, **GOOD_SURVEY, **GOOD_BOOKINGS, **GOOD_JOURNAL, **GOOD_EVENTS}
    records = [{**ORIGIN, "line": str(next(lines)), **known[table], **row} for row in rows]
    return pl.DataFrame(records, schema=dict.fromkeys(landing_tables.columns(table), pl.String))


def good(table: str, count: int) -> list[dict[str, str]]:
    """As many different good rows."""
    return [{APART[table]: f"other_{number}"} for number in range(count)]


def context(**changed: Any) -> GateContext:
    """The network's five towns, an official table, no period in the manifest."""
    given = {
        "delivery_id": "a-delivery",
        "town_keys": TOWNS,
        "format": "genesis-table",
        "period": None,
        "today": TODAY,
        "rejects": [],
    }
    return GateContext(**{**given, **changed})


def delivered(table: str, rows: Iterable[Mapping[str, Any]], **changed: Any) -> Delivery:
    """These rows among ten good ones, which keep the delivery from being refused."""
    return {table: frame(table, [*good(table, 10), *rows])}, context(**changed)


def gated(table: str, rows: Iterable[Mapping[str, Any]], **changed: Any) -> GateResult:
    """What the gate says to these rows among ten good ones."""
    return run(KINDS[table], *delivered(table, rows, **changed))


def heard(kind: str, cases: Sequence[Any], made: Callable[[Any], Delivery]) -> Callable[[Any], GateResult]:
    """What the gate says to each of these cases, a delivery each: all are checked when the first is asked for.

    Checked together they come out as each does alone; `test_together` holds that.
    """

    @cache
    def all_heard() -> list[GateResult]:
        return run_all(kind, [made(case) for case in cases])

    return lambda case: all_heard()[cases.index(case)]


def named(case: Sequence[Any]) -> str:
    """A case's name among those of its test: what it says in words, without its cells."""
    return "-".join(part for part in case if isinstance(part, str) and part)
