"""Files to take away, each under an address of its own: `dateien/<what>/<id>.<ending>`.

They are made when they are asked for. Addresses rather than Streamlit's own download buttons, because
those keep a file only until the second run of any open page, which a slow line may not outlast.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

import polars as pl
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import charts, texts
from dashboard.pages import SUBJECTS
from dashboard.parts import access, downloads
from dashboard.parts.picture import Picture, subtitle
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from dashboard.words.numbers import Numbers
from stadtlabor.base import places
from stadtlabor.disclosure.policy import PUBLIC, TEAM

PREFIX = "dateien"
KINDS = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet.zip": "application/zip",
    "csv.zip": "application/zip",
}

# What `stand` may be: a release's id, or nothing.
RELEASE_ID = re.compile(r"[\w-]{0,64}", re.ASCII)
WHOLE = "veroeffentlichung"  # the release itself
# What the subjects make, by the folder in an address.
PICTURES = {folder: make for subject in SUBJECTS for folder, make in subject.files.items()}
TABLES = {folder: make for subject in SUBJECTS for folder, make in subject.tables.items()}


def routes(base: str = "") -> list[Route]:
    """The addresses, for the server; `base` is the folder under which they lie, "" or "/folder"."""
    return [Route(f"{base}/{PREFIX}/{{what}}/{{file}}", respond)]


def respond(request: Request) -> Response:
    """The file that an address names; 404 in a sentence where there is none."""
    asked = request.query_params
    language = asked.get("sprache", texts.LANGUAGES[0])
    language = language if language in texts.LANGUAGES else texts.LANGUAGES[0]
    what, file = request.path_params["what"], request.path_params["file"]
    stand, is_internal = asked.get("stand", ""), asked.get(access.EDITION) == access.INTERNAL
    if not RELEASE_ID.fullmatch(stand):
        return PlainTextResponse(texts.of(language).no_file, status_code=400)
    if not access.is_right(access.of_edition(f"{what}/{file}", is_internal), stand, asked.get(access.RIGHT, "")):
        return PlainTextResponse(texts.of(language).no_right, status_code=403)
    name, _, ending = file.partition(".")
    try:
        # Pictures go onto slides and into letters: they are always drawn for white paper.
        shown = _release(stand, TEAM if is_internal else PUBLIC)
        visit = Visit(language, "light", texts.of(language), Numbers(language), shown).beside(asked)
        highlighted = asked.get("stadt", "")
        content = _made(visit, what, name, ending, highlighted if highlighted in visit.town_names() else "")
    except (LookupError, store.NoReleaseError):
        return PlainTextResponse(texts.of(language).no_file, status_code=404)
    called = f"{name}{_mark(visit)}.{ending}"
    disposition = f"attachment; filename*=UTF-8''{quote(called)}"
    return Response(content, media_type=KINDS[ending], headers={"content-disposition": disposition})


def _mark(visit: Visit) -> str:
    """What the name of a file of the team's edition ends with."""
    return f"-{access.INTERNAL}" if visit.release.is_internal else ""


def _release(release_id: str, edition: str) -> Release:
    """The release that the page showed, as long as it is kept; else the current one."""
    if release_id:
        try:
            return store.opened(places.warehouse(), release_id, edition)
        except store.NoReleaseError:
            pass
    return store.opened(places.warehouse(), store.pointer(), edition)


@cached
def _made(visit: Visit, what: str, name: str, ending: str, highlighted: str) -> bytes:
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
    tables = {f"{called}{_mark(visit)}": _told(table, visit) for called, table in visit.release.tables.items()}
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
