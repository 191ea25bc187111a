"""Whether a table holds sample data, wholly or in part, and the words that say so."""

from collections.abc import Iterable, Mapping
from typing import Literal

import polars as pl

from dashboard import texts

Sample = Literal["", "partly", "wholly"]


def sample_of(
    frame: pl.DataFrame, tables: Mapping[str, pl.DataFrame], references: Mapping[str, tuple[str, str]]
) -> Sample:
    """How much of a table is sample data: its rows say so, or those of the survey, space or delivery they are of.

    `references` names by column the table whose rows its values name, and the column there.
    """
    if "has_synthetic" in frame.columns:
        return "partly" if frame["has_synthetic"].any() else ""
    own = [pl.col(name) for name in ("is_synthetic",) if name in frame.columns]
    named = [
        pl.col(column).is_in(_marked(tables[table], there).implode())
        for column, (table, there) in references.items()
        if not own and column in frame.columns and "is_synthetic" in tables[table].columns
    ]
    if frame.is_empty() or not own + named:
        return ""
    return together(frame.select(pl.any_horizontal(own + named).fill_null(False)).to_series())


def together(parts: Iterable[Sample | bool]) -> Sample:
    """How much of a whole is sample data, by its rows or parts."""
    found = set(parts)
    if found <= {"", False}:
        return ""
    return "wholly" if found <= {"wholly", True} else "partly"


def sample_title(say: texts.Texts, title: str, sample: Sample) -> str:
    """A title, marked where what it heads holds sample data."""
    return say.group("open_data_sample_titles")[sample].format(title=title) if sample else title


def sample_note(say: texts.Texts, words: str, sample: Sample) -> str:
    """A description that begins with how much is sample data."""
    return f"{say.group('open_data_samples')[sample]} {words}".strip() if sample else words


def _marked(table: pl.DataFrame, column: str) -> pl.Series:
    return table.filter(pl.col("is_synthetic"))[column].drop_nulls()
