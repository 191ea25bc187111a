"""Page: every indicator's passport, and the whole release to take away."""

from collections.abc import Iterator

from dashboard.article.arrangement import Details, Group
from dashboard.article.blocks import Block, Column, Count, Empty, Files, Heading, Intro, Table
from dashboard.parts.choosing import choose, row, typed
from dashboard.parts.pieces import passport
from dashboard.parts.visit import Visit
from stadtlabor.disclosure.policy import PUBLIC, RULES, TEAM


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, release = visit.say, visit.release
    everything = release.indicators(visit.language)
    yield Intro(say.group("pages")["methods"], say.methods_answers, say.methods_data.format(count=len(everything)))

    themes = say.group("themes")
    words = typed(visit, say.methods_search, "suche", say.methods_search_hint)
    named = {"": say.methods_all_themes} | {one: themes.get(one, one) for one in release.themes()}
    theme = choose(visit, say.choose_theme, list(named), "thema", named.__getitem__)
    yield row((words, 3), (theme, 2))

    found = [one for one in everything if theme.value in ("", one.theme) and one.mentions(words.value)]
    yield Count(say.methods_found.format(count=len(found), total=len(everything)))
    for name in dict.fromkeys(one.theme for one in found):
        yield Heading(themes.get(name, name))
        passports = [Details(one.title, tuple(passport.show(one, visit))) for one in found if one.theme == name]
        yield Group(passports, f"sl-catalogue-{name}")
    if not found:
        yield Empty(say.methods_nothing)

    yield from _policy(visit)
    yield Files(
        say.methods_download,
        "veroeffentlichung",
        release.release_id,
        {
            "parquet.zip": say.download_release_parquet,
            "csv.zip": say.download_release_csv,
            "xlsx": say.download_release_excel,
        },
        level=2,
        what=say.methods_download_what,
    )


def _policy(visit: Visit) -> Iterator[Block]:
    """The rules of each edition, as they stand in policy.yml."""
    say = visit.say
    yield Heading(say.policy_head, subtitle=say.policy_what)
    columns = [Column(say.column_rule), *(Column(say.group("editions_short")[one], True) for one in (PUBLIC, TEAM))]
    rows = [
        [rule[visit.language], *(_value(name, rule[one], visit) for one in (PUBLIC, TEAM))]
        for name, rule in RULES.items()
    ]
    yield Table(say.policy_head, columns, rows)


def _value(name: str, value: bool | float, visit: Visit) -> str:
    if isinstance(value, bool):
        return visit.say.policy_yes if value else visit.say.policy_no
    return visit.numbers.quantity(100 * value, "%") if name.endswith("_share") else visit.numbers.decimal(value)
