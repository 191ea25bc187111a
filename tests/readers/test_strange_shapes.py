"""Exports whose shape is a tool's choice or a person's: sheets, formats of cells, chosen columns, other languages."""

import zipfile

import polars as pl
import pytest
import xlsxwriter

from stadtlabor.base import bidi
from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.calendar_zones import known
from stadtlabor.files.raw import RawFile
from stadtlabor.files.workbooks.workbook_formats import as_shown
from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.source_yml import source_yml
from stadtlabor.readers import registry
from stadtlabor.readers.events.spellings import CALLED_OFF


@pytest.fixture
def workbook(tmp_path):
    """A workbook: sheet → rows of cells, each a value or (value, number format); `hidden` names hidden sheets."""

    def make(sheets, hidden=(), merged=()):
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        value, code = cell if isinstance(cell, tuple) else (cell, None)
                        sheet.write(number, column, value, book.add_format({"num_format": code}) if code else None)
                for place, value in merged:
                    sheet.merge_range(place, value)
                if name in hidden:
                    sheet.hide()
        return path

    return make


def first_sheet(path):
    return next(iter(RawFile(path).workbook.sheets()))[1]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.9896, "0.00%", "98.96"),
        (1, "0%", "100"),
        (0.5, '0.0"%"', "0.5"),
        (0.0625, "[h]:mm", "1:30"),
        (3.0701388889, "[h]:mm", "73:41"),
        (49.5 / 24, "[hh]:mm:ss", "49:30"),
        (0.375, "hh:mm", "09:00"),
        (1053090, "00000000", "01053090"),
        (12.5, "[Red]0.0", "12.5"),
        (44733, "dd.mm.yyyy", "2022-06-21 00:00:00"),
    ],
)  # fmt: skip
def test_a_cell_is_what_its_format_shows(workbook, value, code, shown):
    assert first_sheet(workbook({"A": [["x"], [(value, code)]]}))[1][0].lstrip("0") == shown.lstrip("0")


def test_a_length_of_many_days_is_hours():
    assert as_shown("1900-03-10 01:00:00", "length") == f"{70 * 24 + 1}:00"


EVENTS = [["Titel", "Datum"], ["Fest", "2022-09-01"]]
MORE = [["Datum", "Titel", "Ort"], ["2022-10-01", "Markt", "Rathaus"]]


def titles(path, sheets=()):
    result = registry.by_name("events-table").read(RawFile(path, sheets=sheets))
    return result.tables["events"]["title"].to_list(), "\n".join(result.notes)


def test_sheets_of_one_list_are_read_together_and_hidden_ones_named(workbook):
    path = workbook({"Sept": EVENTS, "Okt": MORE, "alt": EVENTS, "Notizen": [["nichts"]]}, hidden=["alt"])

    found, said = titles(path)

    assert found == ["Fest", "Markt"]
    assert "the hidden sheet(s) 'alt': 'files: sheets:'" in said
    assert "without such a table: 'Notizen'" in said
    assert titles(path, ["alt"])[0] == ["Fest"]
    with pytest.raises(DeliveryError, match="no sheet 'Mai'.*'Sept', 'Okt', 'alt', 'Notizen'"):
        titles(path, ["Mai"])


def test_a_merged_count_is_one_of_all_its_rows(workbook):
    rows = [["Titel", "Datum", "Teilnehmer"], ["A", "", ""], ["B", "", ""]]
    path = workbook({"A": rows}, merged=[("B2:B3", "2022-09-01"), ("C2:C3", 40)])

    result = registry.by_name("events-table").read(RawFile(path))

    assert result.tables["events"].select("title", "attended").rows() == [("A", "40"), ("B", None)]


def survey(deliver, reader, content, name="umfrage.csv", manifest=None):
    file = deliver(content, name)
    assert registry.recognise(file)[0].name == reader
    result = registry.by_name(reader).read(file, manifest)
    counts = dict(result.tables["responses"]["status"].value_counts().iter_rows())
    return counts, sorted(set(result.tables["questions"]["question"])), result


OWN = {
    "fr": "ID de la réponse,Date de soumission,Dernière page,Langue de départ,Tête de série",
    "es": "ID de respuesta,Fecha de envío,Última página,Lenguaje inicial,Semilla",
    "de": "Antwort ID,Datum Abgeschickt,Letzte Seite,Start-Sprache,Zufallsstartwert",
    "en": "Response ID,Date submitted,Last page,Start language,Seed",
}


