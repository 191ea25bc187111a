"""Which decimal sign a whole file uses, for formats that leave it open; decided once, never per cell."""

from collections.abc import Sequence

import polars as pl

from stadtlabor.files.table import Table
from stadtlabor.values.signs import GERMAN, GERMAN_GROUPED, POINT, Dialect

# A point or comma that may as well group thousands: 19.469.
GROUPED = r"^-?[0-9]{1,3}(?:[.][0-9]{3})+$"
POINT_DECIMAL = r"^-?[0-9]*[.][0-9]+(?:[eE][+-]?[0-9]+)?$"
COMMA_DECIMAL = r"^-?(?:[0-9]+|[0-9]{1,3}(?:[.][0-9]{3})+)?,[0-9]+$"
# Neither reading may be chosen: every number with a point then fails as 'not a number'.
UNDECIDED = GERMAN


def dialect_of(values: pl.Series, table: Table) -> tuple[Dialect, str]:
    """The dialect of a table's values and the reason.

    A sheet and a comma-separated text have the decimal point unless values with a decimal comma
    and none with a point say otherwise; in others the values decide. Where points could only group
    thousands as well, none is read: the cells become rejects that say so.
    """
    text = values.str.strip_chars().str.strip_chars("()")
    commas = int(text.str.contains(COMMA_DECIMAL).sum())
    points = text.filter(text.str.contains(POINT_DECIMAL))
    ambiguous = int(points.str.contains(GROUPED).sum())
    if commas and not len(points) - ambiguous:
        return GERMAN_GROUPED, f"{commas} value(s) with a decimal comma, none with a decimal point"
    if table.sheet or table.delimiter == ",":
        return POINT, "a sheet or comma-separated text writes the decimal point"
    if len(points) - ambiguous:
        return POINT, f"{len(points) - ambiguous} value(s) with a point that cannot group thousands"
    if ambiguous:
        return UNDECIDED, f"undecided: {ambiguous} value(s) such as {points[0]} could be read in two ways"
    return POINT, "no value has a decimal sign"


def genesis_dialect(values: Sequence[pl.Series]) -> tuple[Dialect, str]:
    """The dialect of a GENESIS flat file: decimal comma in German ones, decimal point in English ones.

    GENESIS never groups thousands, so a point can only be a decimal point; one comma anywhere in the
    file makes it German.
    """
    commas = sum(int(column.str.contains(r"^\s*-?[0-9]+,[0-9]+").sum()) for column in values)
    points = sum(int(column.str.contains(r"^\s*-?[0-9]+\.[0-9]+").sum()) for column in values)
    if points and not commas:
        return POINT, f"{points} value(s) with a decimal point, none with a comma: an English file"
    return GERMAN, f"{commas} value(s) with a decimal comma" if commas else "no value has a decimal sign"
