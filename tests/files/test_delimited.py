"""Records and their physical lines; faults found where they are, the rest of the file unharmed."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtlabor.files import delimited


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


def test_empty_fields_behind_the_last_delimiter_are_left_off_only_where_every_record_has_them():
    both = delimited.split_lines("1,2,3,\n4,5,6,\n")
    assert delimited.surplus_of(both, ",", 3) == 1
    assert [one.fields for one in delimited.records(both, ",", 3, surplus=1)] == [["1", "2", "3"], ["4", "5", "6"]]
    one = delimited.split_lines("1,2,3\n4,,5,\n")
    assert delimited.surplus_of(one, ",", 3) == 0
    assert [record.fault is None for record in delimited.records(one, ",", 3)] == [True, False]


@pytest.mark.parametrize(
    "record",
    ['1,x"y,3', '1,"x"y,3', '1,"x \\"y, z\\"",3', '1, "x, y",3', "'a, b','c'", "'a','b','c'", "1,,2,", "1,2,3,"],
)
def test_a_record_whose_fields_could_be_others_is_set_aside(record):
    assert good(f"a,b,c\n{record}\n4,5,6\n")[1:] == [(3, ["4", "5", "6"])]


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


@pytest.mark.parametrize(
    ("damaged", "width"),
    [
        ('"Mölln,population,1\n"Mölln,population,2\n', 3),
        ('1,"Mölln,population\n2,"Mölln,population\n', 3),
        ('1,2,"\n3,4,"\n', 3),
        ('1,",3\n2,",4\n', 3),
        ('1,Mölln,7,"Office\n2,Mölln,8,Office"\n', 4),
        ('1,Mölln,7,"Office\n' + "3,Wittenberge,9,Office\n" * 20_000 + '2,Mölln,8,Office"\n', 4),
    ],
)
def test_two_records_that_open_a_quote_each_are_never_one(damaged, width):
    """The second one's mark would close the first one's cell, and one record would stand for two."""
    end = ",".join("x" * width) + "\n"
    lines = damaged.count("\n")

    found = records("a" + "," * (width - 1) + "\n" + damaged + end, width=width)

    assert [record.span for record in found] == [1] * (lines + 2)
    assert (found[1].line, found[1].fault.reason) == (2, "unbalanced_quote")
    assert found[-1].fields == ["x"] * width


def test_text_behind_a_closing_quote_in_a_later_line_ends_the_cell_where_it_began():
    found = records('a,b,c\n1,"x\ny" z,3\n4,5,6\n')

    assert [record.span for record in found] == [1] * 4
    assert [record.fault and record.fault.reason for record in found][1] == "unbalanced_quote"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ('"1","yes, but\nnot now","2, 3"\n', 3),
        ('1,"yes\nand, please, no"\n', 2),
        ('1,"a\n""b"", c\n\nd",e,f,g\n', 5),
        ('1,2,3,"one, two, three\nfour, five, six\nseven"\n', 4),
        ('"Q1. What do you\n\tthink?","Q2. ""Why""\nthen?",c,d\n', 4),
    ],
)
def test_line_breaks_in_quoted_cells_of_headings_and_answers_stay(text, width):
    (found,) = records(text, width=width)

    assert found.fault is None
    assert found.fields == next(csv.reader(io.StringIO(text, newline="")))


class CountedLines(Sequence):
    """Lines that count how often one is looked at."""

    def __init__(self, lines):
        self.lines, self.looks = lines, 0

    def __len__(self):
        return len(self.lines)

    def __getitem__(self, index):
        found = self.lines[index]
        self.looks += len(found) if isinstance(index, slice) else 1
        return found


@pytest.mark.parametrize(
    "pattern", [['a","\n'], ['a,b,"\n'], ['"a","\n'], ['a,"b,c\n', "1,2,3\n"], ['1,2,"\n', '"",2,3\n']]
)
def test_quotes_left_open_on_every_line_take_linear_time(pattern):
    lines = CountedLines(["a,b,c\n", *pattern * (2_000 // len(pattern))])

    found = list(delimited.records(lines, ",", 3))

    assert sum(record.span for record in found) == len(lines)
    assert lines.looks < 12 * len(lines)


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
