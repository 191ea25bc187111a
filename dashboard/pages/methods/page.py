"""Page: every indicator's passport, and the whole release to take away."""

import streamlit as st

from dashboard import parts
from dashboard.parts import Column, picture
from dashboard.parts.address import choose, typed
from dashboard.parts.pieces import passport
from dashboard.parts.visit import Visit, plain
from stadtlabor.disclosure.policy import PUBLIC, RULES, TEAM


def show(visit: Visit) -> None:
    """The page."""
    say, release = visit.say, visit.release
    everything = release.indicators(visit.language)
    parts.intro(say.group("pages")["methods"], say.methods_answers, say.methods_data.format(count=len(everything)))

    themes = say.group("themes")
    with st.container(key="sl-choices"):
        left, right = st.columns([3, 2])
        with left:
            words = typed(say.methods_search, "suche", say.methods_search_hint)
        with right:
            theme = choose(
                say.choose_theme,
                ["", *release.themes()],
                "thema",
                lambda one: themes.get(one, one or say.methods_all_themes),
            )

    found = [one for one in everything if theme in ("", one.theme) and one.mentions(words)]
    parts.count(say.methods_found.format(count=len(found), total=len(everything)))
    for name in dict.fromkeys(one.theme for one in found):
        parts.heading(themes.get(name, name))
        with st.container(key=f"sl-catalogue-{name}"):
            for indicator in (one for one in found if one.theme == name):
                with st.expander(plain(indicator.title)):
                    passport.show(indicator, visit)
    if not found:
        parts.empty(say.methods_nothing)

    _policy(visit)
    parts.heading(say.methods_download, subtitle=say.methods_download_what)
    picture.links(
        visit,
        say.methods_download,
        "veroeffentlichung",
        release.release_id,
        {
            "parquet.zip": say.download_release_parquet,
            "csv.zip": say.download_release_csv,
            "xlsx": say.download_release_excel,
        },
    )


def _policy(visit: Visit) -> None:
    """The rules of each edition, as they stand in policy.yml."""
    say = visit.say
    parts.heading(say.policy_head, subtitle=say.policy_what)
    columns = [Column(say.column_rule), *(Column(say.group("editions_short")[one], True) for one in (PUBLIC, TEAM))]
    rows = [
        [rule[visit.language], *(_value(name, rule[one], visit) for one in (PUBLIC, TEAM))]
        for name, rule in RULES.items()
    ]
    parts.table(say.policy_head, columns, rows)


def _value(name: str, value: bool | float, visit: Visit) -> str:
    if isinstance(value, bool):
        return visit.say.policy_yes if value else visit.say.policy_no
    return visit.numbers.quantity(100 * value, "%") if name.endswith("_share") else visit.numbers.decimal(value)
