"""GV-ISys, the list of municipalities of Destatis as a workbook: population, area, position.

Under three stacked header rows stand records of several kinds (Satzart 10 Land … 60 municipality). The key
of a municipality (AGS) is Land + RB + Kreis + Gem, that of an association Land + RB + Kreis + VB. Each
column has the date written above it; that of the population may differ from that of the boundaries.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.header import HEADER_LINES, clean
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table
from stadtlabor.files.workbooks.workbook import Workbook
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics import figure_rows, wide
from stadtlabor.values import periods
from stadtlabor.values.signs import GERMAN, POINT
from stadtlabor.values.units import Unit

# Parts of the key and their official widths; a number in the cell has lost its leading zeros.
KEY_PARTS = {"land": 2, "rb": 1, "kreis": 2, "vb": 4, "gem": 3}
LEVELS: Mapping[str, tuple[str, ...]] = {
    "10": ("land",), "20": ("land", "rb"), "30": ("land", "rb", "vb"), "40": ("land", "rb", "kreis"),
    "50": ("land", "rb", "kreis", "vb"), "60": ("land", "rb", "kreis", "gem"),
}  # fmt: skip
MUNICIPALITY = "60"
MEASURES = (
    (re.compile(r"flaeche.*"), "Fläche", Unit("km²", "1")),
    (re.compile(r"bevoelkerung.*insgesamt|bevoelkerung\d*"), "Bevölkerung insgesamt", Unit("Anzahl", "1")),
    (re.compile(r".*maennlich"), "Bevölkerung männlich", Unit("Anzahl", "1")),
    (re.compile(r".*weiblich"), "Bevölkerung weiblich", Unit("Anzahl", "1")),
    (re.compile(r".*jekm2?"), "Bevölkerung je km²", Unit("Einwohner je km²", "1")),
    (re.compile(r".*laengengrad"), "Längengrad", Unit("Grad", "1")),
    (re.compile(r".*breitengrad"), "Breitengrad", Unit("Grad", "1")),
)
REMEDY = "Download the Gemeindeverzeichnis (Auszug GV) again."
PUBLISHER = "Destatis, Gemeindeverzeichnis GV-ISys"


class GvIsys:
    """Reader of the Gemeindeverzeichnis."""

    name = "gv-isys"
    kind = "statistics"
    title = "GV-ISys, list of municipalities (workbook)"
    looks_for = "a sheet with Satzart, Land, RB, Kreis and Gem"
    publisher = PUBLISHER
    licence = "reproduction with attribution"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By a sheet with the headings Satzart, Land, RB, Kreis and Gem."""
        if not file.is_workbook:
            return None
        for sheet, head in file.workbook.sheets():
            if (row := _header_row(head)) is not None:
                return Recognition(0.98, f"the headings Satzart, Land, RB, Kreis, Gem in row {row + 1} of {sheet!r}")
        return None

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per measure of each municipality; DeliveryError where the header is missing."""
        book = file.workbook
        for sheet, head in book.sheets():
            if (row := _header_row(head)) is not None:
                return _read(file, book, sheet, row, manifest)
        raise DeliveryError(
            "no sheet has the headings Satzart, Land, RB, Kreis, Gem", file.name, 1, remedy=REMEDY, rule="no_header"
        )

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """Population, area and position."""
        return figure_rows.scaffold(result)


def _header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of the heading Satzart, where Land, RB, Kreis and Gem stand in it or in the next two."""
    for number, row in enumerate(rows):
        if row and headings.normal(row[0]).replace("_", "") == "satzart":
            near = {headings.normal(cell) for below in rows[number : number + 3] for cell in below}
            return number if {"land", "rb", "kreis", "gem"} <= near else None
    return None


def _read(file: RawFile, book: Workbook, sheet: str, top: int, manifest: Manifest | None) -> ReadResult:
    rows = book.rows(sheet)
    first = next((n for n in range(top, len(rows)) if rows[n][0].strip() in LEVELS), len(rows))
    last = next((n for n in range(len(rows) - 1, first - 1, -1) if rows[n][0].strip() in LEVELS), first - 1)
    header = [[clean(cell) for cell in row] for row in rows[top : min(first, top + HEADER_LINES)]]
    places, columns = _key_places(header), _columns(header)
    if not columns or len(places) < len(KEY_PARTS):
        raise DeliveryError(
            "the header has no population, area or key", file.name, top + 1, remedy=REMEDY, rule="no_header"
        )
    columns = _with_period(columns, manifest)
    names = [" ".join(row[index] for row in header if row[index]) for index in range(len(header[0]))]
    table = Table(file, "figures", names, top + 1, first + 1, sheet=sheet, rows=rows[: last + 1])
    frames = []
    for frame in table.frames():
        long = _cells(frame, columns, places, header, manifest, table)
        is_filled = (pl.col("_kind") == MUNICIPALITY) | (pl.col("value_text").str.strip_chars() != "")
        frames += _rows(long.filter(is_filled), table)
    delivered, empty = _count(table.rows[first:], columns)
    return figure_rows.result(table, frames, manifest, delivered, _notes(table, columns, rows[last + 1 :], empty))


