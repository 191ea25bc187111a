"""Where the server's pages and files lie, as links on them say it: relative to any page."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from dashboard.article.blocks import Files, Link
from dashboard.article.sitemap import ADDRESSES, CARRIED
from dashboard.article.subject_blocks import Report
from dashboard.parts.choosing import EDITION_OF_FILES
from dashboard.parts.visit import Visit
from dashboard.renderers import access
from stadtlabor.disclosure.policy import TEAM

FOLDER = "dateien"  # of all files to take away


def carried(selection: Mapping[str, str]) -> dict[str, str]:
    """What of a selection a link to another page takes along."""
    return {name: selection[name] for name in CARRIED if name in selection}


def of_page(link: Link, selection: Mapping[str, str]) -> str:
    """The address of a page that is linked to where this is selected."""
    return with_query(f"./{ADDRESSES[link.page]}", carried(selection) | dict(link.selection))


def of_file(files: Files, ending: str, visit: Visit, selection: Mapping[str, str]) -> str:
    """The address of a file where this is selected; with its right where a sign-in is asked for.

    It is of the public edition unless a reader of the team's asked for that; a report always is.
    """
    file, is_report = f"{files.kind}/{files.name}.{ending}", isinstance(files, Report)
    is_internal = visit.release.is_internal and not is_report and selection.get(EDITION_OF_FILES) == TEAM
    edition = {access.EDITION: access.INTERNAL} if is_internal else {}
    asked = {
        **({name: value for name, value in selection.items() if name != EDITION_OF_FILES} if is_report else {}),
        "stand": visit.release.release_id,
        "sprache": visit.language,
        "gemeinde": visit.added,
        "gruppe": visit.group,
        **files.selection,
        **edition,
        access.RIGHT: access.right(access.of_edition(file, is_internal), visit.release.release_id),
    }
    return with_query(f"./{FOLDER}/{quote(file)}", asked)


def with_query(path: str, asked: Mapping[str, str]) -> str:
    """A path with what is asked there; empty values are left out."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path
