"""BBSR's reference of municipalities as a workbook: town type, location and central place as keys.

The types are those of associations of municipalities; each of their municipalities has them. A key of the town type
is 10 (large town) to 50 (rural municipality), 30 and 40 are the larger and the smaller small towns; a key of the
location is 1 (very central) to 4 (very peripheral).
"""

import re
from collections.abc import Mapping

import polars as pl

from stadtlabor.files.raw import RawFile
from stadtlabor.readers.statistics.figure_rows import FIGURES_SCHEMA

KEY = "Gemeinden Kennziffer"
HEADINGS = {
    "bbsr_town_type_key": "Stadt- und Gemeindetyp Kennziffer",
    "bbsr_location_key": "Raumtyp Bezug: Lage (Gemeindeverbände) Kennziffer",
}
SOURCE, LICENCE = "BBSR, Raumgliederungen (Referenz Gemeinden)", "dl-de/by-2-0"
DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")


def read(file: RawFile) -> pl.DataFrame | None:
    """Landing rows of `figures`, one per key of a municipality; nothing where the file is no such workbook."""
    if not file.is_workbook:
        return None
    for sheet, head in file.workbook.sheets():
        for place, row in enumerate(head):
            names = {name.strip(): column for column, name in enumerate(row)}
            day = DAY.search(" ".join(cell for above in head[:place] for cell in above))
            if {KEY, *HEADINGS.values()} <= names.keys() and day:
                period = "-".join(reversed(day.groups()))
                return _rows(file.workbook.rows(sheet), place + 1, names, period)
    return None


def _rows(rows: list[list[str]], first: int, names: Mapping[str, int], period: str) -> pl.DataFrame:
    found = [
        {
            # A number in the cell has lost its leading zero.
            "line": str(line), "region_key": row[names[KEY]].zfill(8), "source_figure": name, "figure": name,
            "value_text": row[names[heading]], "value": row[names[heading]], "period": period,
        }
        for line, row in enumerate(rows[first:], first + 1)
        if row[names[KEY]].isdigit()
        for name, heading in HEADINGS.items()
        if row[names[heading]].isdigit()
    ]  # fmt: skip
    return pl.DataFrame(found, schema=FIGURES_SCHEMA).with_columns(
        pl.lit("").alias("sign"),
        pl.lit("").alias("quality"),
        pl.lit("{}").alias("attributes"),
        pl.lit("1").alias("unit_factor"),
        pl.lit("Schlüssel").alias("unit"),
        pl.lit(SOURCE).alias("source"),
        pl.lit(LICENCE).alias("licence"),
    )
