"""A whole plain page: brand, navigation, the article, the foot; in light and dark, and on paper."""

from collections.abc import Mapping

from markupsafe import Markup

from dashboard.article.blocks import Link
from dashboard.article.sitemap import AT_FOOT, DATA, MAIN, OFFICIAL_PAGES
from dashboard.parts.visit import Visit
from dashboard.renderers import foreign
from dashboard.renderers.markup import part
from dashboard.renderers.plain.body import Body, Edition
from dashboard.renderers.style import plain_sheet


def document(name: str, body: Body, visit: Visit, edition: Edition, switch: str, can_search: bool) -> str:
    """The page of this name as HTML; `switch` is the address of the same page in the other language."""
    return part(
        "document",
        title=visit.say.title(name, body.about),
        style=Markup(f"{plain_sheet()}\n{colours(body.colours)}"),
        **_content(name, body, visit, edition, switch, can_search),
    )


def _content(name: str, body: Body, visit: Visit, edition: Edition, switch: str, can_search: bool) -> dict[str, object]:
    say = visit.say
    titles, towns = say.group("pages"), visit.release.towns().height
    count = say.group("count_words").get(str(towns), str(towns))
    rows = [MAIN, DATA if can_search else (*DATA, "search")]
    moment = visit.numbers.moment(visit.release.built_at)
    marked = foreign.marked(body.html, visit.release) if visit.language != "de" else body.html
    return {
        "say": say,
        "here": name,
        "claim": say.site_claim.format(count=count) if towns > 1 else say.site_claim_any,
        "switch": switch,
        "can_search": can_search,
        "asked": visit.chosen("wort"),
        "rows": [[Link(titles[one], one) for one in row] for row in rows],
        "foot": [Link(titles[one], one) for one in AT_FOOT],
        "to_page": edition.to_page,
        "strip": say.sample_strip if visit.release.has_synthetic and name not in OFFICIAL_PAGES else "",
        "body": Markup(marked),
        "release": say.footer_release.format(release=visit.release.release_id, moment=moment),
        "source": say.footer_source,
    }


def colours(of_drawings: Mapping[str, tuple[str, str]]) -> str:
    """The colours of drawings in the reader's light; those of paper are the light ones."""
    light, dark = ("".join(f"{name}:{pair[place]};" for name, pair in sorted(of_drawings.items())) for place in (0, 1))
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
