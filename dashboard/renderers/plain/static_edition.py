"""The static edition: a folder of plain pages that opens from a stick and from a web server alike."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from dashboard import texts
from dashboard.article.arrangement import every
from dashboard.article.choices import OneOf
from dashboard.pages import VIEWS
from dashboard.pages.search import contents
from dashboard.parts import subjects
from dashboard.parts.visit import Visit
from dashboard.release.snapshot import Release
from dashboard.renderers import files
from dashboard.renderers.plain.body import View, body_of
from dashboard.renderers.plain.document import document
from dashboard.renderers.plain.folder import Folder, Selection
from dashboard.words.numbers import Numbers

NEAR = 10  # names that are listed at most where one is not there
START = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>StadtLabor Kleinstadt</title>
<meta http-equiv="refresh" content="0; url={first}/index.html"></head>
<body><ul>{links}</ul></body></html>
"""


class UnknownNameError(ValueError):
    """A town or an indicator was asked for that the release does not have."""


def write(
    release: Release,
    target: Path,
    languages: Sequence[str] = texts.LANGUAGES,
    towns: Sequence[str] = (),
    indicators: Sequence[str] = (),
    say: Callable[[str], None] = lambda line: None,
) -> int:
    """Write the pages of a release in each language into `target`; how many files there are.

    `towns` and `indicators` are ids; empty ones mean all. Raises `UnknownNameError`.
    """
    refuse_unknown(release, towns, indicators)
    count = 0
    for language in languages:
        visit = Visit(language, "light", texts.of(language), Numbers(language), release)
        folder = Folder(pages(visit, towns, indicators))
        for place, content in _content(folder, visit):
            path = target / language / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            count += 1
        say(f"{language}: {sum(map(len, folder.pages.values()))} pages, {len(folder.wanted)} files")
    links = "".join(
        f'<li><a href="{one}/index.html" lang="{one}">{texts.of(one).site_name}</a></li>' for one in languages
    )
    (target / "index.html").write_text(START.format(first=languages[0], links=links), "utf-8")
    return count + 1


def refuse_unknown(release: Release, towns: Sequence[str], indicators: Sequence[str]) -> None:
    """Raise `UnknownNameError` for a town or an indicator that a release does not have."""
    known = {one.indicator_id for one in release.indicators(texts.LANGUAGES[0])}
    for name, asked, there in (("town", towns, set(release.town_names())), ("indicator", indicators, known)):
        if unknown := sorted(set(asked) - there):
            near = difflib.get_close_matches(unknown[0], there, n=NEAR, cutoff=0)
            said = f"nearest of {len(there)}: {', '.join(near)}"
            if len(there) <= NEAR:
                said = f"known: {', '.join(sorted(there))}"
            raise UnknownNameError(f"there is no {name} called {', '.join(unknown)}; {said}")


def pages(visit: Visit, towns: Sequence[str], indicators: Sequence[str]) -> Mapping[str, Sequence[Selection]]:
    """The selections that each page is written for; the first is what it shows by itself."""
    found: dict[str, list[Selection]] = {name: [{}] for name in VIEWS}
    found["towns"] += [{"stadt": one} for one in towns or visit.release.town_names()]
    for one in visit.release.indicators(visit.language):
        if indicators and one.indicator_id not in indicators:
            continue
        found["passport"].append({"kennzahl": one.indicator_id})
        if (place := subjects.of(one.theme).place(one)) and place[1]:
            found[place[0]].append(place[1])
    if indicators:
        found["benchmark"] = [{"thema": "eigene", "kennzahlen": ",".join(indicators)}]
    else:
        found["benchmark"] += _options("benchmark", "thema", {}, visit)
    for view in _options("surveys", "ansicht", {}, visit):
        found["surveys"] += [view, *_options("surveys", "befragung", view, visit)]
    found["coworking"] += _options("coworking", "raum", {}, visit)
    return found


def _options(page: str, name: str, beside: Selection, visit: Visit) -> list[Selection]:
    """A selection for each option of a choice on a page but the first, which the page shows by itself."""
    article = VIEWS[page](visit.beside(beside))
    choice = next((one for one in every(article) if isinstance(one, OneOf) and one.name == name), None)
    return [{**beside, name: one} for one in choice.options if one != choice.first] if choice else []


def _content(folder: Folder, visit: Visit) -> Iterator[tuple[str, bytes]]:
    """Each file of a language by its place: the pages, then what they lead to."""
    other = visit.say.switch_language_code
    for name, selections in folder.pages.items():
        view: View = contents.show if name == "search" else VIEWS[name]
        for selection in selections:
            here, now = folder.at(name, selection), visit.beside(selection)
            place = here.name_of(name, selection)
            page = document(name, body_of(view, now, here), now, here, f"../{other}/{place}")
            yield place, page.encode("utf-8")
    for place, (wanted, ending) in folder.wanted.items():
        yield place, files.made(visit, wanted.kind, wanted.name, ending, wanted.selection.get("stadt", ""))
