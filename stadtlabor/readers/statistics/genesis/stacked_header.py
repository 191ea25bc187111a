"""The stacked header of a Regionaldatenbank or GENESIS table: which line is what, which column is what.

Above the records stand title lines (one cell each), then one to five header lines: periods, measures,
headings of further dimensions, units, in an order that differs from table to table.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from stadtlabor.files.header import clean
from stadtlabor.readers.statistics.wide import Column
from stadtlabor.values import periods
from stadtlabor.values.signs import GERMAN, POINT, QUALITY_LETTERS, SIGNS, read_cell
from stadtlabor.values.units import Unit, split_unit

# What a line of the header or a record is never read beyond, to find where records begin.
SEARCHED_RECORDS = 60

TIME_WORDS = frozenset(
    {"stichtag", "jahr", "jahre", "monat", "monate", "quartal", "quartale", "semester", "zeit", "date",
     "schuljahr", "year", "years", "reference date", "key date", "month", "quarter"}
)  # fmt: skip
TOTALS = frozenset({"insgesamt", "total", "gesamt"})

# A cell of a line of units; a measure's own name never looks like it.
UNIT_LIKE = re.compile(
    r"(Anzahl|Number|Prozent|Promille|Per cent|Percent|%|‰|EUR\b.*|Euro\b.*|€.*|Tsd\..*|Tausend.*|Mill\..*|Mio\..*"
    r"|Mrd\..*|1[ .]?000.*|qkm|km²|qm|m²|cbm|m³|ha|a|km|m|t|kg|dt|hl|l|kWh|MWh|GWh|GJ|TJ|kW|MW|Tage|Jahre?|Std\.?"
    r"|Stunden|Personen|\d{4}\s?=\s?100|[\w²³€%./]+ (je|pro|per) .*|je .*)",
    re.IGNORECASE,
)
KEY_HEADING = re.compile(r"schlüssel|kennziffer|\bcode\b|\b(ags|ars)\b", re.IGNORECASE)
# 'Bevölkerungsstand (Anzahl)': the only measure of the table, in a title line.
SINGLE_MEASURE = re.compile(r"(?P<name>.+?)\s+\((?P<unit>[^()]+)\)")


@dataclass
class Header:
    """What stands above the records; `labels` are the columns before the first one of values."""

    titles: list[str]
    rows: list[list[str]]
    labels: int
    width: int
    columns: list[Column] = field(default_factory=list)
    period: str | None = None


def split(records: Sequence[list[str]]) -> tuple[int, int]:
    """How many title records and how many header records stand before the first record of values."""
    titles = 0
    while titles < len(records) and not any(cell.strip() for cell in records[titles][1:]):
        titles += 1
    rows = titles
    while rows < len(records) and not is_values(records[rows]):
        rows += 1
    return titles, rows - titles


def is_values(record: Sequence[str]) -> bool:
    """Whether a record holds values: labels in front, a number or sign (and its quality) at the end."""
    cells = [cell.strip() for cell in record]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) < 2 or not cells[0] or cells[0].lower() in TIME_WORDS:
        return False
    if len(cells) > 2 and len(cells[-1]) == 1 and cells[-1] in QUALITY_LETTERS:
        cells.pop()
    return _is_value(cells[-1])


def understand(titles: Sequence[str], rows: Sequence[list[str]], sample: Sequence[list[str]]) -> Header:
    """Tell the header lines apart and describe every column of values.

    `sample` are some records below: a column without a heading counts only where they fill it.
    """
    width = max(len(row) for row in rows)
    padded = [[clean(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    while width > 1 and not any(row[width - 1] for row in (*padded, *sample) if len(row) >= width):
        width -= 1
    header = Header([clean(title) for title in titles], padded, _label_columns(padded, width, sample), width)
    stated = [periods.find(title) for title in header.titles]
    header.period = next((period for period in reversed(stated) if period), None)
    _describe(header)
    _find_quality(header, sample)
    return header


def _is_value(cell: str) -> bool:
    return cell in SIGNS or read_cell(cell, GERMAN) is not None or read_cell(cell, POINT) is not None


def _label_columns(rows: Sequence[list[str]], width: int, sample: Sequence[list[str]]) -> int:
    """Columns before the first value: without a heading in the last header line, or with one and no values."""
    first = next((index for index in range(width) if rows[-1][index]), width)
    # The first column is never one of values: Stichtag;Bevölkerungsstand.
    labels = max(first, 1)
    while labels < width and _is_label(rows[-1][labels], [row[labels].strip() for row in sample if len(row) > labels]):
        labels += 1
    return labels


def _is_label(heading: str, cells: Sequence[str]) -> bool:
    """Whether most cells below a heading are names or keys; a heading that is a period or unit has values."""
    if not heading or periods.iso(heading) or UNIT_LIKE.fullmatch(heading):
        return False
    filled = [cell for cell in cells if cell]
    texts = sum(not _is_value(cell) or re.fullmatch(r"0[0-9]+", cell) is not None for cell in filled)
    return KEY_HEADING.search(heading) is not None or 2 * texts > len(filled)


def spread(rows: Sequence[list[str]]) -> list[list[str]]:
    """The header lines of a sheet with the text of merged cells in each of them.

    A heading goes on into the empty cells beside it as far as the lines above do, a period or unit up to the next.
    """
    done: list[list[str]] = []
    for row in rows:
        filled = [clean(cell) for cell in row]
        is_plain = _all(filled, lambda cell: bool(periods.iso(cell) or UNIT_LIKE.fullmatch(cell)))
        for index in range(1, len(filled)):
            if not filled[index] and (is_plain or all(above[index] == above[index - 1] for above in done)):
                filled[index] = filled[index - 1]
        done.append(filled)
    return done


def _describe(header: Header) -> None:
    cells = [row[header.labels : header.width] for row in header.rows]
    period_rows = [row for row in cells if _all(row, lambda cell: periods.iso(cell) is not None)]
    rest = [row for row in cells if row not in period_rows and not _all(row, _is_time_word)]
    unit_rows = [row for row in rest if _all(row, lambda cell: UNIT_LIKE.fullmatch(cell) is not None)]
    unit_row = unit_rows[-1] if unit_rows else []
    names = [row for row in rest if row is not unit_row]
    single = None if unit_row else _single_measure(header.titles)
    for offset in range(header.width - header.labels):
        path = [row[offset] for row in names if row[offset]]
        period = next((periods.iso(row[offset]) for row in period_rows if row[offset]), header.period)
        column = Column(header.labels + offset, " | ".join(path), period=period)
        if single is not None:
            column.measure, column.unit = single
            column.attributes = _slices(path)
        elif unit_row:
            column.unit = split_unit(unit_row[offset])
        if not column.measure and path == [] and names == []:
            column.measure = _subject(header.titles)
        heading = [column.measure, *(path if single else []), period or ""]
        column.heading = " / ".join(part for part in heading if part)
        header.columns.append(column)


def _find_quality(header: Header, sample: Sequence[list[str]]) -> None:
    """A column of nothing but quality letters belongs to the column of values before it."""
    kept: list[Column] = []
    for column in header.columns:
        found = {row[column.index].strip() for row in sample if len(row) > column.index} - {""}
        if kept and found and all(len(cell) == 1 and cell in QUALITY_LETTERS for cell in found):
            kept[-1].quality = column.index
        else:
            kept.append(column)
    header.columns = kept


def _subject(titles: Sequence[str]) -> str:
    """What a table without a heading of its own is about: its last title line that is no period."""
    return next((title for title in reversed(titles) if not periods.find(title)), "value")


def _slices(path: Sequence[str]) -> dict[str, str]:
    named = {f"heading_{level}": label for level, label in enumerate(path, 1)}
    return {name: label for name, label in named.items() if label.lower() not in TOTALS}


def _single_measure(titles: Sequence[str]) -> tuple[str, Unit] | None:
    for title in reversed(titles):
        if (found := SINGLE_MEASURE.fullmatch(title)) and UNIT_LIKE.fullmatch(found["unit"]):
            return found["name"], split_unit(found["unit"])
    return None


def _is_time_word(cell: str) -> bool:
    return cell.lower() in TIME_WORDS


def _all(row: Sequence[str], predicate: Callable[[str], bool]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and all(predicate(cell) for cell in filled)
