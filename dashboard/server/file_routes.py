"""Files to take away, each under an address of its own: `dateien/<what>/<id>.<ending>`.

They are made when they are asked for. Addresses rather than Streamlit's own download buttons, because
those keep a file only until the second run of any open page, which a slow line may not outlast.
"""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

import polars as pl
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import charts, texts
from dashboard.pages.benchmark import selection
from dashboard.pages.events import event_pictures
from dashboard.pages.journal import journal_pictures
from dashboard.pages.planner import planner_pictures
from dashboard.pages.spaces import space_files
from dashboard.pages.surveys import survey_files
from dashboard.pages.towns import portrait
from dashboard.parts import access, compare, downloads
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.release.store import Release
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
        shown = _release(request.query_params.get("stand", ""))
        content = _made(shown, what, name, ending, language, request.query_params.get("stadt", ""))
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


@lru_cache(maxsize=128)
def _made(shown: Release, what: str, name: str, ending: str, language: str, highlighted: str) -> bytes:
    # Pictures go onto slides and into letters: they are always drawn for white paper.
    visit = Visit(language, "light", texts.of(language), Numbers(language), shown)
    if what == "veroeffentlichung":
        return _whole(visit, ending)
    if what == "benchmark":
        return _benchmark(visit, name, ending)
    picture = _picture(visit, what, name, highlighted)
    return _of_picture(picture, visit, ending)


def _whole(visit: Visit, ending: str) -> bytes:
    makers: dict[str, Callable[[], bytes]] = {
        "parquet.zip": lambda: downloads.release_as_parquet(visit.release),
        "csv.zip": lambda: downloads.release_as_csv(visit.release, visit.language),
        "xlsx": lambda: downloads.release_as_excel(visit.release),
    }
    return makers[ending]()


def _benchmark(visit: Visit, name: str, ending: str) -> bytes:
    indicators = selection.chosen(selection.OWN, name.replace("~", ","), visit)
    if not indicators:
        raise LookupError(name)
    table = selection.table(indicators, visit)
    makers = {
        "csv": lambda: downloads.csv(table, visit.language),
        "xlsx": lambda: downloads.excel({visit.say.group("pages")["benchmark"]: table}),
    }
    return makers[ending]()


def _picture(visit: Visit, what: str, name: str, highlighted: str) -> Picture:
    """The picture by its kind and id. Raises `LookupError` where there is none."""
    if what == "portraet":
        if name not in visit.release.towns().get_column("town_id"):
            raise LookupError(name)
        return portrait.picture_of(name, portrait.figures(visit), visit)
    if what == event_pictures.KIND:
        return _found(event_pictures.by_name(visit, name, highlighted or None), name)
    if what == journal_pictures.KIND:
        return _found(journal_pictures.by_name(visit, name, highlighted or None), name)
    if what in survey_files.KINDS:
        return survey_files.picture(visit, what, name, highlighted or None)
    if what in space_files.KINDS:
        return space_files.picture(visit, what, name)
    if what == planner_pictures.KIND:
        return planner_pictures.picture_of(name, visit)
    indicator = visit.release.indicator(name, visit.language)
    if indicator is not None and what == "neueste" and indicator.theme not in store.STRUCTURE:
        return compare.latest_picture(indicator, visit, highlighted or None)
    if indicator is None or indicator.theme not in store.STRUCTURE or what not in ("kennzahl", "verlauf"):
        raise LookupError(name)
    if what == "kennzahl":
        return compare.standard_picture(indicator, visit, highlighted or None)
    return _found(compare.series_picture(indicator, visit, highlighted or None), name)


def _found(picture: Picture | None, name: str) -> Picture:
    if picture is None:
        raise LookupError(name)
    return picture


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
