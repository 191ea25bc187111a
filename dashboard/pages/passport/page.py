"""Page: one indicator's passport, from its number to the file it was read from, and back."""

from collections.abc import Iterator

from dashboard.article.arrangement import Group
from dashboard.article.blocks import About, Block, Empty, Heading, Intro
from dashboard.pages.passport import sections
from dashboard.parts import locations
from dashboard.parts.choosing import choose
from dashboard.parts.pieces import passport
from dashboard.parts.visit import Visit


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, release = visit.say, visit.release
    known = {one.indicator_id: one for one in release.indicators(visit.language)}
    yield Intro(say.group("pages")["passport"], say.passport_answers, say.passport_data.format(count=len(known)))
    if not known:
        yield Empty(say.empty_indicators)
        return

    themes = say.group("themes")
    words = {name: f"{themes.get(one.theme, one.theme)}: {one.title}" for name, one in known.items()}
    choice = choose(visit, say.choose_indicator, list(known), "kennzahl", words.__getitem__)
    yield Group((choice,), "sl-choices")
    indicator = known[choice.value]
    yield About("passport", indicator.title)

    yield Heading(indicator.title)
    yield from locations.link_to(indicator, say.passport_back)
    yield from sections.show_values(indicator, visit)
    yield from passport.show(indicator, visit, is_whole=True)
    yield from sections.show_deliveries(indicator, visit)
    yield from sections.show_checks(indicator, visit)
    yield from sections.show_statements(indicator, visit)
