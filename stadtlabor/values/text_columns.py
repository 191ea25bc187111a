"""Columns of text as files hold them: tidied, and read text by text, each distinct one once."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from stadtlabor.values.words import NO, YES

# A mark that is neither yes nor no may be the day on which it was set.
_DAY = r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}"


# What a sheet shows where a formula went wrong, in German and English: nothing was written there.
SHEET_ERROR = (
    r"^#(?:NV|N/A|NULL!|DIV/0!|WERT!|VALUE!|BEZUG!|REF!|NAME\?|ZAHL!|NUM!|ERROR!|FEHLER!|ÜBERLAUF!|SPILL!|CALC!)$"
)


def tidied(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """`line` and the named columns, text without blanks around it; empty cells and missing columns are null."""
    given = [name for name in names if name in frame.columns]
    missing = [pl.lit(None, pl.String).alias(name) for name in names if name not in frame.columns]
    text = pl.col(given).cast(pl.String).str.replace_all(r"[\s\u00a0]+", " ").str.strip_chars()
    text = text.str.replace(SHEET_ERROR, "").replace("", None)
    return frame.with_columns(text).with_columns(missing).select("line", *names)


def mapped(
    cells: pl.Series, meaning: Callable[[str], Any], dtype: type[pl.DataType] | pl.DataType = pl.String
) -> pl.Series:
    """Each distinct text through a function, once; null stays null."""
    texts = [text for text in cells.unique().to_list() if text is not None]
    if not texts:
        return pl.Series(cells.name, [None], dtype).new_from_index(0, len(cells))
    return cells.replace_strict(texts, [meaning(text) for text in texts], default=None, return_dtype=dtype)


def is_marked(name: str) -> pl.Expr:
    """Whether a column of marks says something other than no; false where it says nothing."""
    mark = pl.col(name).str.to_lowercase()
    return (mark.is_not_null() & ~mark.is_in(list(NO))).fill_null(False)


def is_odd_mark(name: str) -> pl.Expr:
    """Whether a mark is neither yes nor no, nor a day; false where there is none."""
    mark = pl.col(name).str.to_lowercase()
    return (mark.is_not_null() & ~mark.is_in(list(YES | NO)) & ~mark.str.contains(_DAY)).fill_null(False)


def holds_one_of(name: str, words: Sequence[str]) -> pl.Expr:
    """Whether a text holds one of the words, whatever its case."""
    text = pl.col(name).str.to_lowercase()
    return any_of([text.str.contains(word.lower(), literal=True) for word in words])


def any_of(conditions: Sequence[pl.Expr]) -> pl.Expr:
    """Whether one of some conditions holds; one that cannot be told does not, nor one of none."""
    return pl.any_horizontal([pl.lit(False), *(condition.fill_null(False) for condition in conditions)])
