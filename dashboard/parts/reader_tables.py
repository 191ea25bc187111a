"""The numbers behind a picture as a reader's table: figures in the reader's forms, what never changes left out."""

import re

import polars as pl

from dashboard.article.blocks import Column
from dashboard.parts.visit import Visit

PERIOD = re.compile(r"\d{4}(-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?)?$")
# A whole number needs no decimal, small ones need two to be told apart.
SMALL = 10


def readable(frame: pl.DataFrame, visit: Visit) -> tuple[list[Column], list[list[str]]]:
    """Columns and rows of a picture's numbers; source, licence and title stand beneath the picture already."""
    say = visit.say
    beneath = (say.column_source, say.column_licence, say.column_indicator)
    shown = [
        series
        for place, series in enumerate(frame.iter_columns())
        if place == 0 or (series.name not in beneath and _says_something(series, frame.height))
    ]
    columns = [
        Column(series.name, series.dtype.is_numeric(), series.dtype == pl.String and _is_period(series))
        for series in shown
    ]
    cells = [_cells(series, visit) for series in shown]
    return columns, [list(row) for row in zip(*cells, strict=True)]


def _says_something(series: pl.Series, height: int) -> bool:
    known = series.drop_nulls()
    if known.is_empty() or (series.dtype == pl.String and (known == "").all()):
        return False
    return series.dtype.is_numeric() or height == 1 or known.n_unique() > 1 or len(known) < height


def _is_period(series: pl.Series) -> bool:
    known = series.drop_nulls()
    return bool(len(known)) and all(PERIOD.match(str(one)) for one in known)


def _cells(series: pl.Series, visit: Visit) -> list[str]:
    numbers = visit.numbers
    if series.dtype.is_numeric():
        decimals = _decimals(series)
        return ["" if one is None else numbers.decimal(one, decimals) for one in series]
    if _is_period(series):
        return [numbers.period(one) for one in series]
    return ["" if one is None else str(one) for one in series]


def _decimals(series: pl.Series) -> int:
    known = series.drop_nulls().cast(pl.Float64)
    if (known == known.round(0)).all():
        return 0
    return 2 if bool((known.abs() < SMALL).all()) else 1
