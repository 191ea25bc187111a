"""What stands around every page: brand, language switch, navigation, sample-data strip, footer."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.article.arrangement import Group
from dashboard.article.blocks import Article, Notice, way
from dashboard.article.sitemap import ADDRESSES, AT_FOOT, DATA, MAIN, OFFICIAL_PAGES
from dashboard.parts.choosing import choose_edition
from dashboard.parts.visit import Visit
from dashboard.release import store
from dashboard.renderers import access
from dashboard.renderers.live import draw
from dashboard.renderers.live.draw import put, trouble
from dashboard.renderers.live.session import address, theme
from dashboard.renderers.markup import part
from dashboard.renderers.style import ASSETS, sheet
from dashboard.texts import Texts

log = logging.getLogger("stadtlabor.dashboard")

# How often a page that is merely held open looks whether something new was published, in seconds.
LOOK_EVERY = 10

View = Callable[[Visit], Article]


def dress(theme: str) -> None:
    """The page's icon, width and style sheet; comes before anything is shown."""
    st.set_page_config(page_icon=str(ASSETS / "icon.png"), layout="wide")
    st.html(f"<style>{sheet(theme)}</style>")


def pages(visit: Visit, views: Mapping[str, View]) -> list[StreamlitPage]:
    """The pages, each titled in the visit's language."""
    return [
        st.Page(
            partial(show, view, visit),
            title=visit.say.title(name),
            url_path=ADDRESSES[name],
            default=name == "overview",
        )
        for name, view in views.items()
    ]


def show(view: View, visit: Visit) -> None:
    """A page's article; where it fails, a sentence in its place while the frame stays."""
    try:
        draw.show(view(visit), visit)
    except Exception:
        log.exception("a page could not be shown")
        trouble(visit.say.failed_title, visit.say.failed_what, visit.say.failed_do, "stadtlabor releases")


def head(visit: Visit, chosen: StreamlitPage) -> None:
    """Brand, navigation and, on the pages concerned, the strip that says that there are sample data."""
    titles = visit.say.group("pages")
    here = next((name for name, place in ADDRESSES.items() if place == chosen.url_path), "")
    brand(visit.say, here, visit.release.towns().height)
    if visit.release.is_internal:
        _internal(visit)
    with st.container(horizontal=True, key="sl-navigation", gap="small"):
        _row(MAIN, here, titles, visit)
        if here in DATA:
            st.html(part("here", words=visit.say.navigation_data, kind="true"), width="content")
        else:
            draw.show([way(visit.say.navigation_data, DATA[0])], visit)
    if here in DATA:
        with st.container(horizontal=True, key="sl-subnavigation", gap="small"):
            _row(DATA, here, titles, visit)
    if visit.release.has_synthetic and here not in OFFICIAL_PAGES:
        draw.show([Group((Notice(visit.say.sample_strip),), "sl-sample")], visit)


def _internal(visit: Visit) -> None:
    """That this is the team's edition, and of which what is taken away is: of the public one unless asked."""
    with st.container(key="sl-internal"):
        put([part("internal", say=visit.say)])
        draw.show([choose_edition(visit)], visit)


def _row(names: Sequence[str], here: str, titles: Mapping[str, str], visit: Visit) -> None:
    for name in names:
        if name == here:
            st.html(part("here", words=titles[name], kind="page"), width="content")
        else:
            draw.show([way(titles[name], name)], visit)


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
    put([part("brand", say=say, claim=claim, switch=address(sprache=other), can_search=bool(here), asked=asked)])


def foot(visit: Visit) -> None:
    """Which release is shown, where the numbers come from, help; keeps looking for a newer release."""
    say = visit.say
    with st.container(horizontal=True, key="sl-footlinks", gap="small"):
        draw.show([way(say.group("pages")[name], name) for name in AT_FOOT], visit)
        if not access.is_open():
            st.button(say.sign_out, on_click=st.logout, type="tertiary")
    moment = visit.numbers.moment(visit.release.built_at)
    release = say.footer_release.format(release=visit.release.release_id, moment=moment)
    put([part("footer", release=release, source=say.footer_source)])
    _follow(visit.release.release_id, visit.theme)


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


def ask_to_sign_in(say: Texts) -> None:
    """What stands in the place of a page that this reader may not see: the way to sign in, or out again."""
    is_stranger = bool(st.user.is_logged_in)
    what = say.not_a_member if is_stranger else say.sign_in_what
    put([part("intro", title=say.sign_in_title, answers=what, data=say.sign_in_who)])
    if is_stranger:
        st.button(say.sign_out, on_click=st.logout)
    else:
        st.button(say.sign_in, on_click=st.login, type="primary")
