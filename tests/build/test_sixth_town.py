"""A sixth town is data: a line in towns.csv, and deliveries of a journal, of events and of a survey."""

import csv
import datetime as dt
import io

import duckdb
import polars as pl
import pytest

from stadtlabor.base.progress import Progress
from stadtlabor.build import releases
from stadtlabor.build.run import run_build
from tests.conftest import Network, figures

SIXTH = {
    "town_id": "neustadt", "ags": "01055032", "name": "Neustadt in Holstein", "slot": "6",
    "lab_de": "Werkstatt am Markt", "lab_en": "Workshop at the market",
}  # fmt: skip
LABS = (
    "Kennung;Titel;Was probiert wurde;Was herauskam;Was gelernt wurde;Von;Bis\n"
    "markt;Werkstatt am Markt;Ein leerer Laden zum Arbeiten;Viele schauten herein;Das Schaufenster hilft;"
    "01.03.2025;30.09.2025\n"
)
LESSONS = (
    "Labor;Thema;Titel;Was probiert wurde;Ausgang;Warum;Wieder;Rat an andere;Kennzahlen\n"
    "markt;Räume;Das Schaufenster;Arbeiten im Schaufenster;ja;Alle blieben stehen;ja;Licht an;"
    "events_held,coworking_interest_share\n"
)
ACTIVITIES = "Labor;Art;Titel;Ort;Von;Bis\nmarkt;Raum auf Zeit;Der Laden;Markt 1;März 2025;September 2025\n"
EVENTS = (
    "Titel;Datum;Uhrzeit von;Uhrzeit bis;Ort;Format;Angemeldet;Teilgenommen\n"
    "Eröffnung;06.03.2025;18:00;20:00;Laden;opening;40;31\n"
    "Sprechstunde;10.04.2025;16:00;18:00;Laden;meeting;;3\n"
    "Werkstatt;15.05.2025;18:00;21:00;Laden;workshop;;14\n"
)
QUESTION = "Würden Sie einen Co-Working-Space nutzen?"
SURVEY = """
  population: citizens
  questions:
    - question: Würden Sie einen Co-Working-Space nutzen?
      concept: coworking_interest
      answers: {ja: very, eher: rather, nein: not_at_all}
"""
OF_TOWN = {"town": "neustadt", "producer": "Stadt Neustadt", "licence": "CC BY 4.0", "received": "2025-11-03"}
PERIOD = "{from: 2025-03-01, to: 2025-09-30}"


def answers():
    """100 answers as Google Forms exports them: 40 yes, 20 rather, 40 no."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Zeitstempel", QUESTION])
    for number in range(100):
        moment = dt.datetime(2025, 5, 5, 8) + dt.timedelta(minutes=7 * number)
        answer = "ja" if number % 5 < 2 else "eher" if number % 5 == 2 else "nein"
        writer.writerow([f"{moment:%d.%m.%Y %H:%M:%S}", answer])
    return text.getvalue()


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    network = Network(tmp_path_factory.mktemp("six"))
    network.towns([{}, SIXTH])
    network.deliver("zahlen", {"figures.csv": figures({}, {"ags": SIXTH["ags"], "value": "15000"})})
    network.deliver(
        "neustadt-labor", {"labore.csv": LABS, "lernbuch.csv": LESSONS}, **OF_TOWN, kind="journal",
        journal="{source: Protokoll des Arbeitskreises}",
    )  # fmt: skip
    network.deliver("neustadt-aktivitaeten", {"taten.csv": ACTIVITIES}, **OF_TOWN, kind="journal",
                    journal="{source: Protokoll}")  # fmt: skip
    network.deliver("neustadt-termine", {"termine.csv": EVENTS}, **OF_TOWN, kind="events", period=PERIOD)
    network.deliver("neustadt-umfrage", {"antworten.csv": answers()}, **OF_TOWN, kind="survey", period=PERIOD,
                    survey=SURVEY)  # fmt: skip
    said = run_build(network.raw, network.warehouse, Progress())
    release = releases.current(network.warehouse)
    assert release is not None
    assert not said.refused
    held = [pl.read_parquet(path).height for path in network.warehouse.glob("landing/*/*/quarantine.parquet")]
    assert held == [0] * 5

    def query(text: str):
        with duckdb.connect(str(release.folder / "release.duckdb"), read_only=True) as connection:
            return connection.execute(text).fetchall()

    return query


def test_all_its_deliveries_are_let_in_whole(ask):
    assert ask("select kind, state from deliveries where town_id = 'neustadt' order by 1") == [
        ("events", "accepted"), ("journal", "accepted"), ("journal", "accepted"), ("survey", "accepted"),
    ]  # fmt: skip


def test_its_lab_is_told_with_activities_and_lessons(ask):
    assert ask("select lab_id, title_de, period_from, period_to, source, row_origin, is_synthetic from labs") == [
        ("neustadt.markt", "Werkstatt am Markt", dt.date(2025, 3, 1), dt.date(2025, 9, 30),
         "Protokoll des Arbeitskreises", "delivered", False)
    ]  # fmt: skip
    assert ask("select lab_id, kind_de, period_from, period_to from lab_activities") == [
        ("neustadt.markt", "Raum auf Zeit", dt.date(2025, 3, 1), dt.date(2025, 9, 30))
    ]
    assert ask("select title_de, theme_de, outcome_de, again_de, indicator_ids from learnings") == [
        (
            "Das Schaufenster",
            "Räume und Orte",
            "zustande gekommen",
            "gern wieder",
            "events_held,coworking_interest_share",
        )
    ]


def test_its_events_are_published_and_the_small_one_is_not(ask):
    assert ask("select title, attended, attended_sign, attended_low, attended_high from events order by starts_at") == [
        ("Eröffnung", 31, "", 31, 31), ("Sprechstunde", None, ".", 1, 4), ("Werkstatt", 14, "", 14, 14),
    ]  # fmt: skip


def test_its_numbers_stand_beside_those_of_the_others(ask):
    found = dict(
        ask(
            "select indicator_id, value from indicator_values where town_id = 'neustadt' and value is not null "
            "and breakdown = 'total' and indicator_id in ('events_held', 'coworking_interest_share', 'lab_months')"
        )
    )

    assert found == {"events_held": 3.0, "coworking_interest_share": 60.0, "lab_months": 7.0}
