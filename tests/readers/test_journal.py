"""Lab journals: tables filled in by hand, German or English, as CSV or as sheets of one workbook."""

import datetime as dt

import polars as pl
import pytest
import xlsxwriter

from stadtlabor.base.errors import DeliveryError
from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.source_yml import source_yml
from stadtlabor.manifest.source import Manifest, load
from stadtlabor.readers.journal import journal_tables
from stadtlabor.readers.registry import recognise

LEARNINGS = (
    "Kennung;Labor;Thema;Titel;Was probiert wurde;Ausgang;Warum;Wieder;Rat an andere;Kennzahlen;Abschnitt\n"
    "aepfel;Labor;Beteiligung;Ein Apfel mit Code;Äpfel am Zug;Ja;Viele antworteten;gern wieder;Nachmachen;"
    "survey_completed, employer_share;3.5\n"
)
ACTIVITIES = "Labor;Art;Titel;Ort;Von;Bis\n"


def described(**fields):
    base = {
        "id": "j", "kind": "journal", "title": "T", "producer": "Stadt", "licence": "CC0", "synthetic": False,
        "received": dt.date(2026, 1, 1), "files": [{"name": "table.csv"}], "town": "moelln",
    }  # fmt: skip
    return Manifest.model_validate({**base, **fields})


def rows_of(file, table, manifest=None):
    return journal_tables.READER.read(file, manifest).tables[table].to_dicts()


def test_a_german_table_of_lessons_with_its_fixed_words(deliver):
    row = rows_of(deliver(LEARNINGS), "learnings", described())[0]

    assert row == {
        "line": "2", "learning_id": "aepfel", "lab_id": "labor", "town_id": "moelln", "theme": "participation",
        "title_de": "Ein Apfel mit Code", "title_en": None, "tried_de": "Äpfel am Zug", "tried_en": None,
        "outcome": "came_about", "why_de": "Viele antworteten", "why_en": None, "again": "yes",
        "advice_de": "Nachmachen", "advice_en": None, "indicator_ids": "survey_completed, employer_share",
        "section": "3.5", "source": None, "row_origin": "delivered", "position": "1",
    }  # fmt: skip


def test_an_english_table_of_labs_in_two_languages(deliver):
    text = (
        "title_de,title_en,tried_de,tried_en,outcome_de,outcome_en,learned_de,learned_en,from,to,source\n"
        "Markt,Market,a,b,c,d,e,f,2022-06,2022,minutes\n"
    )
    row = rows_of(deliver(text), "labs", described())[0]

    assert (row["lab_id"], row["title_en"], row["learned_en"]) == ("markt", "Market", "f")
    assert (row["period_from"], row["period_to"], row["source"]) == ("2022-06-01", "2022-12-31", "minutes")


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ("05.09.2022", "", ("2022-09-05", "2022-09-05")),
        ("2022-09-05", "7.9.2022", ("2022-09-05", "2022-09-07")),
        ("September 2022", "", ("2022-09-01", "2022-09-30")),
        ("02/2024", "", ("2024-02-01", "2024-02-29")),
        ("2022", "", ("2022-01-01", "2022-12-31")),
        ("", "", (None, None)),
        ("", "2022-10", (None, "2022-10-31")),
    ],
)
def test_days_months_and_years(deliver, begins, ends, expected):
    row = rows_of(deliver(f"{ACTIVITIES}labor;Werkstatt;Abend;Rathaus;{begins};{ends}\n"), "lab_activities")[0]

    assert (row["period_from"], row["period_to"]) == expected


def test_a_lab_and_a_phase_without_an_end_stay_open(deliver):
    row = rows_of(deliver("Labor;Phase;Von;Bis;Geschätzt\nlabor;Verdichtung;2022-09-05;;ja\n"), "lab_phases")[0]

    assert (row["phase"], row["period_from"], row["period_to"]) == ("consolidation", "2022-09-05", None)
    assert row["is_estimated"] == "true"


@pytest.mark.parametrize(
    ("written", "expected"), [("ja", "true"), ("X", "true"), ("nein", "false"), ("", "false"), ("wohl", "wohl")]
)
def test_whether_a_period_is_estimated(deliver, written, expected):
    row = rows_of(deliver(f"Labor;Phase;Von;Geschätzt\nlabor;Transfer;2022;{written}\n"), "lab_phases")[0]

    assert row["is_estimated"] == expected


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Mai", "year_unknown"),
        ("05.09.", "year_unknown"),
        ("31.02.2022", "not_a_date"),
        ("13/2022", "not_a_date"),
        ("bald", "not_a_date"),
    ],
)
def test_a_day_that_cannot_be_known_sets_the_entry_aside(deliver, written, reason):
    result = journal_tables.READER.read(deliver(f"{ACTIVITIES}labor;Werkstatt;Abend;;{written};\nlabor;Treffen;B;;;\n"))

    assert [(one.line, one.column, one.reason) for one in result.rejects] == [(2, "Von", reason)]
    assert result.tables["lab_activities"]["line"].to_list() == ["3"]


