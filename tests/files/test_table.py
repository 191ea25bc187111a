"""Tables split all at once where no line has a quotation mark: the same records, faults and counts as one by one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtlabor.files import delimited, table
from stadtlabor.files.raw import RawFile

WIDTHS = {1: "a", 2: "a;b", 3: "a;b;c"}


def read(path, text: str, width: int):
    """Frames as rows, what was set aside, and the counts."""
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    opened = table.open_table(RawFile(path), "figures", lambda columns: columns == WIDTHS[width].split(";"))
    assert opened is not None
    opened.delimiter = ";"
    rows = [row for frame in opened.frames() for row in frame.rows()]
    return rows, opened.rejects, (opened.records, opened.faulty_records, opened.blank_records, opened.repeated_headers)


lines = st.lists(
    st.text(st.sampled_from("a1;;, '\0\udce4ä"), max_size=8)
    | st.sampled_from(
        ["1;2;3", "x;y", "", ";;", ";", '"1;2', '"a";b;c', '1;"b', 'c";3', "1;2;3;;", "a;b;c", "'a; b';'c'"]
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lines=lines,
    width=st.sampled_from(sorted(WIDTHS)),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    chunk=st.integers(1, 7),
)
def test_all_at_once_is_as_one_by_one(tmp_path, monkeypatch, lines, width, end, chunk):
    text = end.join([WIDTHS[width], *lines])
    path = tmp_path / "table.csv"
    monkeypatch.setattr(table, "CHUNK", chunk)

    found = read(path, text, width)
    with monkeypatch.context() as slowly:
        slowly.setattr(table.Table, "_plain_part", lambda *_: ())
        slowly.setattr(table, "CHUNK", 1_000)
        expected = read(path, text, width)

    assert found == expected


def test_a_file_without_quotes_is_not_split_line_by_line(tmp_path, monkeypatch):
    text = "a;b;c\n" + "1;2;3\n" * 1_000
    path = tmp_path / "table.csv"
    path.write_text(text)
    opened = table.open_table(RawFile(path), "figures", lambda columns: columns == ["a", "b", "c"])
    assert opened.surplus == 0
    monkeypatch.setattr(delimited, "records", lambda *_, **__: pytest.fail("read line by line"))

    assert sum(frame.height for frame in opened.frames()) == opened.records == 1_000


def test_cells_that_are_too_long_and_lines_of_other_lengths_keep_their_places(tmp_path):
    text = "a;b;c\n1;2;3\n1;2\n4;5;6\n" + "x" * 100_001 + ";2;3\n\n7;8;9\n"

    rows, rejects, counts = read(tmp_path / "table.csv", text, 3)

    assert rows == [(2, "1", "2", "3"), (4, "4", "5", "6"), (7, "7", "8", "9")]
    assert [(reject.line, reject.reason, reject.column) for reject in rejects] == [
        (3, "wrong_number_of_fields", ""),
        (5, "field_too_long", "a"),
    ]
    assert counts == (3, 2, 0, 0)


@pytest.mark.parametrize(
    ("headings", "record", "read"),
    [
        ('"a";"b";"c"', "1;2;3;", True),
        # A heading may have lost its delimiter, and all values behind it would stand under another's.
        ("a;b;c", "1;2;3;", False),
        ('"a";"bc"', "1;2;", True),
        ('a;"b""c"', "1;2;", False),
    ],
)
def test_empty_fields_behind_the_headings_are_left_off_only_where_no_heading_lost_its_delimiter(
    tmp_path, headings, record, read
):
    path = tmp_path / "table.csv"
    path.write_text(f"{headings}\n" + f"{record}\n" * 5)
    opened = table.open_table(RawFile(path), "figures", lambda columns: columns[0] == "a")

    assert sum(frame.height for frame in opened.frames()) == (5 if read else 0)
    assert len(opened.rejects) == (0 if read else 5)
    assert read or "add as many delimiters" in opened.rejects[0].detail
