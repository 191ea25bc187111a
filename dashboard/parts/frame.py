"""What stands around every page: brand, language switch, navigation, sample-data strip, footer."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import parts
from dashboard.charts.palette import COLOURS, SHAPES
from dashboard.charts.theme import ink
from dashboard.parts import access
from dashboard.parts.address import pick
from dashboard.parts.visit import Visit, address, carried, theme
from dashboard.release import store
from dashboard.texts import Texts
from stadtlabor.disclosure.policy import PUBLIC, TEAM

log = logging.getLogger("stadtlabor.dashboard")

ASSETS = Path(__file__).parent.parent / "assets"

# How often a page that is merely held open looks whether something new was published, in seconds.
LOOK_EVERY = 10

# The address of each page, the same in both languages so that a link keeps working.
ADDRESSES = {
    "overview": "",
    "towns": "staedte",
    "surveys": "befragungen",
    "coworking": "co-working",
    "events": "veranstaltungen",
    "structure": "struktur",
    "journal": "labortagebuch",
    "statements": "aussagen",
    "quality": "datenqualitaet",
    "methods": "methoden",
    "benchmark": "benchmark",
    "passport": "steckbrief",
    "search": "suche",
    "help": "hilfe",
    "accessibility": "barrierefreiheit",
}

# The pages of the first row in this order; those on the data themselves stand under "Daten" in a second row.
MAIN = ("overview", "towns", "surveys", "coworking", "events", "structure", "benchmark", "journal")
DATA = ("statements", "quality", "methods")
# Found at the foot of each page, not in the navigation.
AT_FOOT = ("help", "accessibility")

# A town's sign as a picture within the style sheet, so that nothing has to be fetched.
SIGN = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='-1.3 -1.3 2.6 2.6'%3E"
    "%3Cpath d='{shape}'/%3E%3C/svg%3E"
)

# A dark page on paper. White becomes black and black white, while colours keep their hue.
PRINTED = (
    "body,.stApp{background:var(--sl-paper)!important;color:var(--sl-text)!important;color-scheme:light}"
    "[data-testid=stVegaLiteChart] svg{filter:invert(1) hue-rotate(180deg);background:none!important}"
)

# Pages made of official figures, or of words alone: what else comes to stand on them is marked by its own picture.
OFFICIAL_PAGES = ("overview", "towns", "structure", "benchmark", "passport", *AT_FOOT, "search")

View = Callable[[Visit], None]

# Pieces of a page take turns: two at once would both be ready as late as the second of two in turn. Nobody waits
# longer than this for somebody whose piece has to be made first.
LONGEST_TURN = 0.02  # seconds
_turn = threading.RLock()


def dress(theme: str) -> None:
    """The page's icon, width and style sheet; comes before anything is shown."""
    st.set_page_config(page_icon=str(ASSETS / "icon.png"), layout="wide")
    sheet = (ASSETS / "style.css").read_text(encoding="utf-8")
    # Paper is white, whatever the device is set to; charts are drawn already and are turned over.
    printed = f"@media print{{{_colours('light')}\n{PRINTED}}}" if theme == "dark" else ""
    st.html(f"<style>{_colours(theme)}\n{sheet}\n{printed}</style>")


def _colours(theme: str) -> str:
    """The colours of a light, for the style sheet, and those of the towns' signs."""
    variables = {f"--sl-{name.replace('_', '-')}": value for name, value in vars(ink(theme)).items()}
    declared = "".join(f"{name}:{value};" for name, value in variables.items())
    return f":root{{{declared}}}\n{_signs(theme)}"


def _signs(theme: str) -> str:
    """A style for each town's sign: its shape as a mask, its colour behind it."""
    return "\n".join(
        f'.sl-mark-{slot}{{background:{colour};--sl-shape:url("{SIGN.format(shape=shape)}")}}'
        for slot, (colour, shape) in enumerate(zip(COLOURS[theme], SHAPES, strict=True), start=1)
    )


def pages(visit: Visit, views: Mapping[str, View]) -> list[StreamlitPage]:
    """The pages, each titled in the visit's language; the visit knows them by name from here on."""
    for name, view in views.items():
        visit.pages[name] = st.Page(
            partial(view, visit),
            title=visit.say.title(name),
            url_path=ADDRESSES[name],
            default=name == "overview",
        )
    return list(visit.pages.values())


