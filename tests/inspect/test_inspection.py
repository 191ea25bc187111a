"""`stadtlabor inspect`: what a file is and why, and a source.yml that loads and reads."""

import json

import pytest

from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.inspection_text import lines_of
from stadtlabor.inspect.nearest import HEADINGS
from stadtlabor.inspect.source_yml import source_yml
from stadtlabor.manifest import source
from stadtlabor.readers import registry

TABLE = (
    "GENESIS-Tabelle: 13111-08-02-5\nBeschäftigte;;;\n30.06.2015;;;\n;;Beschäftigte (Wohnort);Aufkommen\n"
    ";;Anzahl;Tsd. EUR\n01;Schleswig-Holstein;1011397;x\n01053090;  Mölln, Stadt;6847;-\n__________\nHinweis\n"
)


@pytest.fixture
def inspected(tmp_path):
    def look(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("latin-1"))
        return inspect(path)

    return look


@pytest.fixture
def loaded(tmp_path):
    def load(inspection):
        path = tmp_path / "source.yml"
        path.write_text(source_yml(inspection), "utf-8")
        return source.load(path)

    return load


def test_a_known_file_is_named_with_all_that_can_be_said_of_it(inspected):
    said = "\n".join(lines_of(inspected(TABLE)))

    for expected in (
        "Format: regional-table",
        "97% sure: the first line is 'GENESIS-Tabelle: 13111-08-02-5'",
        "Encoding: iso-8859-1 (not UTF-8 (byte 0xE4 in line 2)",
        "Delimiter: ';'",
        "Records: 2",
        "Delivered cells: 4",
        "Period: 2015-06-30",
        "Regions: 2 (1 with 2, 1 with 8 characters)",
        "Beschäftigte (Wohnort) [Anzahl]",
        "Aufkommen [EUR × 1000]",
        "Signs: - 1 (nothing there), x 1 (blocked)",
        "passed over 2 line(s) of notes at the end: Hinweis",
        "Rejects: none",
    ):
        assert expected in said


def test_as_data_it_is_json(inspected):
    data = json.loads(json.dumps(inspected(TABLE).as_dict(), default=str))

    assert data["format"] == "regional-table"
    assert data["tables"] == {"figures": 4}
    assert data["facts"]["signs"] == {"-": 1, "x": 1}
    assert (data["facts"]["encoding"], data["facts"]["periods"]) == ("iso-8859-1", ["2015-06-30"])
    assert [measure["source_figure"] for measure in data["facts"]["measures"]]
    assert len(data["sha256"]) == 64


def test_the_scaffold_loads_and_its_mapping_reads_the_file(inspected, loaded):
    inspection = inspected(TABLE)

    found = loaded(inspection)
    rows = inspection.reader.read(inspection.file, found).tables["figures"]

    assert (found.kind, found.format, found.licence) == ("statistics", "regional-table", "dl-de/by-2-0")
    assert (found.period.first.isoformat(), found.period.last.isoformat()) == ("2015-06-30", "2015-06-30")
    assert found.files[0].sha256 == inspection.file.sha256
    assert set(rows["figure"]) == {"beschaeftigte_wohnort", "aufkommen"}
    assert "please check" in source_yml(inspection)


def test_a_table_the_project_knows_gets_the_project_s_names(inspected, loaded):
    text = TABLE.replace("Beschäftigte (Wohnort)", "Sozialversicherungspfl. Beschäftigte (Wohnort)")

    assert {entry.figure for entry in loaded(inspected(text)).figures} == {"employees_at_residence", "aufkommen"}


def test_a_measure_in_two_units_is_told_apart_in_the_scaffold(inspected, loaded):
    text = TABLE.replace("Aufkommen", "Beschäftigte (Wohnort)").replace("Tsd. EUR", "Prozent")
    inspection = inspected(text)

    found = loaded(inspection)

    assert [(entry.figure, entry.unit) for entry in found.figures] == [
        ("beschaeftigte_wohnort_anzahl", "Anzahl"),
        ("beschaeftigte_wohnort_prozent", "Prozent"),
    ]
    assert inspection.reader.read(inspection.file, found).tables["figures"]["figure"].null_count() == 0


def test_a_file_without_a_period_gets_a_commented_placeholder(inspected, loaded):
    inspection = inspected("AGS;300_50\n01053090;98,00\n", "gemeinden_2018_mitte.csv")

    text = source_yml(inspection)

    assert "# period:\n#   from: 2018-01-01" in text
    assert loaded(inspection).period is None


