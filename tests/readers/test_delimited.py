"""Records and their physical lines; faults found where they are, the rest of the file unharmed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtlabor import delimited


def records(text: str, delimiter: str = ",", width: int | None = 3):
    return list(delimited.records(delimited.split_lines(text), delimiter, width))


def good(text: str, **options):
    return [(record.line, record.fields) for record in records(text, **options) if record.fault is None]


def faults(text: str, **options):
    return [(record.line, record.fault.reason) for record in records(text, **options) if record.fault]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_through_breaks_in_quoted_cells(end):
    text = end.join(["a,b,c", '"Once', 'upon",2,3', "", "4,5,6", ""])

    assert good(text) == [(1, ["a", "b", "c"]), (2, [f"Once{end}upon", "2", "3"]), (5, ["4", "5", "6"])]


def test_a_ragged_record_is_set_aside_and_the_others_stay():
    assert faults("a,b,c\n1,2\n3,4,5\n6,7,8,9\n") == [
        (2, "wrong_number_of_fields"),
        (4, "wrong_number_of_fields"),
    ]
    assert good("a,b,c\n1,2\n3,4,5\n6,7,8,9\n")[1] == (3, ["3", "4", "5"])


def test_empty_fields_behind_the_last_delimiter_do_no_harm():
    assert good("a,b,c\n1,2,3,\n4,5,6,,\n")[1:] == [(2, ["1", "2", "3"]), (3, ["4", "5", "6"])]


@pytest.mark.parametrize(
    "text",
    [
        'a,b,c\n1,"x,3\n4,5,6\n7,8,9\n',
        'a,b,c\n1,"x,3\n4,"5",6\n7,8,9\n',
        '"a","b","c"\n"1","x,"3"\n"4","5","6"\n"7","8","9"\n',
    ],
)
def test_a_quote_left_open_costs_its_own_line_only(text):
    assert [fields for line, fields in good(text) if line > 2] == [["4", "5", "6"], ["7", "8", "9"]]
    assert [line for line, _ in faults(text)] == [2]


def test_a_quote_open_to_the_end_is_reported_with_its_line():
    text = "a,b,c\n" + '1,2,"3\n' + "4,5,6\n" * 5_000

    assert faults(text) == [(2, "unbalanced_quote")]
    assert len(good(text)) == 5_001


def test_a_cell_that_is_too_long_is_set_aside_with_its_column():
    found = records("a,b,c\n1," + "x" * 10_000_000 + ",3\n4,5,6\n")

    assert found[1].fault.reason == "field_too_long"
    assert found[1].fault.column == 1
    assert len(found[1].raw) == 500
    assert found[2].fields == ["4", "5", "6"]


def test_nul_characters_and_undecodable_bytes_are_set_aside():
    assert faults("a,b,c\n\x00,2,3\n4,5,6\n7,\udce4,9\n") == [(2, "control_character"), (4, "undecodable")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    lines = [delimiter.join(row) + "\n" for row in (["key", "name", "value"], ["1", "a b", "1.5"], ["2", "c", "2.5"])]

    assert delimited.sniff(lines)[0] == delimiter


def test_decimal_commas_are_not_taken_for_the_delimiter():
    lines = ["width;height\n", *["1,5;2,5\n"] * 30]

    assert delimited.sniff(lines)[0] == ";"


cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=12))
def test_what_a_csv_writer_wrote_comes_back_whole(rows):
    """Whatever is quoted by the rules is read back: no record lost, none set aside, lines rising."""
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)

    found = records(stream.getvalue())

    assert [record.fields for record in found] == rows
    assert [record.fault for record in found] == [None] * len(rows)
    lines = [record.line for record in found]
    assert lines == sorted(set(lines))


@given(st.text(st.sampled_from('ab1;,"\n\r '), max_size=200))
def test_any_text_is_read_to_its_end_without_losing_a_line(text):
    """Every physical line with something on it belongs to exactly one record."""
    lines = delimited.split_lines(text)
    covered = [line for record in records(text) for line in range(record.line, record.line + record.span)]

    assert len(covered) == len(set(covered))
    blank = {number for number, line in enumerate(lines, 1) if not line.strip("\r\n")}
    assert set(range(1, len(lines) + 1)) - blank <= set(covered)