def head(visit: Visit, chosen: StreamlitPage) -> None:
    """Brand, navigation and, on the pages concerned, the strip that says that there are sample data."""
    titles = visit.say.group("pages")
    here = next((name for name, page in visit.pages.items() if page.url_path == chosen.url_path), "")
    brand(visit.say, here, visit.release.towns().height)
    if visit.release.is_internal:
        _internal(visit)
    with st.container(horizontal=True, key="sl-navigation", gap="small"):
        _row(MAIN, here, titles, visit)
        if here in DATA:
            st.html(parts.part("here", words=visit.say.navigation_data, kind="true"), width="content")
        else:
            visit.link(DATA[0], visit.say.navigation_data)
    if here in DATA:
        with st.container(horizontal=True, key="sl-subnavigation", gap="small"):
            _row(DATA, here, titles, visit)
    is_official = chosen.url_path in {ADDRESSES[name] for name in OFFICIAL_PAGES}
    if visit.release.has_synthetic and not is_official:
        with st.container(key="sl-sample"):
            parts.show("strip", words=visit.say.sample_strip)


def _internal(visit: Visit) -> None:
    """That this is the team's edition, and of which what is taken away is: of the public one unless asked."""
    with st.container(key="sl-internal"):
        parts.show("internal", say=visit.say)
        words = visit.say.group("editions")
        pick(visit.say.edition_of_files, [PUBLIC, TEAM], "fassung", lambda one: words[one], has_label=True)


def _row(names: Sequence[str], here: str, titles: Mapping[str, str], visit: Visit) -> None:
    for name in (one for one in names if one in visit.pages):
        if name == here:
            st.html(parts.part("here", words=titles[name], kind="page"), width="content")
        else:
            visit.link(name, titles[name])


def brand(say: Texts, here: str = "", towns: int = 0) -> None:
    """The tab's title, the way past the navigation, the project's name, and the link to the other language.

    On a page of this name also the search; without one there is no release to search in. `towns` is how many there
    are, as far as that is known.
    """
    st.set_page_config(page_title=say.title(here))
    # Real links and a real form, not widgets: the server then sends the page with the right `lang`, and the
    # search has an address of its own.
    other = say.switch_language_code
    asked = st.query_params.get("wort", "")
    count = say.group("count_words").get(str(towns), str(towns))
    claim = say.site_claim.format(count=count) if towns > 1 else say.site_claim_any
    parts.show("brand", say=say, claim=claim, switch=address(sprache=other), can_search=bool(here), asked=asked)


def foot(visit: Visit) -> None:
    """Which release is shown, where the numbers come from, help; keeps looking for a newer release."""
    say = visit.say
    with st.container(horizontal=True, key="sl-footlinks", gap="small"):
        for name in AT_FOOT:
            visit.link(name, say.group("pages")[name])
        access.sign_out(say)
    parts.show(
        "footer",
        release=say.footer_release.format(
            release=visit.release.release_id, moment=visit.numbers.moment(visit.release.built_at)
        ),
        source=say.footer_source,
    )
    _follow(visit.release.release_id, visit.theme)


def piece(show: Callable[..., None]) -> Callable[..., None]:
    """A part of a page that runs by itself when a choice in it changes; where it fails, a sentence in its place.

    `show` takes the visit first. What stands outside is not run again, so a piece that changes a selection which goes
    along to other pages (`visit.CARRIED`) asks for a run of the whole page.
    """

    @st.fragment
    @wraps(show)
    def run(visit: Visit, *arguments: object) -> None:
        before = carried()
        mine = _turn.acquire(timeout=LONGEST_TURN)
        try:
            show(visit, *arguments)
        except Exception:
            log.exception("a piece of a page could not be shown")
            trouble(visit.say.failed_title, visit.say.failed_what, visit.say.failed_do, "stadtlabor releases")
        finally:
            if mine:
                _turn.release()
        if carried() != before:
            st.rerun()

    return run


def wait_for_release(seen: str) -> None:
    """Keep looking until the pointer names another release than the one seen ("" for none)."""
    _follow(seen, theme())


@st.fragment(run_every=LOOK_EVERY)
def _follow(shown: str, drawn_for: str) -> None:
    # A device may turn dark at dusk while the page is open; the page follows at once, its charts with the next run.
    if published() not in ("", shown) or theme() != drawn_for:
        st.rerun(scope="app")


def published() -> str:
    """What the pointer names; "" where nothing is published."""
    try:
        return store.pointer()
    except store.NoReleaseError:
        return ""


def trouble(title: str, what: str, do: str, command: str) -> None:
    """What could not be shown: what happened and what helps, never a traceback."""
    before, after = do.split("{command}")
    parts.show("trouble", title=title, what=what, before=before, after=after, command=command)
