"""The Employment Agency's municipal data (`gemband`): employees at both ends and commuters, one key date a file.

The workbook's sheet `Gemeindedaten` has titles, a heading of several merged lines and one region a row: key, name,
employees at their place of residence with slices (women, foreigners, ages), at their place of work, those who live and
work there, in- and out-commuters, establishments. The wording of the lines changes from year to year, their words for
place of work, residence and commuters do not.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.statistics import wide
from stadtlabor.readers.statistics.keyed.keyed_table import Format, KeyedTable, cells_of
from stadtlabor.values import periods
from stadtlabor.values.units import Unit

KEY, LABEL = "Gemeindeschlüssel", "Gemeinde"
# A Land has two digits, a district five, a municipality eight; a number has lost its leading zero. The numbers of the
# columns (1, 2, 3 …) are none of them.
REGION = re.compile(r"\d{2}|\d{4,5}|\d{7,8}")
PLACES = (
    (re.compile(r"(wohn|arbeits)\w* *(=|gleich) *(am )?(wohn|arbeits)"), "Wohnort gleich Arbeitsort"),
    (re.compile(r"einpend"), "Einpendler"),
    (re.compile(r"auspend"), "Auspendler"),
    (re.compile(r"betriebe"), "Betriebe"),
)  # fmt: skip
AT_WORK, AT_HOME = "Beschäftigte am Arbeitsort", "Beschäftigte am Wohnort"
DAY = re.compile(r"\b(\d{1,2})\. ?(\d{1,2}\.|[A-Z]\w+) ?(\d{4})\b")
IN_NAME = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
# Titles, heading and numbers of the columns stand above this line or nowhere.
MOST_LINES = 40


class Gemband(KeyedTable):
    """Reader of the municipal data; measures are named in one wording, whatever the year's."""

    def is_header(self, columns: list[str]) -> bool:
        """The line that has in-commuters and out-commuters beside one another."""
        words = [column.lower() for column in columns]
        return all(any(word.startswith(one) for word in words) for one in ("einpend", "auspend"))

    def _join_header(self, table: Table) -> None:
        """One heading per column of all lines above the first region."""
        lines = [cells_of(table, number) for number in range(1, MOST_LINES)]
        found = [
            (n, place) for n, line in enumerate(lines) for place in range(min(2, len(line))) if _is_region(line[place])
        ]
        if not found:
            return
        first, key = found[0]
        # A title stands alone in its line, and the numbers of the columns are no words.
        above = [line for line in lines[:first] if sum(map(bool, line)) > 1 and not "".join(line).isdigit()]
        table.columns = _headings(above, len(table.columns), key)
        table.first_line = first + 1

    def _measures(self, names: Sequence[str], key: int, manifest: Manifest | None, table: Table) -> list[wide.Column]:
        columns = super()._measures(names, key, manifest, table)
        day = _key_date(table)
        return [replace(column, period=column.period or day) for column in columns]

    def _base(self, names: Sequence[str], key: int, manifest: Manifest | None) -> Mapping[str, pl.Expr]:
        written = pl.col(f"c{key}")
        # Seven digits and four have lost their zero.
        full = pl.when(written.str.len_chars().is_in([4, 7])).then("0" + written).otherwise(written)
        return {**super()._base(names, key, manifest), "region_key": full}


def _is_region(cell: str) -> bool:
    return REGION.fullmatch(cell.removesuffix(".0")) is not None


def _headings(above: Sequence[Sequence[str]], width: int, key: int) -> list[str]:
    """What each column measures: by the lowest of its lines that names a place, else a slice of what stands left."""
    names, whole = [KEY if place == key else "" for place in range(width)], ""
    names[key + 1] = LABEL
    for place in range(key + 2, width):
        texts = [line[place] for line in reversed(above) if place < len(line) and line[place]]
        named = next((name for text in texts if (name := _place(text.lower()))), "")
        if named:
            names[place] = named
            whole = named if named in (AT_HOME, AT_WORK) else ""
        elif whole and texts:
            names[place] = f"{whole} | {texts[0]}"
    return names


def _place(text: str) -> str:
    for pattern, name in PLACES:
        if pattern.search(text):
            return name
    # A title names both places.
    at_work, at_home = "arbeitsort" in text, "wohnort" in text
    return AT_WORK if at_work and not at_home else AT_HOME if at_home and not at_work else ""


def _key_date(table: Table) -> str | None:
    """The key date that a title states, else the end of the month in the file's name."""
    for number in range(1, table.first_line):
        for cell in cells_of(table, number):
            if (found := DAY.search(cell)) and (day := _day(found)):
                return day
    if in_name := IN_NAME.search(table.file.name):
        year, month = int(in_name[1]), int(in_name[2])
        return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"
    return None


def _day(found: re.Match[str]) -> str | None:
    month = found[2].rstrip(".")
    if not month.isdigit():
        if month not in periods.MONTHS:
            return None
        month = str(periods.MONTHS.index(month) + 1)
    return periods.iso(f"{found[1]}.{month}.{found[3]}")


READER = Gemband(
    Format(
        "ba-gemband", "Employment Agency, employees and commuters by municipality (gemband)",
        "in-commuters beside out-commuters, over rows with a municipality's key",
        "Statistik der Bundesagentur für Arbeit", "reproduction with attribution",
        key="gemeindeschluessel", label=("gemeinde",),
        measure=lambda heading: None if heading == LABEL else wide.Column(0, heading, unit=Unit("Anzahl", "1")),
        region=lambda key, heading: key,
    )
)  # fmt: skip
