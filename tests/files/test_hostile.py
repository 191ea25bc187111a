"""Broken and hostile files: a clear error or a reject with its line; never a traceback, never a lost record."""

import csv
import io
import itertools
import json
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import delimited
from stadtlabor.files.raw import RawFile
from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.inspection_text import lines_of
from stadtlabor.readers import registry

STATISTICS = [reader for reader in registry.READERS if reader.kind in ("statistics", "calendar")]
SAMPLES = {
    "figures": "ags;figure;value;period\n01053090;population;19469;2021\n06439012;population;11,5;2021\n",
    "genesis-flat": "statistics_code;time;1_variable_code;1_variable_attribute_code;value;value_unit;"
    "value_variable_code;value_variable_label\n12411;2024;KREISE;08222;158789;Anzahl;BEVSTD;Stand\n",
    "regional-table": "GENESIS-Tabelle: 1\nT;;\n;;A\n;;Anzahl\n01;Schleswig-Holstein;7\n02;Hamburg;-\n",
    "breitbandatlas": "AGS;300_50;DSL_50\n01053090;98,00;1,00\n06439012;97,00;2,00\n",
    "inkar-web": "Kennziffer;Raumeinheit;Aggregat;Dichte\n;;;2017\n01001;Flensburg;Stadt;1.560\n",
    "inkar": "ID;Indikator;Raumbezug;Kennziffer;Name;Zeitbezug;Wert\n1;I;Kreise;01001;Flensburg;2017;8,9\n",
    "holidays": "start;end;name;land\n2022-07-25;2022-09-02;Sommerferien;HE\n",
}
BREAKS = {
    "a record cut off": lambda text: text[:-5],
    "an open quote": lambda text: text + '"01053091;x',
    "an open quote in the middle": lambda text: text.replace("\n", '\n"', 2),
    "a formula": lambda text: text + "=cmd|' /C calc'!A0;1;2;3\n",
    "a long cell": lambda text: text + "x" * 10_000_000 + ";1;2;3\n",
    "NUL bytes": lambda text: text + "\0\0;\0;\0\n",
    "blank lines": lambda text: text.replace("\n", "\n\n\r\n"),
    "the header alone": lambda text: text.split("\n")[0] + "\n",
    "another header": lambda text: text.replace(";", ";x", 3),
    "the header twice": lambda text: text.split("\n")[0] + "\n" + text,
}


def counted(reader, file):
    """Read with the format stated: delivered cells are rows and rejects, or an error names the file."""
    try:
        result = reader.read(file)
    except DeliveryError as error:
        return error
    rows = sum(table.height for table in result.tables.values())
    assert rows + len(result.rejects) == result.facts.delivered
    assert all(reject.line > 0 and reject.reason for reject in result.rejects)
    return result


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_read(deliver, name):
    reader, _ = registry.recognise(deliver(SAMPLES[name]))

    assert reader.name == name
    assert counted(reader, deliver(SAMPLES[name])).rejects == []


@pytest.mark.parametrize(("name", "fault"), list(itertools.product(SAMPLES, BREAKS)))
def test_a_broken_file_is_an_error_or_keeps_count(deliver, name, fault):
    file = deliver(BREAKS[fault](SAMPLES[name]))

    outcome = counted(registry.by_name(name), file)

    if isinstance(outcome, DeliveryError):
        assert outcome.file == "table.csv"
        assert outcome.remedy


@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_byte_anywhere_is_an_error_or_keeps_count(deliver, name):
    data = SAMPLES[name].encode()

    for place in range(len(data)):
        counted(registry.by_name(name), deliver(data[:place] + b"\xb4" + data[place + 1 :], "table.csv"))


@pytest.mark.parametrize("reader", STATISTICS, ids=lambda reader: reader.name)
@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"\x00", b"%PDF-1.7 \xff\xfe", b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", b"a", b'"',
     b"\xef\xbb\xbf", b"GENESIS-Tabelle: 1", "Tabelle: ü;".encode("utf-16")],
)  # fmt: skip
def test_any_reader_refuses_what_is_none_of_its_files_in_plain_words(deliver, reader, content):
    with pytest.raises(DeliveryError, match=r"table\.csv.*: .+\. .+"):
        reader.read(deliver(content))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    name=st.sampled_from(sorted(SAMPLES)),
    place=st.floats(0, 1),
    junk=st.binary(max_size=12),
    cut=st.integers(0, 6),
)
def test_damage_anywhere_never_ends_in_a_traceback_or_loses_a_cell(tmp_path, name, place, junk, cut):
    data = SAMPLES[name].encode()
    at = int(place * len(data))
    path = tmp_path / "table.csv"
    path.write_bytes(data[:at] + junk + data[at + cut :])

    counted(registry.by_name(name), RawFile(path))
    inspection = inspect(path)

    said = "".join(lines_of(inspection))
    assert not {unicodedata.category(character) for character in said.replace("\t", "")} & {"Cc", "Cs"}
    assert json.dumps(inspection.as_dict(), default=str)


def test_csv_torture_files_split_as_the_csv_module_splits_them(shared_data):
    """The difficult CSV files of csvkit and csv-spectrum, none of them damaged by watching for faults."""
    files = sorted((shared_data / "csv-torture").rglob("*.csv"))
    assert len(files) == 25

    for path in (path for path in files if path.read_bytes().strip()):
        text = RawFile(path).text
        found = [record.fields for record in delimited.records(delimited.split_lines(text), ",")]
        assert found == [row for row in csv.reader(io.StringIO(text, newline="")) if row], path.name


def test_csv_torture_files_are_inspected_and_none_is_taken_for_a_format(shared_data):
    for path in sorted((shared_data / "csv-torture").rglob("*.csv")):
        inspection = inspect(path)
        said = "\n".join(lines_of(inspection))

        assert inspection.reader is None
        assert "Cannot be read" in said or "It is a text" in said
