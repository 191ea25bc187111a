"""Cells of official tables: a number, one of the official signs, or neither; never a guess.

The signs are those of German official statistics (DIN 55301): `-` nothing there, `.` secret or
unknown, `...` comes later, `/` not reliable enough, `( )` limited, `x` blocked.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from stadtlabor.values.text_columns import SHEET_ERROR

# How the same sign is also written: typographic dashes and dots, and the Employment Agency's '*'.
SIGNS: Mapping[str, str] = {
    "-": "-", "–": "-", "—": "-", "‐": "-", "−": "-",
    ".": ".", "·": ".", "•": ".", "*": ".",
    "...": "...", "…": "...", "/": "/", "x": "x", "X": "x", "()": "()", "( )": "()",
}  # fmt: skip

# A letter behind a number: preliminary, revised, estimated, final, limited, unreliable.
QUALITY_LETTERS = "prsebu"


class Dialect(NamedTuple):
    """How a format writes numbers; `group` is its thousands separator, '' where it has none."""

    decimal: str
    group: str = ""


GERMAN = Dialect(",")
GERMAN_GROUPED = Dialect(",", ".")
POINT = Dialect(".")


class Cell(NamedTuple):
    """A cell understood: the plain decimal or None, the sign ('' for none), the quality letter ('')."""

    value: str | None
    sign: str
    quality: str


@lru_cache(maxsize=100_000)
def read_cell(text: str, dialect: Dialect) -> Cell | None:
    """Read one cell; None where it is neither number nor sign. An empty cell has neither."""
    written = text.strip()
    if not written or re.fullmatch(SHEET_ERROR, written):
        return Cell(None, "", "")
    if written in SIGNS:
        return Cell(None, SIGNS[written], "")
    sign = ""
    if bracketed := re.fullmatch(r"\(\s*(.+?)\s*\)", written):
        written, sign = bracketed[1], "()"
    quality = ""
    if lettered := re.fullmatch(rf"(.*\d)\s?([{QUALITY_LETTERS}])", written):
        written, quality = lettered[1], lettered[2]
    number = _plain(written, dialect)
    return None if number is None else Cell(number, sign, quality)


def read_column(cells: pl.Series, dialect: Dialect) -> pl.DataFrame:
    """Read many cells at once, as `read_cell` does: columns value, sign, quality (text), understood.

    Plain numbers, which are nearly all, are read by the column; the rest by their distinct texts.
    """
    text = pl.col("text")
    point = re.escape(dialect.decimal)
    frame = cells.fill_null("").alias("text").to_frame()
    frame = frame.with_columns(is_plain=text.str.contains(rf"^-?[0-9]+(?:{point}[0-9]+)?$"))
    rest = frame.filter(~pl.col("is_plain"))["text"].unique()
    odd = {written: cell for written in rest if (cell := read_cell(written, dialect))}
    parts: dict[str, list[str | None]] = {
        "value": [cell.value for cell in odd.values()],
        "sign": [cell.sign for cell in odd.values()],
        "quality": [cell.quality for cell in odd.values()],
    }
    plain = text.str.replace(dialect.decimal, ".", literal=True)
    understood = pl.col("is_plain") | text.is_in(list(odd))
    looked_up: dict[str, pl.Expr] = {
        name: text.replace_strict(list(odd), part, default=None, return_dtype=pl.String) for name, part in parts.items()
    }
    when_plain = pl.when(pl.col("is_plain"))
    return frame.select(
        when_plain.then(plain).otherwise(looked_up["value"]).alias("value"),
        when_plain.then(pl.lit("")).otherwise(looked_up["sign"]).alias("sign"),
        when_plain.then(pl.lit("")).otherwise(looked_up["quality"]).alias("quality"),
        understood.alias("understood"),
    )


def _plain(written: str, dialect: Dialect) -> str | None:
    number = written.replace("\u2212", "-").removeprefix("+")
    point, group = re.escape(dialect.decimal), re.escape(dialect.group)
    if group and re.fullmatch(rf"-?[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?:{point}[0-9]+)?", number):
        number = number.replace(dialect.group, "")
    elif re.fullmatch(rf"-?[0-9]{{1,3}}(?:[ \u00a0\u2009\u202f][0-9]{{3}})+(?:{point}[0-9]+)?", number):
        number = re.sub(r"[ \u00a0\u2009\u202f]", "", number)
    if re.fullmatch(rf"-?[0-9]*(?:{point})?[0-9]+", number):
        whole, _, part = number.replace(dialect.decimal, ".").partition(".")
        return f"{'-0' if whole == '-' else whole or '0'}.{part}" if part else whole
    # Workbooks hold small numbers as 5e-05.
    if dialect.decimal == "." and re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}", number):
        return format(Decimal(number), "f")
    return None
