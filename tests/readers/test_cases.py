"""What strangers deliver, each file as it is meant: made-up files in the shapes that real exports were seen in."""

from pathlib import Path

import polars as pl
import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.readers import registry

CASES = Path(__file__).parent / "cases"


def read(case: str, name: str, reader: str):
    """The file of a case, by the reader it is recognised by unless it is one of several kinds."""
    (path,) = (path for path in CASES.glob(f"{case}-*/{name}") if path.is_file())
    file = RawFile(path)
    found = [one.name for one, _ in registry.candidates(file)]
    assert reader == found[0] if not reader.startswith("ical") else reader in found
    return registry.by_name(reader).read(file)


def rows(result, table: str, *columns: str):
    frame = result.tables[table].select(columns or pl.all())
    return [row[0] if len(columns) == 1 else row for row in frame.iter_rows()]


def starts(result):
    return [text[5:16].replace("T", " ") for text in rows(result, "events", "starts_at")]


def titled(result):
    return [
        (title[:12], start[5:16].replace("T", " ")) for title, start in rows(result, "events", "title", "starts_at")
    ]


def states(result):
    return [row == "cancelled" for row in rows(result, "events", "status")]


def bookings(result):
    table = rows(result, "bookings", "resource_id", "starts_at_utc", "ends_at_utc")
    return [(desk, start[5:16].replace("T", " "), end[5:16].replace("T", " ")) for desk, start, end in table]


def responses(result):
    counted = result.tables["responses"]["status"].value_counts()
    return dict(counted.iter_rows())


def answers(result, question: str):
    """How often each answer was given to a question."""
    given = result.tables["answers"].filter(pl.col("question").cast(pl.String).str.contains(question, literal=True))
    return dict(given["value"].value_counts().sort("value").iter_rows())


def kinds(result):
    given = result.tables["answers"].filter(question="ORT")
    return dict(given["answer_kind"].value_counts().iter_rows())


def questions(result):
    return sorted(set(rows(result, "questions", "question")))


def figures(result):
    return rows(result, "figures", "region_key", "value")


def rejected(result):
    return [(reject.line, reject.reason) for reject in result.rejects]


def keys(result):
    return sorted(set(rows(result, "figures", "region_key")))


