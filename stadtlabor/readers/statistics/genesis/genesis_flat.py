"""GENESIS flat file with the new header: one record per value, names in English whatever the language.

`statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;
1_variable_attribute_code;1_variable_attribute_label;…;value;value_unit;value_variable_code;
value_variable_label;[value_q]`. A variable without an attribute code is a total and is no attribute.
"""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import headings
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics import figure_rows, mapping
from stadtlabor.readers.statistics.decimals import genesis_dialect
from stadtlabor.readers.statistics.genesis import genesis_regions
from stadtlabor.readers.statistics.table_reader import TableReader
from stadtlabor.values import periods
from stadtlabor.values.signs import Dialect
from stadtlabor.values.units import split_unit

REQUIRED = ("time", "value", "value_variable_code")
KNOWN = frozenset(
    {"statistics_code", "statistics_label", "time_code", "time_label", "time", "value", "value_unit",
     "value_variable_code", "value_variable_label", "value_q"}
)  # fmt: skip
VARIABLE = re.compile(r"(\d+)_variable(_attribute)?_(code|label)")
PUBLISHER = "Statistische Ämter des Bundes und der Länder"


class GenesisFlat(TableReader):
    """Reader of GENESIS flat files with the new header."""

    name = "genesis-flat"
    title = "GENESIS flat file (new header)"
    looks_for = "the columns time, value and value_variable_code"
    remedy = "Download the flat file (ffcsv) again with all its columns."
    publisher = PUBLISHER
    licence = "dl-de/by-2-0"

    def is_header(self, columns: list[str]) -> bool:
        """Four of its names, a value's among them: with one missing the file is still told what it lacks."""
        return sum(name in KNOWN for name in columns) >= 4 and any(name.startswith("value") for name in columns)

    def recognition(self, table: Table) -> Recognition:
        """By the columns time, value and value_variable_code."""
        if missing := [name for name in REQUIRED if name not in table.columns]:
            return Recognition(0.5, f"names of a GENESIS flat file, but no column {' and '.join(missing)}")
        return Recognition(0.99, f"the names of a GENESIS flat file in line {table.header_line}")

    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """One landing row per record; DeliveryError where a needed column is missing or there twice."""
        if missing := [name for name in REQUIRED if name not in table.columns]:
            raise DeliveryError(
                f"the column {' and '.join(repr(name) for name in missing)} is missing",
                table.file.name, table.header_line, remedy=self.remedy, rule="no_header",
            )  # fmt: skip
        headings.refuse_doubles(table.columns, {}, KNOWN, table.file.name, table.header_line)
        return _read(table, manifest)


def _read(table: Table, manifest: Manifest | None) -> ReadResult:
    raw = list(table.frames())
    place = {name: f"c{index}" for index, name in reversed(list(enumerate(table.columns)))}
    dialect, why = genesis_dialect([frame[place["value"]] for frame in raw])
    numbers = sorted({int(found[1]) for name in place if (found := VARIABLE.fullmatch(name))})
    codes = _all(raw, [place.get(f"{number}_variable_code") for number in numbers])
    keys = _all(raw, [place.get(f"{number}_variable_attribute_code") for number in numbers])
    region = genesis_regions.find(codes, keys)
    frames = [_rows(frame, place, numbers, region, manifest, table, dialect) for frame in raw]
    notes = [
        f"passed over the column {name!r}"
        for name in table.columns
        if name and name not in KNOWN and not VARIABLE.fullmatch(name)
    ]
    if region is None:
        notes.append("no variable of the file is a region; its rows have no region key")
    known = StatisticsFacts(decimal_sign=dialect.decimal, decimal_reason=why)
    return figure_rows.result(table, frames, manifest, table.records + table.faulty_records, notes, known)


def _all(raw: Sequence[pl.DataFrame], names: Sequence[str | None]) -> list[pl.Series]:
    empty = pl.Series(dtype=pl.String)
    return [pl.concat([frame[name] for frame in raw]) if name and raw else empty for name in names]


def _rows(
    frame: pl.DataFrame,
    place: Mapping[str, str],
    numbers: Sequence[int],
    region: int | None,
    manifest: Manifest | None,
    table: Table,
    dialect: Dialect,
) -> pl.DataFrame:
    def column(name: str) -> pl.Expr:
        return pl.col(place[name]).str.strip_chars() if name in place else pl.lit("")

    own = f"{numbers[region]}_variable_attribute_" if region is not None else ""
    others = [number for position, number in enumerate(numbers) if position != region]
    rows = frame.select(
        "line",
        (genesis_regions.key(column(f"{own}code")) if own else pl.lit(None, pl.String)).alias("region_key"),
        column(f"{own}label").alias("region_label"),
        column("value_variable_code").alias("source_figure"),
        column("value_variable_label").alias("source_figure_label"),
        periods.iso_column(column("time")).alias("period"),
        pl.col(place["value"]).alias("value_text"),
        column("value_unit").alias("_unit"),
        column("value_q").alias("quality"),
        column("statistics_code").alias("_statistic"),
        *(column(f"{number}_variable_code").alias(f"_v{number}") for number in others),
        *(column(f"{number}_variable_attribute_code").alias(f"_a{number}") for number in others),
    )
    rows = with_attributes(rows, [(f"_v{number}", f"_a{number}") for number in others])
    rows = with_units(rows)
    statistics = rows["_statistic"].unique().to_list()
    named = {code: figure_rows.source_of(manifest, PUBLISHER, code) for code in statistics}
    return figure_rows.to_rows(
        rows.with_columns(
            pl.col("_statistic").replace_strict(named, return_dtype=pl.String).alias("source"),
            pl.lit(figure_rows.licence_of(manifest), pl.String).alias("licence"),
        ),
        table,
        dialect,
    )


def with_attributes(rows: pl.DataFrame, pairs: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """`attributes` from pairs of columns (variable code, attribute code), totals left out.

    Few combinations occur, so each is written once.
    """
    if not pairs:
        return rows.with_columns(attributes=pl.lit("{}"))
    names = [name for pair in pairs for name in pair]
    combinations = rows.select(names).unique()
    written = [
        mapping.as_json({row[code]: row[value] for code, value in pairs if row[code] and row[value]})
        for row in combinations.iter_rows(named=True)
    ]
    written_of = combinations.with_columns(pl.Series("attributes", written, dtype=pl.String))
    return rows.join(written_of, on=names, how="left", nulls_equal=True, maintain_order="left")


def with_units(rows: pl.DataFrame) -> pl.DataFrame:
    """`unit` and `unit_factor` from `_unit`, the unit as delivered."""
    units = rows.select("_unit").unique()
    split = [split_unit(text) for text in units["_unit"]]
    units = units.with_columns(
        pl.Series("unit", [unit.name for unit in split], dtype=pl.String),
        pl.Series("unit_factor", [unit.factor for unit in split], dtype=pl.String),
    )
    return rows.join(units, on="_unit", how="left", nulls_equal=True, maintain_order="left")


READER = GenesisFlat()