def _count(records: Sequence[Sequence[str]], columns: Sequence[wide.Column]) -> tuple[int, int]:
    """How many cells the records hold, and how many records of other levels hold none.

    A municipality has all of them, a record of another level those that are filled; one of no known
    kind counts as one.
    """
    delivered = empty = 0
    for record in records:
        kind = record[0].strip()
        filled = sum(bool(record[column.index].strip()) for column in columns)
        if kind == MUNICIPALITY:
            delivered += len(columns)
        elif kind in LEVELS:
            delivered += filled
            empty += not filled
        elif any(record):
            delivered += 1
    return delivered, empty


def _key_places(header: Sequence[Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in header:
        for index, cell in enumerate(row):
            if (name := headings.normal(cell)) in KEY_PARTS:
                found.setdefault(name, index)
    return found


def _columns(header: Sequence[Sequence[str]]) -> list[wide.Column]:
    """The columns of measures; a heading and a date hold until the next one in their row."""
    dates = _dates(header)
    columns = []
    for index in range(len(header[0])):
        heading = " ".join(_held(row, index) if level == 0 else row[index] for level, row in enumerate(header[:2]))
        name = headings.normal(heading).replace("_", "")
        for pattern, measure, unit in MEASURES:
            if pattern.fullmatch(name):
                columns.append(wide.Column(index, measure, period=dates.get(index), unit=unit, heading=clean(heading)))
                break
    return _with_bases(columns)


def _with_bases(columns: Sequence[wide.Column]) -> list[wide.Column]:
    """Two populations of one day differ by the census they go on from, which then tells them apart."""
    named = [re.search(r"Zensus\s*(\d{4})", column.heading) for column in columns]
    if len({found[1] for found in named if found}) > 1:
        for column, found in zip(columns, named, strict=True):
            column.attributes = {"Grundlage": f"Zensus {found[1]}"} if found else {}
    return list(columns)


def _with_period(columns: Sequence[wide.Column], manifest: Manifest | None) -> list[wide.Column]:
    """Where no date is written above a column, the period is the manifest's."""
    stated = periods.written(manifest.period if manifest else None)
    return [replace(column, period=column.period or stated) for column in columns]


def _held(row: Sequence[str], index: int) -> str:
    return next((row[place] for place in range(index, -1, -1) if row[place]), "")


def _dates(header: Sequence[Sequence[str]]) -> dict[int, str]:
    dates: dict[int, str] = {}
    for row in header:
        if any(re.search(r"\d{2}\.\d{2}\.\d{4}", cell) for cell in row):
            for index in range(len(row)):
                if found := re.search(r"\d{2}\.\d{2}\.\d{4}", _held(row, index)):
                    dates.setdefault(index, periods.iso(found[0]) or found[0])
    return dates


def _cells(
    frame: pl.DataFrame,
    columns: Sequence[wide.Column],
    places: Mapping[str, int],
    header: Sequence[Sequence[str]],
    manifest: Manifest | None,
    table: Table,
) -> pl.DataFrame:
    kind = pl.col("c0").str.strip_chars()
    faulty = frame.filter(~kind.is_in(list(LEVELS)))
    for line in faulty["line"]:
        table.reject(line, table.columns[0], "not_understood", "the record has no known Satzart")
    parts = {name: pl.col(f"c{index}").str.strip_chars().str.zfill(KEY_PARTS[name]) for name, index in places.items()}
    key = pl.lit("")
    for level, names in LEVELS.items():
        key = pl.when(kind == level).then(pl.concat_str([parts[name] for name in names])).otherwise(key)
    # Headed 'Gemeindename' in most years; else it stands behind the parts of the key.
    named = (index for index, cell in enumerate(header[0]) if "name" in headings.normal(cell))
    name_index = next(named, max(places.values()) + 1)
    base = {
        "_kind": kind,
        "region_key": key,
        "region_label": pl.col(f"c{name_index}").str.strip_chars(),
        "source": pl.lit(figure_rows.source_of(manifest, PUBLISHER)),
        "licence": pl.lit(figure_rows.licence_of(manifest), pl.String),
    }
    known = frame.filter(kind.is_in(list(LEVELS)))
    return wide.to_cells(known, columns, base)


def _rows(long: pl.DataFrame, table: Table) -> list[pl.DataFrame]:
    """Numbers of the sheet have a point; positions are text with a comma. Decided by column."""
    rows = []
    for _, column in long.group_by("column", maintain_order=True):
        is_german = column["value_text"].str.contains(r"[0-9],[0-9]").any()
        rows.append(figure_rows.to_rows(column.drop("_kind"), table, GERMAN if is_german else POINT))
    return rows


def _notes(table: Table, columns: Sequence[wide.Column], below: Sequence[Sequence[str]], empty: int) -> list[str]:
    notes = headings.passed_over(table.columns, {*range(8), *(column.index for column in columns)})
    if any(column.period is None for column in columns):
        notes.append("no date is written above some columns; 'period' in source.yml states it")
    if empty:
        notes.append(f"{empty} records of Länder, Kreise and associations hold names and no values")
    text = " ".join(clean(row[0]) for row in below if row and row[0])
    if text:
        notes.append(f"passed over {len(below)} row(s) of notes at the end: {text[:400]}")
    return notes


READER = GvIsys()
