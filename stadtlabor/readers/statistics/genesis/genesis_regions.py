"""Which of a flat file's variables is the region: by its code, else by the shape of its keys."""

import re
from collections.abc import Sequence

import polars as pl

# Codes of the regional variables of GENESIS, Regionaldatenbank and Zensus: Germany, Länder, Bezirke,
# Kreise, associations, municipalities; GEO… are those of the Zensus.
REGION_VARIABLE = re.compile(
    r"DG|DINSG|DLAND\w*|BULAND\w*|LAND\d*|REGBEZ\w*|BEZIRK\w*|KREISE?\w*|GEMEIN\w*|FGEMEIN\w*|VBGEM\w*|GVERB\w*"
    r"|STADTE?\w*|STAEDTE\w*|AMTGE\w*|NUTS\w*|GEO[A-Z]{2}\d*",
    re.IGNORECASE,
)
REGION_KEY = r"^(?:DG|[0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9]{7,12})$"
GERMANY = "DG"


def find(variables: Sequence[pl.Series], keys: Sequence[pl.Series]) -> int | None:
    """The position of the region among a file's variables; None where there is none.

    `variables` are the columns of variable codes, `keys` those of attribute codes, in file order.
    """
    for position, codes in enumerate(variables):
        named = [code for code in codes.unique().to_list() if code]
        if named and all(REGION_VARIABLE.fullmatch(code) for code in named):
            return position
    for position, column in enumerate(keys):
        filled = column.filter(column != "")
        if len(filled) and filled.str.contains(REGION_KEY).all():
            return position
    return None


def key(codes: pl.Expr) -> pl.Expr:
    """The region's key; without a code it is the total of all regions, which is Germany."""
    text = codes.str.strip_chars()
    return pl.when(text == "").then(pl.lit(GERMANY)).otherwise(text)
