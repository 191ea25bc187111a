"""INKAR, a table from the web page: one column per indicator and year, the years in a second header line.

`Kennziffer;Raumeinheit;Aggregat;<indicator>;…` above `;;;2017;…`; thousands with '.', decimals with ','.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.header import clean
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics import figure_rows, wide
from stadtlabor.readers.statistics.inkar import PUBLISHER, region_key
from stadtlabor.readers.statistics.table_reader import TableReader
from stadtlabor.values import periods
from stadtlabor.values.signs import GERMAN_GROUPED, POINT

LABELS = {"kennziffer": ("kennzahl", "code"), "raumeinheit": ("name", "region"), "aggregat": ("aggregate",)}


class InkarWeb(TableReader):
    """Reader of tables from the INKAR web page."""

    name = "inkar-web"
    title = "INKAR, table from the web page (one column per indicator)"
    looks_for = "the headings Kennziffer, Raumeinheit and Aggregat"
    confidence = 0.96
    publisher = PUBLISHER
    licence = "dl-de/by-2-0"

    def is_header(self, columns: list[str]) -> bool:
        """The headings Kennziffer, Raumeinheit and Aggregat."""
        return "kennziffer" in (found := headings.find(columns, LABELS)) and {"raumeinheit", "aggregat"} <= found.keys()

    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """One landing row per cell; DeliveryError where there is no indicator."""
        found = headings.find(table.columns, LABELS)
        if len(table.columns) <= len(found):
            raise DeliveryError("no line has Kennziffer, Raumeinheit, Aggregat and an indicator", table.file.name,
                                table.header_line, remedy=self.remedy, rule="no_header")  # fmt: skip
        raw = list(table.frames())
        years = _years(raw, found)
        if years:
            raw[0] = raw[0].slice(1)
            table.records -= 1
        columns = _columns(table.columns, found, years, periods.written(manifest.period if manifest else None))
        # A sheet holds numbers as numbers; in the text, the format groups thousands by a point.
        dialect = POINT if table.sheet else GERMAN_GROUPED
        frames = [figure_rows.to_rows(_cells(frame, columns, found, manifest), table, dialect) for frame in raw]
        delivered = table.records * len(columns) + table.faulty_records
        return figure_rows.result(table, frames, manifest, delivered, _notes(table, found, years))


def _years(raw: Sequence[pl.DataFrame], found: Mapping[str, int]) -> dict[int, str]:
    """The periods in the first record, where it is the second header line; {} where it is not."""
    if not raw:
        return {}
    row = raw[0].row(0, named=True)
    cells_of_it = {int(name[1:]): clean(text) for name, text in row.items() if name != "line"}
    values = {index: text for index, text in cells_of_it.items() if index not in found.values() and text}
    has_key = bool(cells_of_it[found["kennziffer"]])
    if has_key or not values or not all(periods.iso(text) for text in values.values()):
        return {}
    return {index: periods.iso(text) or text for index, text in values.items()}


def _columns(
    names: Sequence[str], found: Mapping[str, int], years: Mapping[int, str], otherwise: str | None
) -> list[wide.Column]:
    columns = []
    for index, name in enumerate(names):
        if index not in found.values() and name:
            period = years.get(index, otherwise)
            columns.append(wide.Column(index, name, period=period, heading=f"{name} {period or ''}".strip()))
    return columns


def _cells(
    frame: pl.DataFrame, columns: Sequence[wide.Column], found: Mapping[str, int], manifest: Manifest | None
) -> pl.DataFrame:
    return wide.to_cells(
        frame,
        columns,
        {
            "region_key": region_key(
                pl.col(f"c{found['aggregat']}"), pl.col(f"c{found['kennziffer']}").str.strip_chars()
            ),
            "region_label": pl.col(f"c{found['raumeinheit']}").str.strip_chars(),
            "source": pl.lit(figure_rows.source_of(manifest, PUBLISHER)),
            "licence": pl.lit(figure_rows.licence_of(manifest), pl.String),
        },
    )


def _notes(table: Table, found: Mapping[str, int], years: Mapping[int, str]) -> list[str]:
    notes = [f"passed over the column {table.columns[found['aggregat']]!r}, the kind of region"]
    if years:
        notes.append(f"line {table.first_line} is the second header line: the years")
    else:
        notes.append("there is no line of years; 'period' in source.yml states it")
    return notes


READER = InkarWeb()
