"""Reader of tables with one region a row and one measure a column, in a text or in all sheets of a workbook.

What differs between publishers is an entry (`Format`): how its key is headed and written, which heading is which
measure, what stands for a missing value. Lines without a key (titles, totals, footnotes) are passed over and counted.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from stadtlabor.files import delimited, headings
from stadtlabor.files.header import clean
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics import figure_rows, wide
from stadtlabor.readers.statistics.decimals import dialect_of
from stadtlabor.readers.statistics.table_reader import TableReader
from stadtlabor.values import periods

# A key as a number or a text; what else stands in its column is no record.
KEY = r"^[0-9]{1,12}$"


@dataclass(frozen=True)
class Format:
    """What is special about a publisher's table.

    `key` is a pattern of the key's heading in its normal form, `needs` are patterns of headings that must stand beside
    it; `region` makes the AGS, or the key of an association or district, of the key as written, knowing the key's
    heading. `measure` says what a heading measures, None for nothing. `missing` is a pattern of cells that stand for
    no value. A header of several lines has `header_lines`, joined from top to bottom.
    """

    name: str
    title: str
    looks_for: str
    publisher: str
    licence: str
    key: str
    measure: Callable[[str], wide.Column | None]
    region: Callable[[pl.Expr, str], pl.Expr]
    needs: Sequence[str] = ()
    label: Sequence[str] = ("gemeindename", "gemeinde", "name")
    period: Sequence[str] = ()
    missing: str = ""
    quality: str = ""
    header_lines: int = 1


class KeyedTable(TableReader):
    """Reader of one `Format`."""

    confidence = 0.97

    def __init__(self, form: Format) -> None:
        self.form = form
        self.name, self.title, self.looks_for = form.name, form.title, form.looks_for
        self.publisher, self.licence = form.publisher, form.licence

    def is_header(self, columns: list[str]) -> bool:
        """A heading of a key, and one of each kind needed."""
        names = [headings.normal(column) for column in columns]
        patterns = [re.compile(pattern) for pattern in (self.form.key, *self.form.needs)]
        return all(any(pattern.fullmatch(name) for name in names) for pattern in patterns)

    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """One landing row per region and measure, of this table and of those of further sheets."""
        tables = [table, *self._others(table)]
        read = [self._sheet(one, manifest) for one in tables]
        notes = [note for one in read for note in one.notes]
        first = replace_rejects(tables)
        delivered = sum(one.delivered for one in read)
        known = StatisticsFacts(decimal_sign=read[0].decimal)
        return figure_rows.result(first, [f for one in read for f in one.frames], manifest, delivered, notes, known)

    def _others(self, table: Table) -> list[Table]:
        """The same kind of table on the sheets behind the first."""
        if not table.sheet:
            return []
        book, found = table.file.workbook, []
        for sheet, head in book.sheets():
            at = next((n for n, row in enumerate(head) if self.is_header([clean(cell) for cell in row])), None)
            if at is not None and sheet != table.sheet:
                columns = [clean(cell) for cell in head[at]]
                found.append(
                    Table(table.file, self.landing, columns, at + 1, at + 2, sheet=sheet, rows=book.rows(sheet))
                )
        return found

    def _sheet(self, table: Table, manifest: Manifest | None) -> "Sheet":
        self._join_header(table)
        names = [headings.normal(column) for column in table.columns]
        key = next(place for place, name in enumerate(names) if re.fullmatch(self.form.key, name))
        columns = self._measures(table.columns, key, manifest, table)
        keyed = pl.col(f"c{key}").str.strip_chars().str.replace(r"\.0$", "")
        raw = [frame.with_columns(keyed.alias(f"c{key}")) for frame in table.frames()]
        kept = [frame.filter(pl.col(f"c{key}").str.contains(KEY)) for frame in raw]
        base = self._base(names, key, manifest)
        values = pl.concat(
            [frame[f"c{column.index}"] for frame in kept for column in columns] or [pl.Series(dtype=pl.String)]
        )
        dialect, _ = dialect_of(values, table)
        cells = [wide.to_cells(frame, columns, base) for frame in kept if columns]
        frames = [figure_rows.to_rows(self._signed(one), table, dialect) for one in cells]
        regions = sum(frame.height for frame in kept)
        passed = sum(frame.height for frame in raw) - regions
        where = f" on the sheet {table.sheet!r}" if table.sheet else ""
        notes = [f"passed over {passed} line(s) without a key{where}"] if passed else []
        return Sheet(frames, regions * len(columns) + table.faulty_records, notes, dialect.decimal)

    def _join_header(self, table: Table) -> None:
        """The further lines of a header: words below the headings, no number among them."""
        for _ in range(self.form.header_lines - 1):
            below = cells_of(table, table.first_line)
            if len(below) != len(table.columns) or not any(below) or any(cell.isdigit() for cell in below):
                return
            held = _held(table.columns, below)
            table.columns = [" ".join(filter(None, pair)) for pair in zip(held, below, strict=True)]
            table.first_line += 1

    def _measures(self, names: Sequence[str], key: int, manifest: Manifest | None, table: Table) -> list[wide.Column]:
        stated = periods.written(manifest.period if manifest else None)
        found = []
        for index, name in enumerate(names):
            if index != key and name and (column := self.form.measure(name)):
                found.append(replace(column, index=index, period=column.period or stated, heading=name))
        return found

    def _base(self, names: Sequence[str], key: int, manifest: Manifest | None) -> Mapping[str, pl.Expr]:
        base = {
            "region_key": self.form.region(pl.col(f"c{key}"), names[key]),
            "source": pl.lit(figure_rows.source_of(manifest, self.publisher)),
            "licence": pl.lit(figure_rows.licence_of(manifest), pl.String),
        }
        label = next(
            (place for place, name in enumerate(names) if any(re.fullmatch(one, name) for one in self.form.label)), None
        )
        if label is not None:
            base["region_label"] = pl.col(f"c{label}").str.strip_chars()
        own = next((place for place, name in enumerate(names) if name in self.form.period), None)
        if own is not None:
            base["_row_period"] = periods.iso_column(pl.col(f"c{own}"))
        return base

    def _signed(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Codes for a missing value as the sign of the unknown; a column's own period before the row's."""
        text = pl.col("value_text").str.strip_chars()
        if self.form.missing:
            is_missing = text.str.contains(f"^(?:{self.form.missing})$")
            cells = cells.with_columns(value_text=pl.when(is_missing).then(pl.lit(".")).otherwise("value_text"))
        if "_row_period" in cells.columns:
            cells = cells.with_columns(pl.coalesce("period", "_row_period").alias("period"))
        return cells.with_columns(pl.lit(self.form.quality).alias("quality")) if self.form.quality else cells


@dataclass(frozen=True)
class Sheet:
    """What was read of one table: frames of landing rows, how many cells it holds, notes, its decimal sign."""

    frames: list[pl.DataFrame]
    delivered: int
    notes: list[str]
    decimal: str


def replace_rejects(tables: Sequence[Table]) -> Table:
    """The first table, with what the others set aside."""
    first = tables[0]
    for other in tables[1:]:
        first.rejects.extend(other.rejects)
        first.records += other.records
        first.faulty_records += other.faulty_records
    return first


def cells_of(table: Table, line: int) -> list[str]:
    """The cells of a line, cleaned; none where there is no such line."""
    if table.sheet:
        cells = table.rows[line - 1] if line <= len(table.rows) else []
    else:
        cells = next((one.fields for one in delimited.records(table.lines[line - 1 : line], table.delimiter)), [])
    return [clean(cell) for cell in cells]


def _held(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The upper headings, each held over empty cells to its right as long as something stands below."""
    held, last = [], ""
    for above, below in zip(upper, lower, strict=True):
        last = above or (last if below else "")
        held.append(last)
    return held