MARCH = ["03-07 16:00", "03-14 16:00", "03-28 16:00", "04-11 16:00"]
AUTUMN = ["10-13 10:00", "10-20 10:00", "11-10 10:00", "11-17 10:00", "11-24 10:00"]
COURSE = ["09-05", "09-12", "09-20", "09-26", "10-03", "10-10", "10-17", "10-24", "10-31", "11-07"]
WIDE = {"Homeoffice": 19, "Büro, fester Platz": 24, "Büro, wechselnder Platz": 16, "Café, Bahn, unterwegs": 21}
PLACES = {"Werkstatt Nord", "Bürgerhaus", "Familie Muster", "Kulturhaus"}
MONTHS = ["09-05 18:00", "09-19 18:00", "10-05 18:00", "10-19 18:00", "11-05 18:00", "11-19 18:00"]
SHEETS = [(f"platz-{n}", f"09-{day} 07:00", f"09-{day} 15:00") for n in (1, 2, 3) for day in ("05", "19")]
FREELY = ["15 19:30", "16 10:00", "17 18:00", "18 20:00", "19 00:00", "20 00:00", "21 00:00"]
RAIL = ["01053090", "06439012", "12070424"]
TABLE = [
    ("01", "*.ics", "ical-events", starts, MARCH),
    ("05", "*.ics", "ical-events", starts, AUTUMN),
    ("07", "*.ics", "ical-events", starts, ["09-15 18:00", "11-15 18:00"]),
    ("07", "*.ics", "ical-bookings", bookings, [("rathaussaal", "09-15 16:00", "09-15 18:00"),
                                                ("rathaussaal", "11-15 17:00", "11-15 19:00")]),
    ("08", "*.ics", "ical-events", states, [True] * 5 + [False, True, False]),
    ("09", "*.ics", "ical-events", lambda result: set(rows(result, "events", "venue")) - {None}, PLACES),
    ("10", "*.csv", "nextcloud_forms", lambda result: rows(result, "responses", "submitted_at"),
     ["2023-01-26T13:39:50", "2023-01-27T08:05:01", "2023-07-01T17:00:00"]),
    ("12", "*.csv", "google_forms", lambda result: answers(result, "Wo arbeiten"), WIDE),
    ("13", "*.csv", "google_forms", responses, {"completed": 30}),
    ("13", "*.csv", "google_forms", rejected, [(34, "not_understood"), (35, "not_understood"), (36, "not_understood")]),
    ("14", "*.csv", "librebooking", bookings, [("platz-1", "06-21 07:00", "06-21 15:00"),
                                               ("platz-2", "06-22 07:00", "06-22 11:00")]),
    ("15a", "*.csv", "breitbandatlas", keys, ["01053090", "06439012", "09181114", "12070424", "14628060"]),
    ("15b", "*.csv", "inkar", keys, ["01053", "06439", "12070"]),
    ("15c", "*.csv", "genesis-flat", keys, RAIL),
    ("16", "*.xlsx", "bookings-table", bookings, [("platz-1", "06-21 07:00", "06-21 08:30"),
                                                  ("platz-2", "06-22 11:15", "06-22 11:30"),
                                                  ("platz-1", "06-23 07:00", "06-23 15:00")]),
    ("18b", "*.xlsx", "breitbandatlas", figures,
     [*zip(RAIL, ("99.1", "98.2", "93"), strict=True), *zip(RAIL, ("98.96", "97.23", "91.33"), strict=True)]),
    ("19", "*.xlsx", "events-table", titled, [("Auftakt", "09-15 18:00"), ("Workshop A", "09-15 19:00"),
                                              ("Workshop B", "09-15 19:00"), ("Abschluss", "12-20 18:00")]),
    ("20", "*.csv", "genesis-flat", rejected, [(3, "wrong_number_of_fields")]),
    ("21", "61111_de*", "genesis-flat", lambda result: rows(result, "figures", "value"), ["61.9", "65.0", "67.925"]),
    ("21", "61111_en*", "genesis-flat", lambda result: rows(result, "figures", "value"), ["61.9", "65.0", "67.925"]),
    ("23", "*.csv", "surveymonkey", lambda result: len(questions(result)), 3),
    ("25", "*.csv", "qualtrics", lambda result: len(questions(result)), 3),
    ("27", "*.sav", "spss", kinds, {"choice": 30, "no_answer": 10}),
    ("31", "teilnehmer.csv", "events-table", titled, [("Auftakt", "09-15 00:00"), ("Abschluss", "12-20 00:00")]),
    ("31", "teilnehmer_quoted.csv", "events-table", lambda result: rows(result, "events", "attended"), ["34", "51"]),
    ("33", "*.csv", "events-table", lambda result: rows(result, "events", "attended"), ["34", "51"]),
    ("34", "*.csv", "bookings-table", bookings, [("platz-1", "06-09 09:30", "06-12 11:11"),
                                                 ("platz-2", "06-10 20:00", "06-11 00:00"),
                                                 ("platz-1", "06-11 07:00", "06-11 15:00")]),
    ("35", "*.csv", "bookings-table", bookings, [(f"platz-{desk}", f"08-{day} 07:00", f"08-{day} 15:00")
                                                 for desk, day in ((1, "06"), (2, "07"), (1, "08"), (2, "09"))]),
    ("36", "*.xlsx", "ms_forms", questions,
     ["Wie oft arbeiten Sie von zu Hause?", "Wie zufrieden sind Sie mit ...?", "Wo arbeiten Sie?"]),
    ("36", "*.xlsx", "ms_forms", lambda result: answers(result, "Wo arbeiten"),
     {"Büro, fester Platz": 8, "Zuhause": 8}),
    ("36", "*.csv", "ms_forms", responses, {"completed": 12}),
    ("37", "*.csv", "sosci", responses, {"completed": 15, "incomplete": 5}),
    ("38", "*.sav", "spss", responses, {"completed": 30}),
    ("39", "*.ics", "ical-bookings", bookings,
     [("sr1", "09-23 12:15", "09-23 15:30"), ("sr2", "09-23 08:00", "09-23 12:00")]),
    ("41", "*.csv", "events-table", titled, [("Stammtisch D", "09-25 19:00"), ("Stammtisch D", "10-09 19:00")]),
    ("42", "*.csv", "qualtrics", rejected, [(line, "wrong_number_of_fields") for line in (4, 5, 6)]),
    ("47", "*.ics", "ical-events", lambda result: sorted(start[:5] for start in starts(result)), COURSE),
    ("48", "*.csv", "events-table", lambda result: [start[3:] for start in starts(result)], FREELY),
    ("49", "*.csv", "limesurvey", questions, ["Welche Orte nutzen Sie?", "Wie zufrieden sind Sie?"]),
    ("49", "*.csv", "limesurvey", responses, {"completed": 30}),
    ("50", "*.csv", "survey-table", questions, ["alter", "homeoffice", "medien", "sprache"]),
    ("50", "*.csv", "survey-table", responses, {"completed": 60}),
    ("51", "*.xlsx", "events-table", starts, MONTHS),
    ("52", "*.xlsx", "bookings-table", bookings, SHEETS),
    ("53", "*.csv", "events-table", lambda result: [line for line, _ in rejected(result)], [2, 5]),
    ("53", "*.csv", "events-table", lambda result: any("1 record(s) that repeat" in one for one in result.notes), True),
    ("55", "*.ics", "ical-events", lambda result: rows(result, "events", "title"), ["Infoabend"]),
    ("57", "*.ics", "ical-events", lambda result: result.tables["events"].height, 3),
    ("57", "*.ics", "ical-bookings", lambda result: [desk[:51] for desk in rows(result, "bookings", "resource_id")],
     ["besprechungsraum-im-obergeschoss-des-alten-rathause"] * 3),
    *(("58", name, "ical-bookings", lambda result: len(bookings(result)) + len(result.rejects), 2)
      for name in ("end_and_length.ics", "google_created_year_zero.ics")),
    *(("59", name, "ical-bookings", lambda result: len(bookings(result)) + len(result.rejects), 2)
      for name in ("dtstamp_empty.ics", "dtstamp_german.ics", "dtstamp_year_zero.ics", "last_modified_zeros.ics")),
    ("61", "*.ics", "ical-events", lambda result: sorted(start[:5] for start in starts(result)),
     ["02-19", "02-27", "03-05", "03-12", "03-31"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "name", "reader", "look", "expected"),
    TABLE,
    ids=[f"{case[0]}-{number}" for number, case in enumerate(TABLE)],
)
def test_a_case_is_read_as_it_is_meant(case, name, reader, look, expected):
    assert look(read(case, name, reader)) == expected


NOTED = [
    ("15a", "*.csv", "breitbandatlas", "3 region key(s) had lost their leading zero: put back (line 2, 3, 4)"),
    ("14", "*.csv", "librebooking", "the header's quotation marks do not fit"),
    ("19", "*.xlsx", "events-table", "carried down to row 3, 4"),
    ("38", "*.sav", "spss", "1 record(s) share a number with another respondent"),
    ("48", "*.csv", "events-table", "1 time(s) of day cannot be read, so that only the day is known (line 6)"),
    ("49", "*.csv", "limesurvey", "the export does not say who finished"),
    ("51", "*.xlsx", "events-table", "the rows of the sheet 'Oktober' count as lines from 4 on"),
    ("55", "*.ics", "ical-events", "2 event(s) are marked as private or confidential"),
]


@pytest.mark.parametrize(("case", "name", "reader", "said"), NOTED, ids=[case[0] for case in NOTED])
def test_what_was_decided_is_said(case, name, reader, said):
    assert said in "\n".join(read(case, name, reader).notes)


def test_a_row_for_each_answer_is_refused_with_what_to_do():
    with pytest.raises(DeliveryError, match=r"umfrage\.csv, line 1: Forms 1 writes a row for each answer.*Forms 2"):
        read("11", "umfrage.csv", "nextcloud_forms")
