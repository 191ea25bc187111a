"""Quotation marks in delimited text: one rule by which a record is read, or set aside."""

import re
from collections.abc import Sequence
from functools import cache

import polars as pl


@cache
def well_formed(delimiter: str) -> re.Pattern[str]:
    """One record by RFC 4180: a field is quoted as a whole, its own marks doubled, or has no mark at all."""
    mark = re.escape(delimiter)
    field = rf'(?:"(?:[^"]++|"")*+"|[^"{mark}\r\n]*+)'
    return re.compile(rf"{field}(?:{mark}{field})*+(?:\r\n|\r|\n)?")


def is_well_formed(line: str, delimiter: str) -> bool:
    """Whether a line keeps RFC 4180's rule of quotation marks."""
    return '"' not in line or bool(well_formed(delimiter).fullmatch(line))


def is_single_quoted(fields: Sequence[str]) -> bool:
    """Whether several texts of a record stand between ', or one that does was cut in two."""
    fields = [field.strip() for field in fields]
    texts = [field for field in fields if re.search(r"[^\d\s.,:+-]", field)]
    if sum(len(text) > 1 and text[0] == text[-1] == "'" for text in texts) > 1:
        return True
    opened = [place for place, text in enumerate(fields) if text.startswith("'") and not text.endswith("'")]
    closed = [place for place, text in enumerate(fields) if text.endswith("'") and not text.startswith("'")]
    return bool(opened and closed) and opened[0] < closed[-1]


def has_apostrophes(text: pl.Expr, delimiter: str) -> pl.Expr:
    """Whether an apostrophe stands where a field begins or ends, so that `is_single_quoted` may hold."""
    mark = re.escape(delimiter)
    return text.str.contains(f"(?:^|{mark})\\s*'|'\\s*(?:{mark}|$)")


def are_quoted(fields: Sequence[str], line: str, delimiter: str) -> bool:
    """Whether a line is these fields, each in quotation marks and none with a mark within.

    A lost delimiter shows in such a line of headings, and in no other.
    """
    return line.rstrip("\r\n") == delimiter.join(f'"{field}"' for field in fields)