@pytest.mark.parametrize("language", OWN)
def test_limesurvey_in_each_language(deliver, language):
    content = f'{OWN[language]},"Wo? [A]","Wo? [B]"\n1,2023-01-02 10:00:00,3,{language},7,Y,N\n2,,1,{language},8,,\n'

    counts, asked, _ = survey(deliver, "limesurvey", content)

    assert (counts, asked) == ({"completed": 1, "incomplete": 1}, ["Wo?"])


def test_limesurvey_as_a_workbook(workbook):
    path = workbook(
        {"A": [["id", "submitdate", "lastpage", "Q1"], [1, "2023-01-02 10:00:00", 3, "A1"], [2, "", 1, "A2"]]}
    )

    result = registry.by_name("limesurvey").read(RawFile(path))

    assert result.tables["responses"]["status"].to_list() == ["completed", "incomplete"]


def test_surveymonkey_whose_second_row_repeats_the_names(deliver):
    head = "RespondentID,CollectorID,StartDate,EndDate,Completed,Where?,,How old?\n"
    again = "RespondentID,CollectorID,StartDate,EndDate,Completed,home,office,How old?\n"
    rows = "1,9,2019-05-09,2019-05-09,Yes,home,,20-30\n2,9,2019-05-10,2019-05-10,No,,office,30-40\n"

    counts, asked, _ = survey(deliver, "surveymonkey", head + again + rows)

    assert (counts, asked) == ({"completed": 1, "incomplete": 1}, ["How old?", "Where?"])


def test_forms_of_microsoft_in_english_with_points(deliver):
    head = "ID,Start time,Completion time,Email,Name,Total points,Where?,Points - Where?\n"
    rows = "".join(f"{n},3/{n}/23 9:00:00,3/{n}/23 9:04:00,anonymous,,0,home;,0\n" for n in range(10, 16))

    counts, asked, result = survey(deliver, "ms_forms", head + rows)

    assert (counts, asked) == ({"completed": 6}, ["Where?"])
    assert set(result.tables["answers"]["value"]) == {"home"}
    assert result.tables["responses"]["duration_seconds"][0] == "240"


def test_a_table_of_answers_by_its_named_columns(deliver, manifest_of):
    rows = "".join(
        f"p{n};2023-03-{n:02} 10:00:00;{'ja' if n % 3 else 'nein'};{'oft' if n % 2 else 'nie'}\n" for n in range(1, 13)
    )
    part = {"population": "citizens", "columns": {"id": "Kennung", "time": "Wann", "completed": "Fertig"}}
    manifest = manifest_of(
        ("umfrage.csv",), kind="survey", town="moelln", period={"from": "2022-09-01", "to": "2022-09-30"}, survey=part
    )
    file = deliver("Kennung;Wann;Fertig;Wie oft zu Hause?\n" + rows, "umfrage.csv")

    result = registry.by_name("survey-table").read(file, manifest)

    assert dict(result.tables["responses"]["status"].value_counts().iter_rows()) == {"completed": 8, "incomplete": 4}
    assert result.tables["responses"]["submitted_at"][0] == "2023-03-01T10:00:00"
    assert set(result.tables["questions"]["question"]) == {"Wie oft zu Hause?"}


PEOPLE = ["18-29;w", "30-44;m", "45-59;w", "30-44;d", "18-29;m", "60+;w", "18-29;w", "30-44;m"]


@pytest.mark.parametrize(
    ("heading", "front", "counts", "asked"),
    [
        # Status and times by name and content, not as questions; the part of a question behind it.
        ("Status;Begonnen am;Beendet am;Wo? - Bus;Wo? - Rad", ["Abgebrochen;04.09.2023 09:00;;X;",
         "Abgeschlossen;04.09.2023 09:00;04.09.2023 09:05;;X"], {"completed": 4, "incomplete": 4}, ["Wo?"]),
        # KoboToolbox: a survey though it has start and end; boxes beside the same answers joined.
        ("start;end;_id;_submission_time;weg/mittel;weg/mittel/bus;weg/mittel/rad",
         ["2023-09-04T09:00:00.1+02:00;2023-09-04T09:05:00.1+02:00;{n};2023-09-04T07:06:00;bus rad;1;1",
          "2023-09-04T09:00:00.1+02:00;2023-09-04T09:05:00.1+02:00;{n};2023-09-04T07:06:00;bus;1;0"],
         {"completed": 8}, ["weg/mittel"]),
        # Typeform: a column per box, headed as it is ticked.
        ("Submit Date (UTC);Bus;Rad", ["2023-09-04 09:00:00;Bus;", "2023-09-04 09:00:00;Bus;Rad"], {"completed": 8},
         ["Bus, Rad"]),
    ],
)  # fmt: skip
def test_a_table_of_answers_of_a_tool_nobody_knows(deliver, heading, front, counts, asked):
    records = "".join(f"{front[n % 2].format(n=n)};{people}\n" for n, people in enumerate(PEOPLE))

    found, questions, _ = survey(deliver, "survey-table", f"{heading};Wie alt sind Sie?;Geschlecht?\n{records}")

    assert found == counts
    assert questions == sorted(["Geschlecht?", "Wie alt sind Sie?", *asked])


