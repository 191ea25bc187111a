"""A whole plain page: brand, navigation, the article, the foot; in light and dark, and on paper."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from dashboard.article.blocks import Link
from dashboard.article.sitemap import AT_FOOT, DATA, MAIN, OFFICIAL_PAGES
from dashboard.parts.visit import Visit
from dashboard.renderers import foreign
from dashboard.renderers.markup import part
from dashboard.renderers.plain.body import Body, Edition
from dashboard.renderers.plain.served import Served
from dashboard.renderers.style import plain_sheet


def document(name: str, body: Body, visit: Visit, edition: Edition, switch: str) -> str:
    """The page of this name as a file; `switch` is the address of the same page in the other language."""
    # Without a server there is no search, but a list of what there is.
    rows = [MAIN, (*DATA, "search")]
    content = {**_content(name, body, visit, edition, switch), **_navigation(name, rows, visit), "can_search": False}
    return part("document", title=visit.say.title(name, body.about), **content)


def first(name: str, body: Body, visit: Visit, edition: Served, switch: str) -> str:
    """The page as a part of the one that the server answers, arranged as the live page is."""
    rows = [(*MAIN, DATA[0]), *([DATA] if name in DATA else [])]
    content = {**_content(name, body, visit, edition, switch), **_navigation(name, rows, visit), "can_search": True}
    return part("first", **{**content, "internal": Markup(edition.edition()), "form": Markup(edition.form())})


def _navigation(name: str, rows: Sequence[Sequence[str]], visit: Visit) -> dict[str, object]:
    titles = visit.say.group("pages")
    links = [[Link(titles[one], one) for one in row] for row in rows]
    if rows[0][-1] == DATA[0]:
        links[0][-1] = Link(visit.say.navigation_data, DATA[0])
    return {"rows": links, "in_data": name in DATA and len(rows) > 1}


def _content(name: str, body: Body, visit: Visit, edition: Edition, switch: str) -> dict[str, object]:
    say = visit.say
    titles, towns = say.group("pages"), visit.release.towns().height
    count = say.group("count_words").get(str(towns), str(towns))
    moment = visit.numbers.moment(visit.release.built_at)
    marked = foreign.marked(body.html, visit.release) if visit.language != "de" else body.html
    return {
        "say": say,
        "style": Markup(f"{plain_sheet()}\n{colours(body.colours)}"),
        "here": name,
        "claim": say.site_claim.format(count=count) if towns > 1 else say.site_claim_any,
        "switch": switch,
        "asked": visit.chosen("wort"),
        "foot": [Link(titles[one], one) for one in AT_FOOT],
        "to_page": edition.to_page,
        "strip": say.sample_strip if visit.release.has_synthetic and name not in OFFICIAL_PAGES else "",
        "internal": "",
        "form": "",
        "body": Markup(marked),
        "release": say.footer_release.format(release=visit.release.release_id, moment=moment),
        "source": say.footer_source,
    }


def colours(of_drawings: Mapping[str, tuple[str, str]]) -> str:
    """The colours of drawings in the reader's light; those of paper are the light ones."""
    light, dark = ("".join(f"{name}:{pair[place]};" for name, pair in sorted(of_drawings.items())) for place in (0, 1))
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
