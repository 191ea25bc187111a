"""Every pollution of HPI Pollock's benchmark, done to a table as text: 2,290 files of 83 records and nine columns.

Written from the published list of pollutions (Vitagliano et al., VLDB 2023). Cells are kept as they are written, with
their quotation marks, so that a changed character is the only change, as in the benchmark's own files.
"""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Row = list[str]
ROWS, SEED = 83, 20
HEADINGS = ("Datum", "Zeit", "Menge", "Nummer", "Preis", "Sorte", "Beschreibung", "Seite", "Anmerkung")
TEXTS = (
    "Fest, leicht und dicht. Für Männer, Frauen, Kinder: s'passt!",
    "Ein Brett von 8\\'9\" Länge, gerade gesägt",
    '"Werkstatt" zuerst, dann alles andere',
    "Ohne Komma",
)
SORTS = ("Bretter, lang", 'Rohr 10" stark', "Kinder' Stuhl", "Lampe", 'Rohr, 24"')


class Polluted(NamedTuple):
    """A file of the benchmark: its name, its text, and the rows (headings first) that are right to read."""

    name: str
    text: str
    right: list[Row]


def own_table() -> str:
    """A made-up table with what makes the benchmark's hard: marks, commas and apostrophes in texts, an empty column."""
    dice = random.Random(SEED)
    lines = [",".join([*HEADINGS[:6], *(f'"{name}"' for name in HEADINGS[6:8]), HEADINGS[8]])]
    for number in range(ROWS):
        day, time = f"{dice.randrange(1, 29):02}/01/2018", f"{dice.randrange(24):02}:15"
        plain = [day, time, str(dice.randrange(30)), f"MG-{number:04}", f"${number}.50"]
        texts = [_quoted(dice.choice(TEXTS)), _quoted(f"https://example.org/{number}.html"), ""]
        lines.append(",".join([*plain, _written(dice.choice(SORTS)), *texts]))
    return "".join(f"{line}\r\n" for line in lines)


def polluted(table: str) -> Iterator[Polluted]:
    """The files made of a table: comma, CRLF, quotation marks doubled within texts, headings first."""
    right = list(csv.reader(io.StringIO(table, newline="")))
    rows = [_cells(line) for line in table.split("\r\n")[:-1]]
    files = {"source": table, **_files(rows, table), **_structure(rows, table)}
    for place in range(len(rows)):
        files |= _of_a_row(rows, place)
    for name, text in files.items():
        yield Polluted(name, text, [[]] if name == "file_no_payload" else _right(name, right))


def _right(name: str, rows: list[Row]) -> list[Row]:
    if name in ("file_header_only", "file_one_data_row"):
        return rows[: 1 + (name == "file_one_data_row")]
    if name == "file_multitable_same":
        return [*rows, *rows[1:]]
    return rows[1:] if name == "file_no_header" else rows


def _files(rows: list[Row], table: str) -> dict[str, str]:
    """What befalls a file or a table as a whole; a second table counts where it has the headings of the first."""
    head, body = _text(rows[:1]), _text(rows[1:])
    again = [[_written(cell) for cell in next(csv.reader([",".join(row)]))] for row in rows]
    return {
        "file_no_payload": "",
        "file_no_trailing_newline": table.removesuffix("\r\n"),
        "file_double_trailing_newline": f"{table}\r\n",
        "file_no_header": body,
        "file_header_multirow_2": head + table,
        "file_header_multirow_3": head * 2 + table,
        "file_preamble": _text([["PREAMBLE", *[""] * 8], [""] * 9]) + table,
        "file_multitable_less": table + _text([row[:-1] for row in again]),
        "file_multitable_same": table + _text(again),
        "file_multitable_more": table + _text([[*row, "" if index else "col1"] for index, row in enumerate(again)]),
        "file_header_only": head,
        "file_one_data_row": _text(rows[:2]),
    }


def _structure(rows: list[Row], table: str) -> dict[str, str]:
    """Another character for delimiters, marks, escapes and line ends of the whole file."""
    delimiters = {"0x20": " ", "0x2C_0x20": ", ", "0x3B": ";", "0x9": "\t"}
    inner = table.replace('""', "\0")
    return {f"file_field_delimiter_{code}": _text(rows, mark) for code, mark in delimiters.items()} | {
        "file_quotation_char_0x27": inner.replace('"', "'").replace("\0", "''"),
        "file_escape_char_0x5C": inner.replace("\0", '\\"'),
        "file_escape_char_0x00": inner.replace("\0", '"'),
        "file_record_delimiter_0xA": table.replace("\r\n", "\n"),
        "file_record_delimiter_0xD": table.replace("\r\n", "\r"),
    }


def _of_a_row(rows: list[Row], place: int) -> dict[str, str]:
    """A delimiter too few or too many, a mark too many at each cell; blanks for delimiters."""
    row, found = rows[place], {}
    for column in range(len(row)):
        before, cell, behind = row[:column], row[column], row[column + 1 :]
        found[f"row_more_sep_row{place}_col{column}"] = [*before, "", cell, *behind]
        found[f"row_extra_quote{place}_col{column}"] = [*before, f'"{cell}', *behind]
        if column:
            found[f"row_less_sep_row{place}_col{column}"] = [*before[:-1], before[-1] + cell, *behind]
    found[f"row_field_delimiter_{place}_0x20"] = [" ".join(row)]
    around = _text(rows[:place]), _text(rows[place + 1 :])
    return {name: around[0] + _text([changed]) + around[1] for name, changed in found.items()}


def _cells(line: str) -> Row:
    """The cells of a line as they are written."""
    cells, start, is_open = [], 0, False
    for index, character in enumerate(line):
        is_open ^= character == '"'
        if character == "," and not is_open:
            cells.append(line[start:index])
            start = index + 1
    return [*cells, line[start:]]


def _text(rows: Sequence[Row], delimiter: str = ",") -> str:
    return "".join(f"{delimiter.join(row)}\r\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _written(cell: str) -> str:
    return _quoted(cell) if set(cell) & set('",') else cell
