"""The choices of the pages, each read from what is selected: a view can be sent to a colleague."""

import re
from collections.abc import Callable, Sequence

from dashboard.article.arrangement import Columns, Group
from dashboard.article.choices import Choice, Number, OneOf, Typed
from dashboard.parts.visit import Visit
from stadtlabor.disclosure.policy import PUBLIC, TEAM

EDITION_OF_FILES = "fassung"  # in the address
MOST_CHARACTERS = 200  # of what a reader types; nobody looks for more, and every word of it costs time


def choose(
    visit: Visit, label: str, options: Sequence[str], name: str, shown: Callable[[str], str], first: str = ""
) -> OneOf:
    """One of several ids; `name` is the address's parameter, `shown` the words for an id.

    `first` is what an address without the parameter means; the first option unless it says otherwise.
    """
    return _one_of(visit, label, options, name, shown, first or options[0])


def choose_town(visit: Visit) -> OneOf:
    """The town to highlight on this page; empty where none is."""
    names = visit.town_names()
    none = visit.say.highlight_none
    return choose(visit, visit.say.highlight_town, ["", *names], "stadt", lambda one: names.get(one, none))


def choose_edition(visit: Visit) -> OneOf:
    """Of which edition what is taken away from the team's is: of the public one unless it says otherwise."""
    words = visit.say.group("editions")
    label = visit.say.edition_of_files
    return pick(visit, label, [PUBLIC, TEAM], EDITION_OF_FILES, words.__getitem__, has_label=True)


def pick(
    visit: Visit, label: str, options: Sequence[str], name: str, shown: Callable[[str], str], *, has_label: bool = False
) -> OneOf:
    """One of a few that are all seen at once."""
    return _one_of(visit, label, options, name, shown, options[0], is_open=True, has_label=has_label)


def _one_of(
    visit: Visit,
    label: str,
    options: Sequence[str],
    name: str,
    shown: Callable[[str], str],
    first: str,
    is_open: bool = False,
    has_label: bool = True,
) -> OneOf:
    asked, words = visit.selection.get(name), {one: shown(one) for one in options}
    value = asked if asked in words else first
    key = f"pick-{name}" if is_open else f"choice-{name}"
    return OneOf(
        label, name, value, first, key, options=tuple(options), words=words, is_open=is_open, has_label=has_label
    )


def ranged(
    visit: Visit, label: str, name: str, bounds: tuple[float, float], first: tuple[float, float], step: float
) -> Number:
    """Two ends within bounds."""
    value = _span(visit.chosen(name), bounds) or first
    return Number(label, name, value, first, f"range-{name}", bounds=bounds, step=step)


def _span(text: str, bounds: tuple[float, float]) -> tuple[float, float] | None:
    """The two ends in a text "40-46"; nothing where it is no range within the bounds."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", text)
    if found is None:
        return None
    kind = type(bounds[0])
    low, high = (kind(float(end)) for end in found.groups())
    return (low, high) if bounds[0] <= low <= high <= bounds[1] else None


def typed(visit: Visit, label: str, name: str, hint: str) -> Typed:
    """Words that a reader writes."""
    value = visit.chosen(name)[:MOST_CHARACTERS].strip()
    return Typed(label, name, value, "", f"typed-{name}", hint=hint, most=MOST_CHARACTERS)


def row(*choices: tuple[Choice | None, float], key: str = "sl-choices") -> Group:
    """Choices side by side above what they change, each with its share of the width; none leaves its place empty."""
    return Group(
        (Columns([[choice] if choice else [] for choice, _ in choices], [width for _, width in choices]),), key
    )
