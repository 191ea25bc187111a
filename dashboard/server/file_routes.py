"""Files to take away, each under an address of its own: `dateien/<what>/<id>.<ending>`.

They are made when they are asked for. Addresses rather than Streamlit's own download buttons, because
those keep a file only until the second run of any open page, which a slow line may not outlast.
"""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import texts
from dashboard.parts.pieces.report_files import FOLDER as REPORTS
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.release.snapshot import Release
from dashboard.renderers import access, files, reports, served_addresses
from dashboard.words.numbers import Numbers
from stadtlabor.base import places
from stadtlabor.disclosure.policy import PUBLIC, TEAM

PREFIX = served_addresses.FOLDER

# What `stand` may be: a release's id, or nothing.
RELEASE_ID = re.compile(r"[\w-]{0,64}", re.ASCII)


def routes(base: str = "") -> list[Route]:
    """The addresses, for the server; `base` is the folder under which they lie, "" or "/folder"."""
    return [Route(f"{base}/{PREFIX}/{{what}}/{{file}}", respond)]


def respond(request: Request) -> Response:
    """The file that an address names; 404 in a sentence where there is none."""
    asked = request.query_params
    language = asked.get("sprache", texts.LANGUAGES[0])
    language = language if language in texts.LANGUAGES else texts.LANGUAGES[0]
    what, file = request.path_params["what"], request.path_params["file"]
    stand = asked.get("stand", "")
    # A report is made of the public edition, whatever the reader of the team's has chosen.
    is_internal = what != REPORTS and asked.get(access.EDITION) == access.INTERNAL
    if not RELEASE_ID.fullmatch(stand):
        return PlainTextResponse(texts.of(language).no_file, status_code=400)
    if not access.is_right(access.of_edition(f"{what}/{file}", is_internal), stand, asked.get(access.RIGHT, "")):
        return PlainTextResponse(texts.of(language).no_right, status_code=403)
    name, _, ending = file.partition(".")
    try:
        # Pictures go onto slides and into letters: they are always drawn for white paper.
        shown = _release(stand, TEAM if is_internal else PUBLIC)
        visit = Visit(language, "light", texts.of(language), Numbers(language), shown).beside(asked)
        if what == REPORTS:
            content, name = reports.on_demand(visit, name, ending), f"{name}-{language}"
        else:
            highlighted = asked.get("stadt", "")
            content = files.made(visit, what, name, ending, highlighted if highlighted in visit.town_names() else "")
    except reports.BusyError:
        return PlainTextResponse(visit.say.report_busy, status_code=503, headers={"retry-after": "60"})
    except (LookupError, store.NoReleaseError):
        return PlainTextResponse(texts.of(language).no_file, status_code=404)
    called = f"{name}{files.mark(visit)}.{ending}"
    disposition = f"attachment; filename*=UTF-8''{quote(called)}"
    return Response(content, media_type=files.KINDS[ending], headers={"content-disposition": disposition})


def _release(release_id: str, edition: str) -> Release:
    """The release that the page showed, as long as it is kept; else the current one."""
    if release_id:
        try:
            return store.opened(places.warehouse(), release_id, edition)
        except store.NoReleaseError:
            pass
    return store.opened(places.warehouse(), store.pointer(), edition)
