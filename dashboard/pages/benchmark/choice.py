"""The reader's own selection of indicators: buttons by theme, the ids in the address."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard.article.arrangement import Details
from dashboard.article.blocks import Block, Notes
from dashboard.article.choices import SomeOf
from dashboard.pages.benchmark import selection
from dashboard.parts.visit import Visit
from dashboard.words.indicator import Indicator

NAME = "kennzahlen"


def several(themes: Mapping[str, Sequence[Indicator]], visit: Visit) -> Details:
    """Buttons for every indicator, by theme; of what is pressed `selection.MOST` at most are shown."""
    return Details(visit.say.benchmark_pick, tuple(_buttons(themes, visit)), is_open=True)


def _buttons(themes: Mapping[str, Sequence[Indicator]], visit: Visit) -> Iterator[Block]:
    say, names = visit.say, visit.say.group("themes")
    wanted = [one.indicator_id for one in selection.chosen(selection.OWN, visit.chosen(NAME), visit)]
    yield Notes([say.benchmark_pick_what.format(most=selection.MOST)])
    for theme, indicators in themes.items():
        shorts = {one.indicator_id: one.short for one in indicators}
        mine = [one for one in shorts if one in wanted]
        yield SomeOf(
            names.get(theme, theme), NAME, mine, None, f"pick-{NAME}-{theme}",
            options=list(shorts), words=shorts, listed=wanted,
        )  # fmt: skip
