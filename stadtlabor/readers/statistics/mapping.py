"""The manifest's `figures`: which measure of a file is which of the project's figures.

A mapping takes the rows whose `source_figure` or `source_figure_label` is its `source_figure`,
character for character, and whose attributes are its `attributes`, no more and no fewer (a total is
no attribute). Its `unit`, where given, takes only the rows in that unit and those without one, which
it fills: it is needed where a file has the same measure in two units, as count and as share, or none.
"""

import difflib
import json
from collections.abc import Mapping, Sequence

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.manifest.source import FigureMapping, Manifest
from stadtlabor.values.units import split_unit


def as_json(attributes: Mapping[str, str]) -> str:
    """Attributes as the landing table holds them: JSON with sorted keys, '{}' for none."""
    return json.dumps(dict(attributes), ensure_ascii=False, sort_keys=True)


def merged(written: str, further: Mapping[str, str]) -> str:
    """Attributes already written as JSON, with further ones."""
    return as_json({**json.loads(written), **further}) if further else written


def apply(rows: pl.DataFrame, manifest: Manifest | None, file: str) -> tuple[pl.DataFrame, list[str]]:
    """Fill `figure` for the measures the manifest maps; the others keep what the reader set.

    Returns the rows and, for a delivery of several files, the figures that this one has no row for.
    Raises DeliveryError where the delivery's only file has none, or has the measure in several units.
    """
    missing: list[str] = []
    for mapping in manifest.figures if manifest else []:
        chosen = _chosen(mapping)
        units = rows.lazy().filter(chosen).select("unit", "unit_factor").unique().collect()
        if units.is_empty():
            if manifest is not None and len(manifest.files) == 1:
                raise _not_found(rows, mapping, file)
            missing.append(mapping.figure)
        elif len(units) > 1:
            raise _several_units(units, mapping, file)
        else:
            rows = rows.with_columns(
                figure=pl.when(chosen).then(pl.lit(mapping.figure)).otherwise("figure"),
                **_unit_filled(chosen, mapping),
            )
    return rows, missing


def refuse_unmatched(frames: Sequence[pl.DataFrame], manifest: Manifest, file: str) -> None:
    """DeliveryError where no file of a delivery has a figure its manifest maps; `file` is the manifest.

    `frames` are the figures of all files. A single file says so while it is read.
    """
    named = ("source_figure", "source_figure_label", "attributes", "unit", "unit_factor")
    empty = pl.DataFrame(schema=dict.fromkeys(named, pl.String))
    measures = pl.concat([empty, *(frame.select(named).unique(maintain_order=True) for frame in frames)])
    for mapping in manifest.figures:
        if measures.filter(_chosen(mapping)).is_empty():
            raise _not_found(measures, mapping, file)


def _chosen(mapping: FigureMapping) -> pl.Expr:
    named = (pl.col("source_figure") == mapping.source_figure) | (
        pl.col("source_figure_label") == mapping.source_figure
    )
    chosen = named.fill_null(False) & (pl.col("attributes") == as_json(mapping.attributes))
    if mapping.unit is not None:
        unit, factor = split_unit(mapping.unit)
        in_unit = (pl.col("unit") == unit) & (pl.col("unit_factor") == factor if factor != "1" else True)
        chosen &= in_unit | pl.col("unit").is_null()
    return chosen


def _unit_filled(chosen: pl.Expr, mapping: FigureMapping) -> dict[str, pl.Expr]:
    if mapping.unit is None:
        return {}
    unit, factor = split_unit(mapping.unit)
    without = chosen & pl.col("unit").is_null()
    return {
        "unit": pl.when(without).then(pl.lit(unit)).otherwise("unit"),
        "unit_factor": pl.when(without).then(pl.lit(factor)).otherwise("unit_factor"),
    }


def _not_found(rows: pl.DataFrame, mapping: FigureMapping, file: str) -> DeliveryError:
    both = pl.concat([rows["source_figure"], rows["source_figure_label"]])
    names = both.drop_nulls().unique(maintain_order=True)
    if mapping.source_figure in names:
        return _wrong_slice(rows, mapping, file)
    close = difflib.get_close_matches(mapping.source_figure, names.to_list(), n=3, cutoff=0.5)
    has = "; ".join(close or names.to_list()[:8]) or "no figures at all"
    return DeliveryError(
        f"there is no measure {mapping.source_figure!r}, which source.yml maps to {mapping.figure!r}",
        file,
        remedy=f"Did you mean: {has}?" if close else f"There is: {has}",
        rule="not_in_file",
    )


def _wrong_slice(rows: pl.DataFrame, mapping: FigureMapping, file: str) -> DeliveryError:
    named = (pl.col("source_figure") == mapping.source_figure) | (
        pl.col("source_figure_label") == mapping.source_figure
    )
    slices = rows.filter(named).select("attributes", "unit").unique(maintain_order=True).head(5)
    shown = "; ".join(f"{attributes} in {unit or 'no unit'}" for attributes, unit in slices.iter_rows())
    wanted = as_json(mapping.attributes) + (f" in {mapping.unit}" if mapping.unit else "")
    return DeliveryError(
        f"the measure {mapping.source_figure!r} has no row with the attributes {wanted}",
        file,
        remedy=f"Correct the mapping of {mapping.figure!r} in source.yml; there is: {shown}",
        rule="not_in_file",
    )


def _several_units(units: pl.DataFrame, mapping: FigureMapping, file: str) -> DeliveryError:
    shown = sorted((unit or "none") + (f" × {factor}" if factor != "1" else "") for unit, factor in units.rows())
    return DeliveryError(
        f"the measure {mapping.source_figure!r} is given in several units: {', '.join(shown)}",
        file,
        remedy=f"Add 'unit: …' to the mapping of {mapping.figure!r} in source.yml.",
        rule="not_in_file",
    )