def test_an_entry_without_an_id_is_known_by_its_title(deliver):
    row = rows_of(deliver(f"{ACTIVITIES}Labor 1;Werkstatt;Äpfel & Birnen am Zug;;;\n"), "lab_activities")[0]

    assert (row["activity_id"], row["lab_id"]) == ("aepfel-birnen-am-zug", "labor-1")


def test_a_delivery_of_one_town_does_not_speak_for_another(deliver):
    text = "Labor;Art;Titel;Stadt\na;Werkstatt;A;Mölln\nb;Werkstatt;B;Dießen\n"
    result = journal_tables.READER.read(deliver(text), described())

    assert [(one.line, one.column, one.reason) for one in result.rejects] == [(3, "Stadt", "other_town")]


def test_without_a_town_in_the_manifest_each_row_names_its_own_or_none(deliver):
    text = "Stadt;Titel;Thema;Ausgang;Wieder\nOestrich-Winkel;A;Räume;Nein;\n;B;Austausch;Ja;ja\n"
    rows = rows_of(deliver(text), "learnings", described(town=None))

    assert [row["town_id"] for row in rows] == ["oestrich-winkel", None]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (None, "delivered")),
        ({"synthetic": True}, (None, "synthetic")),
        ({"journal": {"source": "Lernbuch"}}, ("Lernbuch", "delivered")),
        ({"journal": {"source": "Bericht", "origin": "report"}, "synthetic": True}, ("Bericht", "report")),
    ],
)
def test_where_an_entry_comes_from(deliver, fields, expected):
    row = rows_of(deliver(f"{ACTIVITIES}labor;Werkstatt;Abend;;;\n"), "lab_activities", described(**fields))[0]

    assert (row["source"], row["row_origin"]) == expected


def test_a_row_may_say_otherwise(deliver):
    text = "Labor;Art;Titel;Quelle;Herkunft\nlabor;Werkstatt;Abend;Protokoll;Beispiel\n"
    row = rows_of(deliver(text), "lab_activities", described(journal={"source": "Lernbuch"}))[0]

    assert (row["source"], row["row_origin"]) == ("Protokoll", "synthetic")


def test_a_word_nobody_knows_stays_as_written_for_the_gate(deliver):
    row = rows_of(deliver(f"{ACTIVITIES}labor;Kaffeeklatsch;Abend;;;\n"), "lab_activities")[0]

    assert row["kind"] == "Kaffeeklatsch"


def test_a_workbook_of_several_sheets_is_read_whole_and_others_are_named(tmp_path):
    path = tmp_path / "Tagebuch.xlsx"
    book = xlsxwriter.Workbook(path)
    sheets = {
        "Notizen": [["irgend", "etwas"]],
        "Labore": [["Unser Tagebuch"], ["Titel", "Was probiert wurde", "Was gelernt wurde", "Von"],
                   ["Markt", "a", "b", "2022-06-01"]],
        "Lernbuch": [["Titel", "Thema", "Ausgang", "Wieder", "Farbe"], ["A", "Räume", "teilweise", "anders", "rot"],
                     ["B", "Räume", "offen", "", "blau"]],
    }  # fmt: skip
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
    found = inspect(path)

    assert (found.reader.name, found.as_dict()["tables"]) == ("journal", {"labs": 1, "learnings": 2})
    assert "passed over the column 'Farbe' of the sheet 'Lernbuch'" in found.result.notes
    assert "passed over the sheet 'Notizen'" in found.result.notes


@pytest.mark.parametrize(
    "text",
    [
        "Titel;Datum;Ort\nA;01.01.2022;Rathaus\n",
        "id,title,start,end\n1,A,2022-01-01,2022-01-02\n",
        "Labor;Ergebnis\nBlut;gut\n",
        "Titel;Thema;Ausgang\nSpiel;Fußball;2:1\n",
    ],
)
def test_lists_of_other_things_are_no_journal(deliver, text):
    assert journal_tables.READER.recognise(deliver(text)) is None


def test_it_is_recognised_before_any_other_and_scaffolded_ready_to_edit(deliver, tmp_path):
    file = deliver(LEARNINGS, "lernbuch.csv")
    assert recognise(file)[0] is journal_tables.READER

    (tmp_path / "source.yml").write_text(source_yml(inspect(file.path)), "utf-8")
    manifest = load(tmp_path / "source.yml")

    assert (manifest.kind, manifest.journal.source) == ("journal", "unknown")


def test_a_header_without_an_entry_is_an_error_with_a_way_out(deliver):
    with pytest.raises(DeliveryError, match="no entry below it"):
        journal_tables.READER.read(deliver(ACTIVITIES))


def test_every_record_is_a_row_or_a_reject(deliver):
    text = ACTIVITIES + "labor;Werkstatt;A;;;\nlabor;Werkstatt\nlabor;Werkstatt;C;;Mai;\n;;;;;\n"
    result = journal_tables.READER.read(deliver(text))

    assert result.tables["lab_activities"].height + len(result.rejects) == 3
    assert isinstance(result.tables["lab_activities"], pl.DataFrame)
