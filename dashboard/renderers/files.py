"""Files to take away: a picture with its numbers, tables, the release; each made once."""

from collections.abc import Callable, Mapping

import polars as pl

from dashboard import charts
from dashboard.pages import SUBJECTS
from dashboard.parts import downloads
from dashboard.parts.picture import Picture, subtitle
from dashboard.parts.visit import Visit
from dashboard.release.release_cache import cached
from dashboard.renderers import access

KINDS = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet.zip": "application/zip",
    "csv.zip": "application/zip",
}

WHOLE = "veroeffentlichung"  # the release itself
# What the subjects make, by the folder in an address.
PICTURES = {folder: make for subject in SUBJECTS for folder, make in subject.files.items()}
TABLES = {folder: make for subject in SUBJECTS for folder, make in subject.tables.items()}


def mark(visit: Visit) -> str:
    """What the name of a file of the team's edition ends with."""
    return f"-{access.INTERNAL}" if visit.release.is_internal else ""


@cached
def made(visit: Visit, what: str, name: str, ending: str, highlighted: str) -> bytes:
    """The bytes of a file by its folder, name and ending. Raises `LookupError` where there is none of that name."""
    if what == WHOLE:
        return _whole(visit, name, ending)
    if what in TABLES:
        tables = TABLES[what](visit, name)
        return _of_tables({called: _told(table, visit) for called, table in tables.items()}, visit, ending)
    if picture := PICTURES[what](visit, name, highlighted or None):
        return _of_picture(picture, visit, ending)
    raise LookupError(name)


def _told(table: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """A table of the team's edition says so in each of its rows."""
    say = visit.say
    return (
        table.with_columns(pl.lit(say.internal_in_file).alias(say.internal_word))
        if visit.release.is_internal
        else table
    )


def _whole(visit: Visit, name: str, ending: str) -> bytes:
    if name != visit.release.release_id:
        raise LookupError(name)
    tables = {f"{called}{mark(visit)}": _told(table, visit) for called, table in visit.release.tables.items()}
    makers: dict[str, Callable[[], bytes]] = {
        "parquet.zip": lambda: downloads.release_as_parquet(tables),
        "csv.zip": lambda: downloads.release_as_csv(tables, visit.language),
        "xlsx": lambda: downloads.excel(downloads.short(tables)),
    }
    return makers[ending]()


def _of_tables(tables: Mapping[str, pl.DataFrame], visit: Visit, ending: str) -> bytes:
    first = next(iter(tables.values()), None)
    if first is None:
        raise LookupError(ending)
    makers = {"csv": lambda: downloads.csv(first, visit.language), "xlsx": lambda: downloads.excel(tables)}
    return makers[ending]()


def _of_picture(picture: Picture, visit: Visit, ending: str) -> bytes:
    numbers = _told(picture.numbers, visit)
    if picture.is_synthetic:
        numbers = numbers.with_columns(pl.lit(visit.say.sample_in_file).alias(visit.say.sample_tag))
    if ending == "csv":
        return downloads.csv(numbers, visit.language)
    if ending == "xlsx":
        return downloads.excel({picture.name: numbers})
    draw = {"png": charts.png, "svg": charts.svg}[ending]
    mark = [visit.say.sample_in_file] if picture.is_synthetic else []
    if visit.release.is_internal:
        mark = [visit.say.internal_in_file, visit.say.internal_key, *mark]
    return draw(charts.sheet(picture.chart, picture.title, subtitle(picture, visit), [*mark, *picture.foot]))
