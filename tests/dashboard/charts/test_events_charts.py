"""Pictures of events: what is hidden, unknown or cancelled looks so; no headline tells more than is public."""

import re
from datetime import date

import polars as pl
import pytest

from dashboard import charts
from dashboard.charts.events import panels
from dashboard.words import event_words
from tests.dashboard.samples import event_sample, sample
from tests.dashboard.samples.event_sample import FEW, event

TOWNS = pl.DataFrame({"town_id": ["moelln", "diessen"], "name": ["Mölln", "Dießen"], "slot": [3, 1]})


def frame(*rows):
    named = [row | {"name": "Mölln", "slot": 3} for row in rows]
    columns = {**sample.schema("events"), "name": pl.String, "slot": pl.Int64}
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in named], schema=columns)


def marks(chart):
    """Every row that a chart draws, from all its data sets."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (event("moelln", "2023-03-20", "A", "talk", 12), "counted"),
        (event("moelln", "2023-03-20", "A", "talk", 0), "counted"),
        (event("moelln", "2023-03-20", "A", "talk", FEW), "few"),
        (event("moelln", "2023-03-20", "A", "talk", None), "unknown"),
        (event("moelln", "2023-03-20", "A", "talk", 12, status="cancelled"), "cancelled"),
    ],
)
def test_each_event_has_the_form_of_what_is_known_of_it(row, kind):
    drawn = marks(charts.event_timeline(frame(row), TOWNS, "de", "light"))

    assert charts.kind_of(row) == kind
    assert [one["kind"] for one in drawn if "kind" in one] == [kind]


def test_a_hidden_count_is_drawn_over_its_whole_range_and_nowhere_within():
    few = event("moelln", "2023-03-20", "A", "talk", FEW)
    many = event("moelln", "2023-03-21", "B", "talk", 60)

    drawn = {
        one["title"]: one
        for one in marks(charts.event_timeline(frame(few, many), TOWNS, "de", "light"))
        if "kind" in one
    }

    # 60 stands at three steps of 20 above the ground: 64 px for 60 visits.
    assert drawn["A"]["low"] - drawn["A"]["high"] == pytest.approx(3 * 64 / 60)
    assert drawn["B"]["at"] == pytest.approx(30)
    assert drawn["A"]["said"] == "20. März 2023 · unter 5 Besuche"


def test_towns_stand_in_the_given_order_and_one_without_events_says_so():
    chart = charts.event_timeline(frame(event("moelln", "2023-03-20", "A", "talk", 12)), TOWNS, "de", "light")

    names = [one for one in marks(chart) if "aside" in one]
    assert [one["name"] for one in names] == ["Mölln", "Dießen"]
    assert [one["aside"] for one in names] == ["", "keine Veranstaltung geliefert"]


def test_highlighting_a_town_lays_the_others_back_and_removes_none():
    events = frame(event("moelln", "2023-03-20", "A", "talk", 12), event("diessen", "2023-03-20", "B", "talk", 9))

    drawn = [one for one in marks(charts.event_timeline(events, TOWNS, "de", "light", "moelln")) if "kind" in one]

    assert {one["title"]: one["opacity"] for one in drawn} == {"A": 1.0, "B": 0.4}


def test_a_headline_counts_visits_as_a_range_where_one_is_hidden():
    rows = [("A", 12), ("B", FEW), ("C", None), ("D", FEW)]
    events = frame(*(event("moelln", "2023-03-20", name, "talk", attended) for name, attended in rows))

    assert event_words.finding(events, "Mölln", "de") == (
        "Mölln: 14 bis 20 Besuche an 3 gezählten Terminen, an 2 davon jeweils unter 5"
    )
    assert (
        event_words.finding(events.filter(title="A"), "", "en") == "All towns: 12 visits on one date that was counted"
    )
    assert "niemand gezählt" in event_words.finding(events.filter(title="C"), "Mölln", "de")


@pytest.mark.parametrize(
    ("attended", "says"),
    [
        ((64, 11, 0), "zu den übrigen je 0 bis 11"),
        ((64, FEW, FEW), "zu den übrigen je unter 5"),
        ((64, FEW, 11), "zu den übrigen je bis zu 11"),
        ((64, 9, 9), "zu den übrigen je 9"),
        ((12, 12, 5), "29 Besuche an 3 gezählten Terminen"),
        ((FEW, 3, FEW), "unter 5"),
    ],
)
def test_a_town_is_told_by_its_best_attended_event_where_there_is_one(attended, says):
    events = frame(*(event("moelln", "2023-03-20", str(place), "talk", one) for place, one in enumerate(attended)))

    said = event_words.town_finding(events, "Mölln", "de")

    assert says in said
    assert ("die meisten kamen" in said) == (attended[0] == 64)


def test_a_row_of_a_town_shows_seats_and_registrations_but_no_hidden_number():
    seen = event("moelln", "2023-03-20", "A", "talk", 12, capacity=40, registered=18)
    few = event("moelln", "2023-03-21", "B", "talk", FEW, capacity=30)
    out = event("moelln", "2023-03-22", "C", "talk", 7, status="cancelled", capacity=20)

    drawn = {one["name"]: one for one in marks(charts.event_rows(frame(seen, few, out), 3, "de", "light"))}

    assert [drawn["A"][name] for name in ("value", "p90", "p50", "label")] == [12.0, 40.0, 18.0, "12"]
    assert [drawn["B"][name] for name in ("value", "low", "high", "label")] == [None, 1.0, 4.0, "unter 5"]
    assert [drawn["C"][name] for name in ("value", "p90", "aside")] == [None, None, "abgesagt"]


def test_events_of_one_size_stand_above_each_other():
    events = frame(*(event("moelln", "2023-03-20", name, "talk", 12) for name in "ABC")).with_columns(
        member=pl.lit("Vortrag")
    )

    drawn = [one for one in marks(charts.event_strip(events, TOWNS, "member", "de", "light")) if "pile" in one]

    assert len({one["pile"] for one in drawn}) == 3


def test_on_a_telephone_a_pile_stays_beneath_its_name_and_within_its_row():
    events = frame(*(event("moelln", "2023-03-20", name, "talk", FEW) for name in "ABCDE"))
    chart = charts.event_strip(events.with_columns(member=pl.lit("Vortrag")), TOWNS, "member", "de", "light")
    chart.width = 340

    drawn = charts.svg(chart).decode()

    name = float(re.search(r"translate\(0,([\d.]+)\)[^>]*>Vortrag<", drawn)[1])
    bars = [
        (float(y), float(width) / 2)
        for y, width in re.findall(r'translate\([\d.]+,([\d.]+)\)"[^>]*stroke-width="([\d.]+)" stroke-linecap', drawn)
    ]
    assert len(bars) == 10
    assert min(y - half for y, half in bars) > name + 4  # how far letters reach beneath their line
    assert max(y + half for y, half in bars) < 62  # where the row ends


def test_on_a_telephone_a_towns_name_has_the_room_that_its_note_leaves():
    towns = TOWNS.with_columns(name=pl.Series(["Mölln", "Dießen am Ammersee"]))
    chart = charts.event_timeline(frame(event("diessen", "2023-03-20", "A", "talk", 12)), towns, "de", "light")
    chart.width = 345

    drawn = charts.svg(chart).decode()

    assert ">Dießen am Ammersee<" in drawn
    assert ">1 Termin, 12 Besuche<" in drawn


def test_lengths_show_both_ends():
    longer = event("moelln", "2023-03-20", "A", "talk", 12, planned_minutes=60.0, actual_minutes=120.0)

    drawn = next(one for one in marks(charts.durations(frame(longer), TOWNS, "de", "light")) if "p50" in one)

    assert [drawn[name] for name in ("p50", "value", "label", "note")] == [60.0, 120.0, "60 → 120", "Mölln"]


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        (date(2023, 3, 20), date(2023, 3, 24), 2),
        (date(2022, 5, 5), date(2023, 5, 30), 7),
        (date(2010, 1, 1), date(2023, 12, 31), 8),
    ],
)
def test_the_time_axis_has_few_labels_at_the_beginning_of_months(first, last, ticks):
    values = panels.months(first, last).to_dict()["axis"]["values"]

    assert len(values) == ticks
    assert {value["date"] for value in values} == {1}


def test_town_signs_name_each_town_with_its_shape():
    assert charts.town_signs(TOWNS) == "◆ Mölln, ● Dießen"


def test_a_text_alternative_says_every_event():
    events = frame(event("moelln", "2023-03-20", "A", "talk", FEW), event("moelln", "2023-03-21", "B", "talk", 9))

    said = event_words.describe_events(events, TOWNS, "en")

    assert "A (20 March 2023 · under 5 visits); B (21 March 2023 · 9 visits)" in said
    assert "Dießen: no event delivered." in said


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_of_the_sample_becomes_a_file(theme):
    events = frame(*(row for row in event_sample.events() if row["town_id"] in ("moelln", "diessen")))

    for chart in (
        charts.event_timeline(events, TOWNS, "de", theme),
        charts.event_rows(events, 3, "de", theme),
        charts.event_strip(events.with_columns(member="format_de"), TOWNS, "member", "de", theme),
    ):
        assert charts.svg(charts.sheet(chart, "Titel", "Untertitel", ["Fuß"])).startswith(b"<svg")
