"""Reports on a selection of towns and indicators, in every form in which a release is handed on."""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from dashboard import texts
from dashboard.article.arrangement import every
from dashboard.article.blocks import Chart
from dashboard.article.choices import Choice
from dashboard.pages import VIEWS
from dashboard.parts import subjects
from dashboard.parts.pieces.report_files import FORMS, PAGES
from dashboard.parts.visit import Visit
from dashboard.release.snapshot import Release
from dashboard.renderers import open_data, theme_workbook
from dashboard.renderers.pdf import typeset
from dashboard.renderers.plain import static_edition
from dashboard.renderers.slides import deck
from dashboard.words.numbers import Numbers

Page = tuple[str, Visit]
PACKAGE = "datapackage.json"
# Of reports that readers ask for one is made at a time, and so many wait.
MOST_WAITING = 4
_making = threading.Lock()
_turns = threading.BoundedSemaphore(MOST_WAITING)


class BusyError(Exception):
    """As many reports are being made as may be."""


def write(
    kind: str,
    release: Release,
    target: Path,
    languages: Sequence[str],
    towns: Sequence[str],
    indicators: Sequence[str],
    say: Callable[[str], None],
    template: Path | None = None,
) -> list[Path]:
    """Write a report as html, pdf, slides, workbook or open-data into `target`; the files, or the folder's first page.

    `towns` and `indicators` are ids; empty ones mean all. `template` is a presentation whose design the slides take.
    Raises `static_edition.UnknownNameError` for an id that the release does not have.
    """
    static_edition.refuse_unknown(release, towns, indicators)
    target.mkdir(parents=True, exist_ok=True)
    if kind == "html":
        static_edition.write(release, target, languages, towns, indicators, say)
        return [target / "index.html"]
    if kind == "open-data":
        folder = target / "open-data"
        if (folder / PACKAGE).exists():
            shutil.rmtree(folder)
        open_data.write(release, folder)
        return [folder / PACKAGE]
    made = []
    for language in languages:
        for name, content in _FILES[kind](release, language, towns, indicators, template):
            made.append(target / f"{name}-{language}.{_ENDINGS[kind]}")
            made[-1].write_bytes(content)
            say(f"{made[-1].name}: {len(content):,} bytes")
    return made


def _documents(visit: Visit, towns: Sequence[str], indicators: Sequence[str]) -> Iterator[tuple[str, list[Page]]]:
    """The pages that are handed out, by the name of their file: the benchmark, then a town, a survey, a space each."""
    own = {"thema": "eigene", "kennzahlen": ",".join(indicators)} if indicators else {}
    pages = static_edition.pages(visit, towns, indicators)
    yield "benchmark", [("benchmark", visit.beside(own))]
    for name, key in (("towns", "stadt"), ("surveys", "befragung"), ("coworking", "raum")):
        # What a page shows by itself is its first survey or space; of towns it is none.
        by_itself = [] if name == "towns" else list(pages[name][:1])
        found = by_itself + [selection for selection in pages[name] if key in selection]
        for selection in found:
            yield "-".join(filter(None, (name, selection.get(key)))), [(name, visit.beside(selection))]
    yield "journal", [("journal", visit)]


def _visit(release: Release, language: str) -> Visit:
    return Visit(language, "light", texts.of(language), Numbers(language), release)


def _pdfs(
    release: Release, language: str, towns: Sequence[str], indicators: Sequence[str], template: Path | None
) -> Iterator[tuple[str, bytes]]:
    for name, document in _documents(_visit(release, language), towns, indicators):
        yield name, typeset.write(document)


def _slides(
    release: Release, language: str, towns: Sequence[str], indicators: Sequence[str], template: Path | None
) -> Iterator[tuple[str, bytes]]:
    visit = _visit(release, language)
    for name, document in _documents(visit, towns, indicators):
        # A town's portrait and the journal have no chart of published numbers.
        if name.startswith(("benchmark", "surveys", "coworking")):
            yield name, deck.write(document, template)


def _workbooks(
    release: Release, language: str, towns: Sequence[str], indicators: Sequence[str], template: Path | None
) -> Iterator[tuple[str, bytes]]:
    shown = indicators or [one.indicator_id for one in release.indicators(language)]
    yield (
        "kennzahlen" if language == "de" else "indicators",
        theme_workbook.workbook(release, language, towns or list(release.town_names()), shown),
    )


def on_demand(visit: Visit, page: str, ending: str) -> bytes:
    """A page as a report, with what of its choices is selected; made once. Raises `LookupError` where there is none.

    Raises `BusyError` where others wait already.
    """
    if page not in PAGES or ending not in FORMS or visit.release.is_internal:
        raise LookupError(page)
    selection = _known(page, visit)
    key = "report", page, ending, visit.language, tuple(sorted(selection.items()))
    if found := visit.cache.get(key):
        return bytes(found)
    if not _turns.acquire(blocking=False):
        raise BusyError
    try:
        return bytes(visit.cache.made(key, lambda: _made(page, visit.beside(selection), ending)))
    finally:
        _turns.release()


def _known(page: str, visit: Visit) -> dict[str, str]:
    """What of a selection the page's choices know; all else in an address makes no report of its own."""
    choices = [one for one in every(VIEWS[page](visit)) if isinstance(one, Choice)]
    found = {one.name: one.written for one in choices} | {"gemeinde": visit.added, "gruppe": visit.group}
    return {name: value for name, value in found.items() if value}


def _made(page: str, visit: Visit, ending: str) -> bytes:
    # Typesetting and drawing take turns anyway; two at once would both be late.
    with _making:
        if ending == "pdf":
            return typeset.write([(page, visit)])
        if ending == "pptx":
            return deck.write([(page, visit)])
        towns = list(visit.release.town_names())
        if page == "towns":
            towns = [visit.chosen("stadt") or towns[0]]
        return theme_workbook.workbook(visit.release, visit.language, towns, _shown(page, visit))


def _shown(page: str, visit: Visit) -> list[str]:
    """The indicators of a page: of the benchmark those on it, of a town all, of the surveys what they asked."""
    if page == "benchmark":
        charts = [one.picture for one in every(VIEWS[page](visit)) if isinstance(one, Chart)]
        return [one.indicator_id for one in charts if one is not None]
    places = {one.indicator_id: subjects.of(one.theme).place(one) for one in visit.release.indicators(visit.language)}
    return [one for one, place in places.items() if page == "towns" or (place is not None and place[0] == page)]


_FILES: Mapping[str, Callable[..., Iterator[tuple[str, bytes]]]] = {
    "pdf": _pdfs,
    "slides": _slides,
    "workbook": _workbooks,
}
_ENDINGS = {"pdf": "pdf", "slides": "pptx", "workbook": "xlsx"}
