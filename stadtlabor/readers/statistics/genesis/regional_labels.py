"""What stands before the values of a regional table: period, region, measure, unit, further dimensions."""

from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.readers.statistics.genesis.stacked_header import TOTALS, UNIT_LIKE
from stadtlabor.readers.statistics.wide import Column
from stadtlabor.values import periods
from stadtlabor.values.units import split_unit

# Germany; Land, Bezirk, Kreis, association, municipality, regional keys of 7 to 12 digits.
REGION_KEY = r"^(?:DG|[0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9]{7,12})$"
# A title line of its own says that the whole table is about Germany.
GERMANY = frozenset({"Deutschland", "Germany"})


def kinds(frame: pl.DataFrame, count: int) -> dict[str, int]:
    """Which label column is the period, key, name, unit and measure, or a further dimension (row_1, row_2 …).

    A column of units says that the column before it names the measures: Wahlbeteiligung;Prozent;76,6.
    """
    texts = [frame[f"c{index}"].str.strip_chars() for index in range(count)]
    filled = [column.filter(column != "") for column in texts]
    found: dict[str, int] = {}
    for index in range(1, count):
        is_unit = len(filled[index]) and all(map(UNIT_LIKE.fullmatch, filled[index].unique()))
        if "unit" not in found and is_unit and not is_keyed([[text] for text in filled[index - 1].unique()]):
            found["measure"], found["unit"] = index - 1, index
    for index in range(count):
        if index in found.values():
            continue
        if "period" not in found and len(filled[index]) and all(map(periods.iso, filled[index].unique())):
            found["period"] = index
        elif "region_key" not in found and filled[index].str.contains(REGION_KEY).sum() > 0.9 * len(filled[index]):
            found["region_key"] = index
        elif "region_label" not in found:
            found["region_label"] = index
        else:
            found[f"row_{len([name for name in found if name.startswith('row_')]) + 1}"] = index
    return found


def is_keyed(records: Sequence[Sequence[str]]) -> bool:
    """Whether the records begin with a region's key or a period, as those of an official table do."""
    first = pl.Series([record[0].strip() for record in records if record and record[0].strip()], dtype=pl.String)
    known = first.str.contains(REGION_KEY).fill_null(False) | pl.Series(
        [periods.iso(text) is not None for text in first]
    )
    return len(first) > 0 and int(known.sum()) >= 0.9 * len(first)


def expressions(labels: Mapping[str, int], titles: Sequence[str]) -> tuple[dict[str, pl.Expr], list[str]]:
    """Expressions for `wide.to_cells`, and the names of the further dimensions among them."""
    base = {name: pl.col(f"c{index}").str.strip_chars() for name, index in labels.items()}
    if not {"region_key", "region_label"} & base.keys() and GERMANY & set(titles):
        base["region_key"], base["region_label"] = pl.lit("DG"), pl.lit("Deutschland")
    if "period" in base:
        base["period"] = periods.iso_column(base["period"])
    dimensions = [name for name in base if name.startswith("row_")]
    for name in dimensions:
        is_total = base[name].str.to_lowercase().is_in(list(TOTALS))
        base[name] = pl.when(is_total).then(None).otherwise(base[name])
    for name in ("measure", "unit"):
        if name in base:
            base[f"_{name}"] = base.pop(name)
    return base, dimensions


def slices_of_headings(columns: Sequence[Column], titles: Sequence[str]) -> None:
    """Where the records name the measure, what stands above the values is a slice of it."""
    for column in columns:
        if column.measure not in titles and column.measure.lower() not in TOTALS:
            column.attributes = {"heading_1": column.measure, **column.attributes}


def with_measures(cells: pl.DataFrame) -> pl.DataFrame:
    """The measure and unit that the records name in the place of the header's."""
    if "_measure" not in cells.columns:
        return cells
    split = {text: split_unit(text) for text in cells["_unit"].unique()}
    unit = pl.col("_unit")
    return cells.with_columns(
        source_figure="_measure",
        source_figure_label="_measure",
        unit=unit.replace_strict({text: found.name for text, found in split.items()}, return_dtype=pl.String),
        unit_factor=unit.replace_strict({text: found.factor for text, found in split.items()}, return_dtype=pl.String),
    ).drop("_measure", "_unit")
