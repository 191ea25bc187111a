"""A chart as it is sent to a page: a specification made once, its data as a table beside it."""

import io
from functools import cached_property
from typing import Any

import altair as alt
import polars as pl
from altair.utils import schemapi

Spec = dict[str, Any]
AnyChart = alt.LayerChart | alt.VConcatChart | alt.HConcatChart | alt.Chart


def trust() -> None:
    """Draw without holding each part of a chart against Vega-Lite's schema: for a process that only draws.

    The tests do that, of every chart; it is a fifth of the work of a page with drawings.
    """
    schemapi.disable_debug_mode()


class Drawn:
    """A chart and, made once, its specification."""

    def __init__(self, chart: AnyChart) -> None:
        self.chart = chart

    @cached_property
    def spec(self) -> Spec:
        """The chart as it is sent to the page."""
        return spec_of(self.chart)


def spec_of(chart: AnyChart) -> Spec:
    """The chart as Vega-Lite; its datasets as Arrow's bytes, which need no work when they are sent.

    Made once per chart and not once per reader. Altair's check against its schema would take twice as long as the
    rest; the tests make it, of each chart.
    """
    spec = chart.to_dict(validate=False)
    datasets = spec.get("datasets", {})
    spec["datasets"] = {name: _as_arrow(rows) if _is_table(rows) else rows for name, rows in datasets.items()}
    return spec


def _as_arrow(rows: list[dict[str, Any]]) -> bytes:
    target = io.BytesIO()
    # The browser's reader does not know the newest kinds of columns.
    pl.from_dicts(rows, infer_schema_length=None).write_ipc_stream(target, compat_level=pl.CompatLevel.oldest())
    return target.getvalue()


def _is_table(rows: object) -> bool:
    """Whether data are rows of plain cells; the outlines of a map are not."""
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) and _is_plain(row) for row in rows)


def _is_plain(row: dict[str, Any]) -> bool:
    return not any(isinstance(cell, dict | list) for cell in row.values())
