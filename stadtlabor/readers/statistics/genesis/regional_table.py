"""Tables of the Regionaldatenbank and of GENESIS-Online, CSV or sheet: titles, stacked header, records, notes.

Records are `key;name;values…`, with the period in the header or above it, or `date;key;name;values…`, or
`measure;unit;values…`; further label columns are further dimensions. Regions of several levels stand side
by side and are all kept under their own keys; nothing is summed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import delimited
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics import figure_rows, wide
from stadtlabor.readers.statistics.genesis import regional_body, regional_labels, stacked_header
from stadtlabor.readers.statistics.genesis.regional_body import Body
from stadtlabor.readers.statistics.genesis.stacked_header import Header
from stadtlabor.values.signs import GERMAN, POINT, Dialect

FIRST_LINE = re.compile(r'"?(?:GENESIS-)?(?P<word>Tabelle|Table)(?: code)?: *(?P<code>[^;,"\r\n]+)', re.IGNORECASE)


class Source(NamedTuple):
    """A text or one sheet: its lines (a sheet's cells joined by ';'), and the rows where it is a sheet."""

    lines: Sequence[str]
    sheet: str = ""
    rows: Sequence[list[str]] = ()

    @property
    def first_line(self) -> re.Match[str] | None:
        """The line that names the table, where the first one with anything on it does."""
        return FIRST_LINE.match(next((line for line in self.lines if line.strip(";\r\n ")), ""))


class RegionalTable:
    """Reader of Regionaldatenbank and GENESIS tables."""

    name = "regional-table"
    kind = "statistics"
    title = "Regionaldatenbank or GENESIS table (CSV or sheet with titles and stacked header)"
    looks_for = "a first line 'GENESIS-Tabelle: …' or 'Tabelle: …'"
    publisher = "Statistische Ämter des Bundes und der Länder"
    licence = "dl-de/by-2-0"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its first line, 'GENESIS-Tabelle: …' or 'Tabelle: …', else by its layout and an office's name."""
        for source in _sources(file, head_only=True):
            where = f" of the sheet {source.sheet!r}" if source.sheet else ""
            if found := source.first_line:
                return Recognition(0.97, f"the first line{where} is {found[0]!r}")
            if _has_the_layout(file, source):
                return Recognition(
                    0.7, f"header and records{where} stand as in an office's table, and it names the office"
                )
        return None

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per cell; DeliveryError where no header or no record is found."""
        source = _source(file)
        body = regional_body.find(source.lines)
        table, header = _open(file, source, body)
        frames = list(table.frames())
        if not frames:
            raise DeliveryError("there is a header and no record below it", file.name, table.header_line,
                                remedy="Ask for the table again.", rule="no_record")  # fmt: skip
        found = source.first_line
        code = found["code"].strip() if found else ""
        labels = regional_labels.kinds(frames[0], header.labels)
        if "measure" in labels:
            regional_labels.slices_of_headings(header.columns, header.titles)
        publisher = regional_body.publisher(source.lines[body.end :])
        stated = {
            "source": pl.lit(figure_rows.source_of(manifest, publisher, code)),
            "licence": pl.lit(figure_rows.licence_of(manifest), pl.String),
        }
        dialect = _dialect(source, found, frames, header)
        rows = [_rows(frame, header, labels, stated, table, dialect) for frame in frames]
        delivered = table.records * len(header.columns) + table.faulty_records
        notes = _notes(header, labels) + regional_body.notes(source.lines, body)
        known = StatisticsFacts(table_code=code, titles=header.titles)
        return figure_rows.result(table, rows, manifest, delivered, notes, known)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The table's measures and periods."""
        return figure_rows.scaffold(result)


def _sources(file: RawFile, head_only: bool = False) -> Iterator[Source]:
    if not file.is_workbook:
        yield Source(delimited.split_lines(file.head if head_only else file.text))
        return
    for sheet, head in file.workbook.sheets():
        rows = [
            [cell.removesuffix(" 00:00:00") for cell in row]
            for row in (head if head_only else file.workbook.rows(sheet))
        ]
        yield Source([";".join(row).rstrip(";") + "\n" for row in rows], sheet, rows)


def _source(file: RawFile) -> Source:
    """The text, or the first sheet that is such a table, else the first one."""
    sources = list(_sources(file))
    fitting = (source for source in sources if source.first_line or _has_the_layout(file, source))
    return next(fitting, sources[0])


def _has_the_layout(file: RawFile, source: Source) -> bool:
    text = source.lines if source.sheet else [file.text[-5_000:], *source.lines[:20]]
    if not any(regional_body.OFFICES.search(line) for line in text):
        return False
    try:
        table, header = _open(file, source, regional_body.find(source.lines))
    except DeliveryError:
        return False
    first = next(table.frames(), None)
    return (
        first is not None
        and bool(header.columns)
        and bool(header.titles or len(header.rows) > 1)
        and not any(row[0] for row in header.rows[:-1])
        and regional_labels.is_keyed(first.drop("line").head(stacked_header.SEARCHED_RECORDS).rows())
    )


def _open(file: RawFile, source: Source, body: Body) -> tuple[Table, Header]:
    lines = source.lines[: body.end]
    for delimiter in ("",) if source.sheet else delimited.DELIMITERS:
        if source.sheet:
            numbered = [(number, row) for number, row in enumerate(source.rows[: body.end], 1) if any(row)]
        else:
            numbered = [
                (r.line, r.fields) for r in islice(delimited.records(lines, delimiter), stacked_header.SEARCHED_RECORDS)
            ]
        head = numbered[: stacked_header.SEARCHED_RECORDS]
        titles, rows = stacked_header.split([fields for _, fields in head])
        if not rows or titles + rows >= len(head):
            continue
        stacked = [fields for _, fields in head[titles : titles + rows]]
        header = stacked_header.understand(
            [fields[0] for _, fields in head[:titles] if fields],
            stacked_header.spread(stacked) if source.sheet else stacked,
            [fields for _, fields in head[titles + rows :]],
        )
        names = [f"label {index + 1}" for index in range(header.labels)]
        names += [""] * (header.width - header.labels)
        for column in header.columns:
            names[column.index] = column.heading
        return Table(
            file, "figures", names, head[titles][0], head[titles + rows][0], delimiter,
            "the header and the records stand between it", lines, source.sheet, source.rows[: body.end],
            has_trailing_delimiters=True,
        ), header  # fmt: skip
    raise DeliveryError("no header with records below it is found", file.name, 1,
                        remedy="Is the table cut off? Download it again as CSV.", rule="no_header")  # fmt: skip


def _dialect(
    source: Source, first_line: re.Match[str] | None, frames: Sequence[pl.DataFrame], header: Header
) -> Dialect:
    """English tables have the decimal point, and so have the numbers of a sheet unless they are texts."""
    if source.sheet:
        values = [frame[f"c{column.index}"] for frame in frames for column in header.columns]
        return GERMAN if any(column.str.contains(r"[0-9],[0-9]").any() for column in values) else POINT
    return POINT if first_line and first_line["word"].lower() == "table" else GERMAN


def _rows(
    frame: pl.DataFrame,
    header: Header,
    labels: Mapping[str, int],
    stated: Mapping[str, pl.Expr],
    table: Table,
    dialect: Dialect,
) -> pl.DataFrame:
    base, dimensions = regional_labels.expressions(labels, header.titles)
    long = wide.to_cells(frame, header.columns, {**base, **stated}, dimensions)
    return figure_rows.to_rows(regional_labels.with_measures(long), table, dialect)


def _notes(header: Header, labels: Mapping[str, int]) -> list[str]:
    notes = [f"title: {title}" for title in header.titles]
    if "region_key" not in labels and "region_label" in labels:
        notes.append("the table has no column of region keys; regions are known by name only")
    return notes


READER = RegionalTable()
