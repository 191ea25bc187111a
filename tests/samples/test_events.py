"""The sample events and the sample journal: reproducible, marked row by row, shaped by the report, faults planted."""

from collections import Counter

import polars as pl
import pytest

from stadtlabor import samples
from stadtlabor.base.fingerprint import FileHashes
from stadtlabor.intake import verdict
from stadtlabor.intake.reading import read as read_delivery
from stadtlabor.manifest.delivered import find
from stadtlabor.samples import SEED, events, lab_journal

TOWNS = frozenset({"diessen", "dippoldiswalde", "moelln", "oestrich-winkel", "wittenberge"})
MOELLN, WITTENBERGE, DIESSEN, DIPPOLDISWALDE, OESTRICH = (
    "moelln-themenwoche-2022",
    "wittenberge-veranstaltungen-2022",
    "diessen-veranstaltungen-2022",
    "dippoldiswalde-veranstaltungen-2023",
    "oestrich-winkel-veranstaltungen-2022",
)
FORMATS = {
    MOELLN: {"ical-events", "pretix", "source.yml"},
    WITTENBERGE: {"events-table", "source.yml"},
    DIESSEN: {"events-table", "source.yml"},
    DIPPOLDISWALDE: {"events-json"},
    OESTRICH: {"events-table", "eventbrite", "source.yml"},
    lab_journal.DELIVERY: {"journal"},
}
PLANTED = {
    MOELLN: {"zone_unknown": 1},
    WITTENBERGE: {"day_unknown": 1},
    DIESSEN: {"not_a_time": 1},
    DIPPOLDISWALDE: {},
    OESTRICH: {"not_a_time": 1},
    lab_journal.DELIVERY: {"year_unknown": 1},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("events")
    events.generate(folder, SEED)
    lab_journal.generate(folder)
    return folder


@pytest.fixture(scope="module")
def outcome(made, tmp_path_factory):
    """Reading and gate's answer of each delivery."""
    known = FileHashes(tmp_path_factory.mktemp("hashes") / "hashes.json")
    read = {one.name: (one, read_delivery(one)) for one in find(made, known)}
    return {name: (reading, verdict.gate(one, reading, set(), TOWNS)) for name, (one, reading) in read.items()}


def accepted(outcome, delivery):
    return outcome[delivery][1].accepted["events"]


def bytes_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_others(made, tmp_path):
    events.generate(tmp_path / "same", SEED)
    lab_journal.generate(tmp_path / "same")
    events.generate(tmp_path / "other", 7)
    again, other = bytes_below(tmp_path / "same"), bytes_below(tmp_path / "other")

    assert again == bytes_below(made)
    assert {name for name in other if other[name] != again[name] and "checkin" in name}
    assert other[f"{OESTRICH}/Termine im Co-Working.csv"] != again[f"{OESTRICH}/Termine im Co-Working.csv"]


def test_they_are_made_with_all_the_others(made, tmp_path):
    samples.generate(tmp_path, SEED)

    assert bytes_below(made).items() <= bytes_below(tmp_path).items()


@pytest.mark.parametrize("delivery", FORMATS)
def test_each_delivery_is_of_its_tools_and_let_in(outcome, delivery):
    reading, gated = outcome[delivery]

    assert set(reading.formats) == FORMATS[delivery]
    assert gated.summary["refused"] is None


@pytest.mark.parametrize("delivery", FORMATS)
def test_just_the_planted_faults_are_found(outcome, delivery):
    assert Counter(outcome[delivery][1].quarantine["reason"]) == PLANTED[delivery]


@pytest.mark.parametrize("delivery", FORMATS)
def test_every_file_says_that_it_is_made_up(made, delivery):
    text = (made / delivery / "source.yml").read_text("utf-8")

    assert "synthetic: true" in text
    assert "Beispieldaten: " in text


def test_only_what_the_report_counts_is_the_report_s(outcome):
    every = pl.concat([accepted(outcome, name) for name in FORMATS if name != lab_journal.DELIVERY])

    assert every.filter(row_origin="report")["title"].to_list() == ["Schnupper-Co-Working: Marketing-Trends 2023"]
    assert set(every["row_origin"]) == {"report", "synthetic"}
    # The one without a section is a fault put in by hand.
    assert every.filter(pl.col("report_section").is_null())["title"].to_list() == ["Frühstück im Co-Working"]


def test_the_trial_co_working_is_the_report_s(outcome):
    columns = ("attended", "organisations", "organisation_limit", "planned_minutes", "actual_minutes", "taken_up")
    trial = accepted(outcome, WITTENBERGE).filter(format="trial_coworking")

    assert trial.select(columns).rows() == [("8", "6", "6", "60", "120", "0")]
    assert trial["starts_at"].str.head(7).to_list() == ["2023-01"]
    # How many had registered the report does not say.
    assert trial["registered"].to_list() == [None]


def test_the_opening_of_the_theme_week_is_well_attended_and_the_rest_is_not(outcome):
    rows = outcome[MOELLN][1].accepted
    named = accepted(outcome, MOELLN).select("event_key", "title", "venue_id", "format")
    present = (
        rows["registrations"]
        .filter(pl.col("checked_in_at").is_not_null() & (pl.col("checked_in_at") != "no"))
        .group_by(event_key="event_ref")
        .len()
    )
    visits = dict(named.join(present, on="event_key").select("title", "len").rows())

    assert visits == {
        "Auftakt der Themenwoche": 72, "Neue Arbeitswelten": 8, "Co-Working-Spaces": 3, "E-Sport": 10,
        "Lerninseln und Dritte Orte": 7,
    }  # fmt: skip
    week = named.filter(pl.col("format") != "transfer_workshop")
    assert week["venue_id"].n_unique() == 3


def test_two_citizen_workshops_with_few_guests(outcome):
    rows = accepted(outcome, DIESSEN).filter(format="workshop")

    assert (rows.height, rows["attended"].cast(pl.Int64).max() < 15) == (2, True)


def test_most_events_of_the_space_are_in_october_and_november(outcome):
    months = Counter(accepted(outcome, OESTRICH)["starts_at"].str.head(7).to_list())

    assert {month for month, _ in months.most_common(2)} == {"2022-10", "2022-11"}


def test_a_ticket_given_back_is_no_registration(outcome):
    states = Counter(outcome[OESTRICH][1].accepted["registrations"]["status"])

    assert states == {"registered": 27 + 32, "refunded": 2}


def test_each_town_held_one_transfer_workshop_of_a_day(outcome):
    for delivery in (MOELLN, WITTENBERGE, DIESSEN, DIPPOLDISWALDE, OESTRICH):
        rows = accepted(outcome, delivery).filter(format="transfer_workshop")
        assert rows.select("planned_minutes", "report_section").rows()[0][0] == "1440"
        assert rows.height == 1


def test_nobody_s_name_or_address_is_kept(outcome):
    for _, gated in outcome.values():
        for rows in gated.accepted.values():
            text = rows.write_csv()
            assert "@" not in text
            assert "Muster" not in text
