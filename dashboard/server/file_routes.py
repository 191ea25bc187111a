"""Files to take away, each under an address of its own: `dateien/<what>/<id>.<ending>`.

They are made when they are asked for. Addresses rather than Streamlit's own download buttons, because
those keep a file only until the second run of any open page, which a slow line may not outlast.
"""

from collections.abc import Callable, Mapping
from urllib.parse import quote

import polars as pl
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import charts, texts
from dashboard.pages import SUBJECTS
from dashboard.parts import access, downloads
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import municipality_queries, store
from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from dashboard.words.numbers import Numbers
from stadtlabor.base import places

PREFIX = "dateien"
KINDS = {
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


def routes(base: str = "") -> list[Route]:
    """The addresses, for the server; `base` is the folder under which they lie, "" or "/folder"."""
    return [Route(f"{base}/{PREFIX}/{{what}}/{{file}}", respond)]


def respond(request: Request) -> Response:
    """The file that an address names; 404 in a sentence where there is none."""
    language = request.query_params.get("sprache", texts.LANGUAGES[0])
    language = language if language in texts.LANGUAGES else texts.LANGUAGES[0]
    what, file = request.path_params["what"], request.path_params["file"]
    if not access.is_right(f"{what}/{file}", request.query_params.get(access.RIGHT, "")):
        return PlainTextResponse(texts.of(language).no_right, status_code=403)
    name, _, ending = file.partition(".")
    try:
        # Pictures go onto slides and into letters: they are always drawn for white paper.
        shown = _release(request.query_params.get("stand", ""))
        added = request.query_params.get("gemeinde", "")
        added = added if municipality_queries.town(shown, added) else ""
        visit = Visit(language, "light", texts.of(language), Numbers(language), shown, added=added)
        content = _made(visit, what, name, ending, request.query_params.get("stadt", ""))
    except (LookupError, store.NoReleaseError):
        return PlainTextResponse(texts.of(language).no_file, status_code=404)
    disposition = f"attachment; filename*=UTF-8''{quote(f'{name}.{ending}')}"
    return Response(content, media_type=KINDS[ending], headers={"content-disposition": disposition})


def _release(release_id: str) -> Release:
    """The release that the page showed, as long as it is kept; else the current one."""
    if release_id:
        try:
            return store.opened(places.warehouse(), release_id)
        except store.NoReleaseError:
            pass
    return store.current()


@cached
def _made(visit: Visit, what: str, name: str, ending: str, highlighted: str) -> bytes:
    if what == WHOLE:
        return _whole(visit, ending)
    if what in TABLES:
        return _of_tables(TABLES[what](visit, name), visit, ending)
    if picture := PICTURES[what](visit, name, highlighted or None):
        return _of_picture(picture, visit, ending)
    raise LookupError(name)


def _whole(visit: Visit, ending: str) -> bytes:
    makers: dict[str, Callable[[], bytes]] = {
        "parquet.zip": lambda: downloads.release_as_parquet(visit.release),
        "csv.zip": lambda: downloads.release_as_csv(visit.release, visit.language),
        "xlsx": lambda: downloads.release_as_excel(visit.release),
    }
    return makers[ending]()


def _of_tables(tables: Mapping[str, pl.DataFrame], visit: Visit, ending: str) -> bytes:
    first = next(iter(tables.values()), None)
    if first is None:
        raise LookupError(ending)
    makers = {"csv": lambda: downloads.csv(first, visit.language), "xlsx": lambda: downloads.excel(tables)}
    return makers[ending]()


def _of_picture(picture: Picture, visit: Visit, ending: str) -> bytes:
    numbers = picture.numbers
    if picture.is_synthetic:
        numbers = numbers.with_columns(pl.lit(visit.say.sample_in_file).alias(visit.say.sample_tag))
    if ending == "csv":
        return downloads.csv(numbers, visit.language)
    if ending == "xlsx":
        return downloads.excel({picture.name: numbers})
    draw = {"png": charts.png, "svg": charts.svg}[ending]
    mark = [visit.say.sample_in_file] if picture.is_synthetic else []
    return draw(charts.sheet(picture.chart, picture.title, picture.subtitle, [*mark, *picture.foot]))
