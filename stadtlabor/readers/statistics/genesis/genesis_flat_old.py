"""GENESIS flat file with the old header: one record per slice, one column per measure.

`Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;
1_Auspraegung_Code;1_Auspraegung_Label;…;FLC006__Gebietsflaeche__qkm`: a measure's heading is its code,
its name and its unit, with '_' for blanks. A heading that ends in `__q` holds the quality letters of the
measure it begins with.
"""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics import figure_rows, wide
from stadtlabor.readers.statistics.decimals import genesis_dialect
from stadtlabor.readers.statistics.genesis import genesis_regions
from stadtlabor.readers.statistics.genesis.genesis_flat import PUBLISHER, with_attributes
from stadtlabor.readers.statistics.table_reader import TableReader
from stadtlabor.values import periods
from stadtlabor.values.units import split_unit

FIXED = ("Statistik_Code", "Statistik_Label", "Zeit_Code", "Zeit_Label", "Zeit")
VARIABLE = re.compile(r"(\d+)_(Merkmal|Auspraegung)_(Code|Label)")
QUALITY = "__q"
# What the database writes where it knows no unit.
NO_UNIT = frozenset({"MeasureUnitNotFound!"})


class GenesisFlatOld(TableReader):
    """Reader of GENESIS flat files with the old header."""

    name = "genesis-flat-old"
    title = "GENESIS flat file (old header)"
    looks_for = "the columns Zeit and Statistik_Code"
    confidence = 0.99
    remedy = "Download the flat file again with all its columns."
    publisher = PUBLISHER
    licence = "dl-de/by-2-0"

    def is_header(self, columns: list[str]) -> bool:
        """Zeit, beside the code of the statistics or of a variable."""
        return "Zeit" in columns and ("Statistik_Code" in columns or "1_Merkmal_Code" in columns)

    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """One landing row per record and measure; DeliveryError where there is no measure."""
        columns = _measures(table.columns)
        if not columns:
            raise DeliveryError(
                "no column holds a measure", table.file.name, table.header_line, remedy=self.remedy, rule="no_header"
            )
        return _read(table, columns, manifest)


def _measures(columns: Sequence[str]) -> list[wide.Column]:
    """The columns of values, each with the column of its quality letters."""
    found: list[wide.Column] = []
    letters: dict[str, int] = {}
    for index, heading in enumerate(columns):
        if heading.endswith(QUALITY):
            letters[heading.removesuffix(QUALITY)] = index
        elif heading and heading not in FIXED and not VARIABLE.fullmatch(heading):
            code, label, unit = _parts(heading)
            found.append(wide.Column(index, code, label, unit=split_unit(unit), heading=heading))
    for column in found:
        of_it = [index for stem, index in letters.items() if _belongs(stem, column.heading)]
        column.quality = of_it[0] if len(of_it) == 1 else None
    return found


def _parts(heading: str) -> tuple[str, str, str]:
    """Code, name and unit: 'WERTA__Ausfuhr:_Wert__Tsd._EUR'; underscores more than two indent the name."""
    code, _, rest = heading.partition("__")
    name, _, unit = rest.lstrip("_").rpartition("__") if "__" in rest.lstrip("_") else (rest, "", "")
    label = " ".join(name.replace("_", " ").split())
    return code, label or code, "" if unit in NO_UNIT else unit.replace("_", " ")


def _belongs(stem: str, heading: str) -> bool:
    return heading == stem or heading.startswith(f"{stem}__")


def _read(table: Table, columns: Sequence[wide.Column], manifest: Manifest | None) -> ReadResult:
    raw = list(table.frames())
    place = {name: f"c{index}" for index, name in reversed(list(enumerate(table.columns)))}
    values = [frame[f"c{column.index}"] for frame in raw for column in columns]
    dialect, why = genesis_dialect(values)
    numbers = sorted({int(found[1]) for name in place if (found := VARIABLE.fullmatch(name))})
    region = genesis_regions.find(
        [_all(raw, place.get(f"{number}_Merkmal_Code")) for number in numbers],
        [_all(raw, place.get(f"{number}_Auspraegung_Code")) for number in numbers],
    )
    frames = [
        figure_rows.to_rows(_cells(frame, columns, place, numbers, region, manifest), table, dialect) for frame in raw
    ]
    delivered = table.records * len(columns) + table.faulty_records
    known = StatisticsFacts(decimal_sign=dialect.decimal, decimal_reason=why)
    return figure_rows.result(table, frames, manifest, delivered, _notes(table.columns, columns, region), known)


def _all(raw: Sequence[pl.DataFrame], name: str | None) -> pl.Series:
    return pl.concat([frame[name] for frame in raw]) if name and raw else pl.Series(dtype=pl.String)


def _cells(
    frame: pl.DataFrame,
    columns: Sequence[wide.Column],
    place: Mapping[str, str],
    numbers: Sequence[int],
    region: int | None,
    manifest: Manifest | None,
) -> pl.DataFrame:
    def column(name: str) -> pl.Expr:
        return pl.col(place[name]).str.strip_chars() if name in place else pl.lit("")

    own = f"{numbers[region]}_Auspraegung_" if region is not None else ""
    pairs = [
        (f"{number}_Merkmal_Code", f"{number}_Auspraegung_Code")
        for position, number in enumerate(numbers)
        if position != region
    ]
    base = {
        "region_key": genesis_regions.key(column(f"{own}Code")) if own else pl.lit(None, pl.String),
        "region_label": column(f"{own}Label"),
        "period": periods.iso_column(column("Zeit")),
        "_statistic": column("Statistik_Code"),
        "licence": pl.lit(figure_rows.licence_of(manifest), pl.String),
        **{name: column(name) for pair in pairs for name in pair},
    }
    long = wide.to_cells(frame, columns, base).drop("attributes")
    sources = {code: figure_rows.source_of(manifest, PUBLISHER, code) for code in long["_statistic"].unique()}
    source = pl.col("_statistic").replace_strict(sources, return_dtype=pl.String)
    return with_attributes(long, pairs).with_columns(source.alias("source"))


def _notes(headings: Sequence[str], columns: Sequence[wide.Column], region: int | None) -> list[str]:
    used = {column.quality for column in columns}
    notes = [
        f"passed over the column {heading!r}: its measure is not clear"
        for index, heading in enumerate(headings)
        if heading.endswith(QUALITY) and index not in used
    ]
    if region is None:
        notes.append("no variable of the file is a region; its rows have no region key")
    return notes


READER = GenesisFlatOld()