def test_an_unknown_file_is_described_and_every_format_ruled_out_with_its_reason(inspected, loaded):
    inspection = inspected("colour;taste\nred;sweet\n")

    said = "\n".join(lines_of(inspection))

    assert "Format: unknown" in said
    assert "Columns (2), if its widest first line is the header: colour, taste" in said
    assert "| red;sweet" in said
    for reader in registry.READERS:
        assert f"  {reader.name}: " in said
    assert "the headings ags, figure, value and period not found" in said
    assert loaded(inspection).format is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "Export vom 1.3.2022\nCASE;QUESTNR;MODE;AB01\n1;x;interview;2\n",
            "sosci (SoSci Survey): row 2 has 'CASE', 'MODE' and lacks 'QUESTNNR' (is 'QUESTNR' meant?), 'STARTED'",
        ),
        (
            "ags;figures;valeur;period\n01053090;population;5;2021\n",
            "row 1 has 'ags', 'period' and lacks 'figure' (is 'figures' meant?), 'value'",
        ),
        ("colour;taste\nred;sweet\n", "(one row an event: title and date): format: events-table"),
    ],
)
def test_of_an_unknown_file_the_nearest_formats_are_named_with_what_it_lacks(inspected, content, words):
    said = "\n".join(lines_of(inspected(content)))

    assert "Format: unknown" in said
    assert words in said


def test_every_format_told_by_headings_is_one_there_is():
    assert set(HEADINGS) <= {reader.name for reader in registry.READERS}


def test_a_file_with_a_column_missing_is_recognised_and_the_column_named(inspected, loaded):
    inspection = inspected("ags;figure;period\n01053090;population;2021\n" * 2)

    said = "\n".join(lines_of(inspection))

    assert "40% sure: headings of a figures table, but no column value" in said
    assert "Cannot be read: table.csv, line 1: the column 'value' is missing" in said
    assert loaded(inspection).format == "figures"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Cannot be read: table.csv: the file is empty (0 bytes)"),
        (b"\n\n", "Cannot be read: table.csv: the file holds nothing but blank lines"),
        (b"%PDF-1.7\n\xe2\xe3", "It is a PDF document"),
        (b"\x00" * 100 + b"\x01\x02" * 50, "It is neither text nor workbook"),
        (b"PK\x03\x04 broken", "Cannot be read: table.csv: the workbook is damaged"),
    ],
)
def test_what_is_no_table_is_said_plainly(inspected, loaded, content, words):
    inspection = inspected(content)

    assert words in "\n".join(lines_of(inspection))
    assert loaded(inspection).kind == "statistics"


def test_rejects_are_shown_with_line_and_column(inspected):
    said = "\n".join(lines_of(inspected("ags;figure;value;period\n01053090;population;viel;2021\n01053090;x\n")))

    assert "Rejects: 2" in said
    assert "line 3: wrong_number_of_fields (2 fields, the header has 4)" in said
    assert "line 2, value: not_a_number (viel)" in said


def test_control_characters_of_a_file_do_not_reach_the_terminal(inspected):
    said = "\n".join(lines_of(inspected("\x1b[31mcolour;taste\nred;sweet\n")))

    assert "\x1b" not in said
    assert "?[31mcolour" in said


# One of each kind, all that C0 and C1 have, and what turns writing around or is no character.
UNPRINTABLE = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0x202E, 0x2066, 0xFFFE, 0xFFFF]


@pytest.mark.parametrize("code", [code for code in UNPRINTABLE if chr(code) not in "\0\t\n\r"])
def test_control_characters_of_a_survey_leave_its_scaffold_valid(inspected, loaded, code):
    sign = chr(code)
    head = f'"Zeitstempel","Wie alt{sign} sind Sie?","Wie geht{sign} es?"'
    rows = "".join(f'"2022/06/21 10:0{n}:00 AM MESZ","18 bis{sign} 24 Jahre","gut{sign}"\n' for n in range(4))
    inspection = inspected(f"{head}\n{rows}".encode())

    said = "".join(lines_of(inspection))
    mapped = {entry.question for entry in loaded(inspection).survey.questions}

    assert inspection.reader.name == "google_forms"
    assert sign not in said
    assert mapped <= set(inspection.result.tables["questions"]["question"])
