"""Times as local ones, the way they are written: what a survey tool's own zone was says nothing of a respondent's."""

import polars as pl

from stadtlabor.values import times

ISO = "%Y-%m-%dT%H:%M:%S"


def moments(cells: pl.Series, day_first: bool | None = None) -> pl.Series:
    """Times as datetimes without a zone, as the tool wrote them; what is no time, or has no year, becomes null.

    `day_first` says how 03/04/2023 is meant; None finds out from the column and falls back to the
    month first, as the tools that write slashes do.
    """
    return times.parts(cells, day_first).select(times.naive()).to_series()


def iso(cells: pl.Series, day_first: bool | None = None) -> pl.Series:
    """`moments` as ISO text, to the second."""
    return moments(cells, day_first).dt.to_string(ISO)
