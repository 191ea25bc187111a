"""From cells to rows of the landing table `figures`: values read, what is no number set aside."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.headings import normal
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import landing_tables
from stadtlabor.readers.facts import Measure, StatisticsFacts
from stadtlabor.readers.landing_skeleton import some
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics import mapping
from stadtlabor.values.signs import Dialect, read_column

# A longer list of measures is a catalogue; the analyst picks from `stadtlabor inspect`.
MAX_SCAFFOLDED = 60
FIGURES_SCHEMA = {"line": pl.String, **dict.fromkeys(landing_tables.FIGURES, pl.String)}


def to_rows(cells: pl.DataFrame, table: Table, dialect: Dialect) -> pl.DataFrame:
    """Landing rows of `cells`: one row per cell, with `line`, `value_text` and what else is known.

    A `column` column, where there is one, names the delivered column in rejects. Missing landing
    columns are null; `sign`, `quality` and `unit_factor` of the frame win over the cell's own.
    """
    read = read_column(cells["value_text"], dialect)
    rows = cells.with_columns(read["value"], read["understood"].alias("_understood"))
    for name in ("sign", "quality"):
        own = pl.col(name) if name in cells.columns else pl.lit(None, pl.String)
        rows = rows.with_columns(pl.when(own != "").then(own).otherwise(read[name]).alias(name))
    column = pl.col("column") if "column" in cells.columns else pl.lit("value")
    odd = rows.filter(~pl.col("_understood")).select("line", column, "value_text")
    for line, name, text in odd.iter_rows():
        table.reject(line, name, "not_a_number", text[:100])
    absent = [pl.lit(None, pl.String).alias(name) for name in landing_tables.FIGURES if name not in rows.columns]
    rows = rows.filter("_understood").with_columns(absent)
    rows = rows.with_columns(pl.col("unit_factor").fill_null("1"), pl.col("attributes").fill_null("{}"))
    return rows.select(_blank_is_null(name) for name in FIGURES_SCHEMA)


def _blank_is_null(name: str) -> pl.Expr:
    text = pl.col(name).cast(pl.String)
    # The cell as written stays as written, and no sign or quality letter is '' rather than unknown.
    return text if name in ("value_text", "sign", "quality") else pl.when(text != "").then(text).alias(name)


def result(
    table: Table,
    frames: Sequence[pl.DataFrame],
    manifest: Manifest | None,
    delivered: int,
    notes: Sequence[str] = (),
    known: StatisticsFacts | None = None,
) -> ReadResult:
    """The read result of a statistics file: rows mapped to figures, facts gathered.

    `delivered` is the number of cells the file holds, counted by the caller from records and
    columns, not from the rows; a record that cannot be split counts as one. `known` are facts that the
    rows do not tell. DeliveryError where there is not a single record.
    """
    file = table.file
    rows = pl.concat(frames) if frames else pl.DataFrame(schema=FIGURES_SCHEMA)
    if not delivered:
        raise DeliveryError(
            "there is a header and no record below it", file.name, table.header_line,
            remedy="Ask for the export again.", rule="no_record",
        )  # fmt: skip
    rows, put_back = keys_with_zeros(rows)
    rows, unmatched = mapping.apply(rows, manifest, file.name)
    layout = table.layout()
    facts = replace(
        known or StatisticsFacts(), layout=layout, delivered=delivered, unmatched=unmatched, **_described(rows)
    )
    return ReadResult({"figures": rows}, table.rejects, [*table.notes(), *notes, *put_back], facts)


def keys_with_zeros(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Region keys of the Länder 01 to 09 that lost their zero in a spreadsheet, with it; and a note.

    Of municipalities (seven digits for eight, eleven for twelve) and districts (four for five), where the file has no
    key with its zero, and no name or text for one.
    """
    key, size = pl.col("region_key"), pl.col("region_key").str.len_chars()
    keys = rows.select(key.drop_nulls().unique()).to_series()
    is_number = keys.str.contains(r"^\d+$")
    sizes = set(keys.filter(is_number).str.len_chars())
    if keys.filter(is_number).str.starts_with("0").any() or not sizes <= {4, 5, 7, 8, 11, 12}:
        return rows, []
    lost = (key.str.contains(r"^[1-9]\d+$") & size.is_in([4, 7, 11])).fill_null(False)
    count = rows.filter(lost)["region_key"].n_unique()
    if not count:
        return rows, []
    lines = some(int(line) for line in rows.filter(lost)["line"])
    mended = rows.with_columns(region_key=pl.when(lost).then(pl.concat_str(pl.lit("0"), key)).otherwise(key))
    return mended, [f"{count} region key(s) had lost their leading zero: put back (line {lines})"]


def _described(rows: pl.DataFrame) -> dict[str, Any]:
    """The fields of StatisticsFacts that the rows tell."""
    keys = rows["region_key"].drop_nulls().unique()
    signs = rows.filter(pl.col("sign") != "")["sign"].value_counts().sort("sign")
    measures = (
        rows.filter(pl.col("source_figure").is_not_null())
        .group_by("source_figure", "source_figure_label", "unit", "unit_factor", maintain_order=True)
        .agg(pl.col("attributes").unique(maintain_order=True).head(50), pl.len().alias("rows"))
        .to_dicts()
    )
    return {
        "rows": rows.height,
        "periods": rows["period"].drop_nulls().unique().sort().to_list(),
        "regions": len(keys),
        "regions_by_key_length": dict(sorted(Counter(keys.str.len_chars().to_list()).items())),
        "measures": [Measure(**measure) for measure in measures],
        "signs": dict(signs.iter_rows()),
        "empty_cells": rows.filter(pl.col("value").is_null() & (pl.col("sign") == "")).height,
    }


def source_of(manifest: Manifest | None, publisher: str, table_code: str = "") -> str:
    """Who published a row: the manifest's producer, else the format's, and the table."""
    producer = manifest.producer if manifest else publisher
    return f"{producer}, table {table_code}" if table_code and table_code not in producer else producer


def licence_of(manifest: Manifest | None) -> str | None:
    """The licence the manifest states."""
    return manifest.licence if manifest else None


def scaffold(found: ReadResult) -> dict[str, object]:
    """The field `figures` of a `source.yml`: each measure with a name made from its label.

    The totals where a measure has them, else its slices; at most 60. A measure in several units names its unit.
    """
    measures = found.facts_as(StatisticsFacts).measures
    entries: list[dict[str, object]] = []
    taken: set[str] = set()
    units = Counter(measure.source_figure for measure in measures)
    for measure in measures:
        for attributes in ["{}"] if "{}" in measure.attributes else measure.attributes:
            slices = json.loads(attributes)
            unit = measure.unit if units[measure.source_figure] > 1 else None
            label = measure.source_figure_label or measure.source_figure
            name = _slug(" ".join([label, *slices.values(), unit or ""]), taken)
            entry: dict[str, object] = {"figure": name, "source_figure": measure.source_figure}
            entry |= {"attributes": slices} if slices else {}
            entry |= {"unit": unit} if unit else {}
            entries.append(entry)
    return {"figures": entries[:MAX_SCAFFOLDED]} if entries else {}


def _slug(text: str, taken: set[str]) -> str:
    """A figure name by the manifest's rule; a number behind it where two labels give the same."""
    stem = normal(text.replace("%", " pct").replace("€", " eur").replace("≥", " "))[:58].strip("_") or "figure"
    stem = stem if stem[0].isalpha() else f"f_{stem}"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    taken.add(name)
    return name
