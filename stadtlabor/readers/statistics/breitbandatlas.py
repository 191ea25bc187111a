"""Breitbandatlas: availability of broadband per municipality, one column per technology and speed.

Separator, decimal sign and column names change each year; the label is the same for all years, see
`breitband_headings`. No column states the period: it comes from the manifest. Shares of mobile supply
by kind of area (AGS;Technologie;Flaechenart;…;Verfügbarkeit) have one record per value.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.files import headings
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics import breitband_headings, figure_rows, wide
from stadtlabor.readers.statistics.decimals import genesis_dialect
from stadtlabor.readers.statistics.table_reader import TableReader
from stadtlabor.values import periods
from stadtlabor.values.units import Unit

KEYS = {
    "region_key": ("ags",  "ags_8", "gemeindeschluessel", "amtlicher_gemeindeschluessel", "gem", "kennziffer",
                   "ars", "rs", "schluessel", "staat", "bundesland", "kreis", "landkreis"),
    "region_label": ("name", "gemeinde", "gemeindename", "gen", "raumeinheit", "region"),
    "period": ("datenstand", "stand", "stichtag", "jahr", "zeitraum", "date", "datum"),
}  # fmt: skip
PUBLISHER = "Breitbandatlas | Gigabit-Grundbuch"
LONG_VALUE = "verfuegbarkeit"
PERCENT = Unit("%", "1")


class Breitbandatlas(TableReader):
    """Reader of the Breitbandatlas."""

    name = "breitbandatlas"
    title = "Breitbandatlas (broadband availability per municipality)"
    looks_for = "a region key and columns of technology and speed"
    remedy = "Needed: AGS and columns such as 'alle Technologien ≥ 50 Mbit/s'."
    publisher = PUBLISHER
    licence = "attribution: Breitbandatlas | Gigabit-Grundbuch"

    def is_header(self, columns: list[str]) -> bool:
        """A region key, and technologies with their speeds in most other columns."""
        return _is_header(columns)

    def recognition(self, table: Table) -> Recognition:
        """By a key column and columns of technology and speed."""
        return Recognition(self.confidence, f"a region key and columns such as {_example(table.columns)!r}")

    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """One landing row per cell."""
        found = headings.find(table.columns, KEYS)
        columns, dimensions = _columns(table.columns, found)
        raw = list(table.frames())
        values = [frame[f"c{column.index}"] for frame in raw for column in columns]
        dialect, why = genesis_dialect(values)
        frames = [
            figure_rows.to_rows(_cells(frame, columns, dimensions, found, manifest), table, dialect) for frame in raw
        ]
        notes = _notes(table, found, columns, dimensions, manifest)
        known = StatisticsFacts(decimal_sign=dialect.decimal, decimal_reason=why)
        delivered = table.records * len(columns) + table.faulty_records
        return figure_rows.result(table, frames, manifest, delivered, notes, known)


def _is_header(columns: list[str]) -> bool:
    found = headings.find(columns, KEYS)
    if "region_key" not in found:
        return False
    if any(headings.normal(name) == LONG_VALUE for name in columns):
        return any(headings.normal(name) == "technologie" for name in columns)
    others = [name for index, name in enumerate(columns) if name and index not in found.values()]
    known = [name for name in others if breitband_headings.understand(name)]
    return bool(known) and len(known) >= len(others) / 2


def _example(columns: Sequence[str]) -> str:
    return next((name for name in columns if breitband_headings.understand(name)), "Verfügbarkeit")


def _columns(names: Sequence[str], found: Mapping[str, int]) -> tuple[list[wide.Column], dict[str, int]]:
    """The columns of values, and in a table with one value per record those of its dimensions."""
    long = [index for index, name in enumerate(names) if headings.normal(name) == LONG_VALUE]
    if long:
        column = wide.Column(long[0], names[long[0]], unit=PERCENT, heading=names[long[0]])
        taken = {*found.values(), long[0]}
        return [column], {name: index for index, name in enumerate(names) if name and index not in taken}
    columns = []
    for index, name in enumerate(names):
        if index not in found.values() and (meaning := breitband_headings.understand(name)):
            unit = Unit(meaning.unit, "1")
            columns.append(wide.Column(index, name, meaning.label, period=meaning.period, unit=unit, heading=name))
    return columns, {}


def _cells(
    frame: pl.DataFrame,
    columns: Sequence[wide.Column],
    dimensions: Mapping[str, int],
    found: Mapping[str, int],
    manifest: Manifest | None,
) -> pl.DataFrame:
    key = pl.col(f"c{found['region_key']}").str.strip_chars()
    base: dict[str, pl.Expr] = {
        "region_key": pl.when(key == "Deutschland").then(pl.lit("DG")).otherwise(key),
        "source": pl.lit(figure_rows.source_of(manifest, PUBLISHER)),
        "licence": pl.lit(figure_rows.licence_of(manifest), pl.String),
        **{name: pl.col(f"c{index}").str.strip_chars() for name, index in dimensions.items()},
    }
    if "region_label" in found:
        base["region_label"] = pl.col(f"c{found['region_label']}").str.strip_chars()
    if "period" in found:
        # Written 202312 or 12/2023 as well.
        written = pl.col(f"c{found['period']}").str.strip_chars()
        months = written.str.replace(r"^(\d{4})(\d{2})$", "$1-$2").str.replace(r"^(\d{2})/(\d{4})$", "$2-$1")
        base["period"] = periods.iso_column(months)
    elif not any(column.period for column in columns):
        base["period"] = pl.lit(periods.written(manifest.period if manifest else None), pl.String)
    return wide.to_cells(frame, columns, base, list(dimensions))


def _notes(
    table: Table,
    found: Mapping[str, int],
    columns: Sequence[wide.Column],
    dimensions: Mapping[str, int],
    manifest: Manifest | None,
) -> list[str]:
    used = {*found.values(), *dimensions.values(), *(column.index for column in columns)}
    notes = headings.passed_over(table.columns, used)
    is_stated = "period" in found or any(column.period for column in columns)
    if not is_stated and periods.written(manifest.period if manifest else None) is None:
        notes.append("the file states no period; 'period' in source.yml does")
    return notes


READER = Breitbandatlas()