def test_a_row_of_texts_is_nobody(deliver):
    texts = "Nummer;Tag;Wie alt sind Sie?;Nutzen Sie: Bus;Anmerkung\n"
    records = "".join(f"{n};{n:02}.09.2023;{20 + n};{n % 2};\n" for n in range(1, 9))

    found, _, result = survey(deliver, "survey-table", "ID;Datum;F1;F2;F3\n" + texts + records)

    assert found == {"completed": 8}
    assert "Nutzen Sie: Bus" in result.tables["questions"]["question_text"].to_list()


def test_a_table_of_when_and_who_is_no_survey(deliver):
    records = "".join(f"9/{n}/2023 9:00 AM;Kunde {n % 3};Platz 1;60;B{n}\n" for n in range(1, 9))

    found = inspect(deliver("Date Time;Customer Name;Staff;Duration (mins.);Booking Number\n" + records).path)

    assert found.reader
    assert found.reader.kind == "bookings"
    assert "#   spaces:" in source_yml(found)


def test_attendees_of_eventbrite_with_chosen_columns(deliver):
    file = deliver("Event Name,Attendee #,Email,Attendee Status\nA,1,a@b.de,Attending\n")

    assert registry.recognise(file)[0].name == "eventbrite"


@pytest.mark.parametrize(
    ("content", "kind", "needed"),
    [("Sachverhalt;Datum;Ort\nFest;15.09.2022;Rathaus\n", "events", "title"),
     ("Ding;Beginn;Ende;Nutzer\nA;15.09.2022 10:00;15.09.2022 12:00;M1\n", "bookings", "resource")],
)  # fmt: skip
def test_a_list_with_one_unknown_heading_gets_the_nearest_source_yml(deliver, content, kind, needed):
    text = source_yml(inspect(deliver(content).path))

    assert f"\nkind: {kind}\n" in text
    assert f"# {kind}:\n#   columns:\n#     {needed}: …" in text


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", "Europe/Berlin"),
        ("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Brussels"),
        ("(UTC+02:00) Athen, Bukarest", "Europe/Athens"),
        ("Mitteleuropäische Zeit", "Europe/Berlin"),
        ("Customized Time Zone", None),
    ],
)
def test_zones_by_the_names_windows_gives_them(name, zone):
    assert known(name) == zone


@pytest.mark.parametrize(
    ("title", "is_off"),
    [
        ("Yoga entfällt wegen Krankheit", True),
        ("Konzert [Abgesagt]", True),
        ("Lesung - cancelled", True),
        ("Treff fällt morgen leider aus!", True),
        ("Der Kurs wurde abgesagt", True),
        ("Wenn der Strom ausfällt", False),
        ("Was tun, wenn der Unterricht entfällt? Elternabend", False),
        ("Umgang mit abgesagten Terminen", False),
    ],
)
def test_a_title_says_that_an_event_is_off(title, is_off):
    assert pl.Series([title]).str.contains(CALLED_OFF).to_list() == [is_off]


def test_bidirectional_controls_are_dropped_and_said(deliver):
    file = deliver("Titel;Datum\nFe\u202est\u2066;2022-09-01\n")
    result = registry.read(registry.by_name("events-table"), file)

    assert result.tables["events"]["title"].to_list() == ["Fest"]
    assert bidi.note(2) in result.notes


def test_a_workbook_that_hides_its_formats_is_still_read(workbook):
    path = workbook({"A": [["Titel"], ["x"]]})
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist() if name != "xl/styles.xml"}
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)

    assert first_sheet(path) == [["Titel"], ["x"]]
