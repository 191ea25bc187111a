"""One indicator a screen, in large type: for a wall, a beamer or a meeting.

The screen's number stands in the address. The buttons have the arrow keys and Escape as shortcuts, which
are Streamlit's own, so that nothing is needed that the content security policy forbids.
"""

from collections.abc import Iterator, Sequence

from dashboard.article.arrangement import Group
from dashboard.article.blocks import Block, Chart, Empty, Notes, Tag
from dashboard.article.choices import Step
from dashboard.article.subject_blocks import Slide
from dashboard.pages.benchmark import selection
from dashboard.parts import subjects
from dashboard.parts.pieces.small_towns_beside import choose_beside
from dashboard.parts.visit import Visit
from dashboard.words.indicator import Indicator

NAME = "vorfuehrung"  # in the address; there while the presentation is on


def start(visit: Visit) -> Step:
    """The button that begins the presentation."""
    return Step(visit.say.present, {NAME: "1"}, "sl-present", help=visit.say.present_keys)


def show(indicators: Sequence[Indicator], visit: Visit) -> Iterator[Block]:
    """The screen that the address names; the first where it names none there is."""
    say, asked = visit.say, visit.chosen(NAME)
    leave = Step(say.present_leave, {NAME: ""}, "sl-leave", shortcut="Esc")
    if not indicators:
        yield Empty(say.benchmark_nothing)
        yield leave
        return
    place = int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(indicators) else 1
    # Streamlit names the keys on the buttons in English; here they are told in the page's language.
    turning = Group((*_turns(place, len(indicators), visit), leave, Notes([say.present_keys])), "sl-turning", True)
    screen = _screen(indicators[place - 1], place, len(indicators), visit)
    yield Group((turning, *choose_beside(visit), *screen), "sl-presentation")


def _screen(indicator: Indicator, place: int, count: int, visit: Visit) -> Iterator[Block]:
    say, subject = visit.say, subjects.of(indicator.theme)
    shown = subject.picture(indicator, visit)
    theme = say.group("themes").get(indicator.theme, indicator.theme)
    where = say.present_place.format(place=place, count=count, theme=theme)
    mark = [Tag(say.sample_strip_here)] if shown.is_synthetic else []
    chart = Chart(shown.drawn, shown.alt, f"slide-{shown.kind}-{shown.name}", shown)
    yield Group((*mark, Slide(where, shown.headline, shown.subtitle), chart), "sl-slide")
    lacking = [
        f"{one.name}: {' '.join(one.sentences)}"
        for one in selection.sentences_of_towns(indicator, visit)
        if one.town_id in _without_value(indicator, visit) and not any(one.name in line for line in shown.foot)
    ]
    yield Notes([*subject.remarks(indicator, visit), *lacking, *shown.foot])


def _without_value(indicator: Indicator, visit: Visit) -> set[str]:
    have = selection.table([indicator], visit).drop_nulls(visit.say.column_value).get_column(visit.say.column_town)
    towns = visit.release.towns()
    return set(towns.filter(~towns["name"].is_in(have.to_list())).get_column("town_id"))


def _turns(place: int, count: int, visit: Visit) -> tuple[Step, Step]:
    say = visit.say
    return (
        Step(say.present_previous, {NAME: f"{place - 1}"}, "sl-previous", shortcut="Left", is_off=place == 1),
        Step(say.present_next, {NAME: f"{place + 1}"}, "sl-next", shortcut="Right", is_off=place == count),
    )
