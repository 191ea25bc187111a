"""The report's statements about events: the events it tells of agree, others differ, gaps decide nothing."""

import pytest

from tests.dbt import building
from tests.dbt.events.worlds import Row
from tests.dbt.test_ledger import TOWNS, verdicts

STATEMENTS = ("S05", "S06", "S07", "S08", "S14", "S17", "S18", "S22", "S23")


def deliveries():
    return [
        {"delivery_id": town["town_id"], "kind": "events", "town_id": town["town_id"], "title": "events",
         "producer": "Town", "licence": "CC0", "received": "2023-12-31", "is_synthetic": "true",
         "period_from": "2022-06-01", "period_to": "2022-12-31"}
        for town in TOWNS
    ]  # fmt: skip


def of(town, title, start, **rest) -> Row:
    return {"delivery_id": town, "event_key": f"{town} {title}", "title": title, "starts_at": start,
            "is_all_day": "false", "status": "confirmed", "row_origin": "report", **rest}  # fmt: skip


def theme_week(opening=72, others=(8, 3, 10, 7), venues=("hall", "shop", "club", "club", "hall")):
    visits = (opening, *others)
    return [
        of("moelln", f"day {day}", f"2022-09-2{day + 4}T18:00:00", attended=count, venue=venue,
           format="talk" if day else "opening")
        for day, (count, venue) in enumerate(zip(visits, venues, strict=True))
    ]  # fmt: skip


def trial(**rest):
    said = {"organisation_limit": 6, "attended": 8, "organisations": 6, "planned_minutes": 60, "actual_minutes": 120,
            "taken_up": 0} | rest  # fmt: skip
    return [of("wittenberge", "trial", "2023-01-19T10:00:00", format="trial_coworking", **said)]


def transfer_workshops(minutes=1440, towns=TOWNS):
    return [
        of(town["town_id"], "transfer", "2023-05-04T14:00:00", format="transfer_workshop", planned_minutes=minutes)
        for town in towns
    ]


def autumn(months):
    return [of("oestrich-winkel", f"event {n}", f"2022-{month:02}-{n % 28 + 1:02}T18:00:00")
            for n, month in enumerate(months)]  # fmt: skip


def citizen_workshops(*visits):
    return [of("diessen", f"workshop {n}", f"2022-1{n}-13T18:30:00", attended=count, format="workshop",
               target_group="citizens") for n, count in enumerate(visits)]  # fmt: skip


def decided(folder, *events):
    built = building.build(
        folder, towns=TOWNS, deliveries=deliveries(), events=[row for group in events for row in group]
    )
    assert built.result.ok, built.result.failures
    found = verdicts(built)
    return {name: found[name] for name in STATEMENTS}, built


@pytest.fixture(scope="module")
def as_reported(tmp_path_factory):
    # Mölln has another event at another place, in another month; Wittenberge another trial.
    elsewhere = [
        of("moelln", "reading", "2022-11-01T18:00:00", attended=90, venue="library", format="talk"),
        of("wittenberge", "another trial", "2023-03-01T10:00:00", attended=20, format="trial_coworking"),
    ]
    return decided(
        tmp_path_factory.mktemp("agrees"), theme_week(), trial(), transfer_workshops(), citizen_workshops(12, 3),
        autumn([6, 7, 8, 9, 10, 10, 10, 11, 11, 12]), elsewhere,
    )  # fmt: skip


def test_the_events_of_the_report_agree_with_it(as_reported):
    assert as_reported[0] == dict.fromkeys(STATEMENTS, "agrees")


def test_an_agreement_on_facts_of_the_report_is_no_sample(as_reported):
    _, built = as_reported

    assert built.rows("select distinct is_synthetic from statements where statement_id in ('S05', 'S06', 'S18')") == [
        (False,)
    ]


def test_the_evidence_shows_the_range(as_reported):
    _, built = as_reported

    assert built.rows(
        "select value, sign, interval_low, interval_high from statement_evidence "
        "where statement_id = 'S22' and indicator_id = 'event_visits'"
    ) == [(None, ".", 13, 16)]


def test_other_events_differ(tmp_path):
    found, _ = decided(
        tmp_path, theme_week(opening=9, others=(8, 3, 10, 7), venues=("hall", "shop", "shop", "shop", "hall")),
        trial(organisation_limit=8, attended=7, actual_minutes=60, taken_up=7), transfer_workshops(minutes=300),
        citizen_workshops(12, 30), autumn([6, 6, 7, 7, 8, 8, 10, 12]),
    )  # fmt: skip

    assert found == dict.fromkeys(STATEMENTS, "differs")


def test_gaps_and_hidden_numbers_decide_nothing(tmp_path):
    found, _ = decided(
        tmp_path, theme_week(others=(8, None, 10, 7)),
        trial(organisation_limit=None, organisations=None, actual_minutes=None, taken_up=3),
        transfer_workshops(towns=TOWNS[1:]), citizen_workshops(None, None), autumn([10, 11]),
    )  # fmt: skip

    # The theme week's venues are known all the same.
    assert found == dict.fromkeys(STATEMENTS, "not_computable") | {"S17": "agrees"}
