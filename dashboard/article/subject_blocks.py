"""Blocks of a kind of their own: a town in a list, an entry of a ledger, a statement, a delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.article.blocks import Block, Files, Link, stacked


def _pairs(points: Mapping[str, Sequence[str] | str]) -> list[str]:
    return [
        f"{term}: {words if isinstance(words, str) else ' '.join(words)}" for term, words in points.items() if words
    ]


@dataclass(frozen=True)
class Town(Block):
    """A town in a list: its sign, its name, where and how large it is, and lines by their terms."""

    template = "town"
    slot: int
    name: str
    line: str
    lines: Mapping[str, str]

    def _text(self) -> str:
        return stacked(self.name, self.line, *_pairs(self.lines))


@dataclass(frozen=True)
class Card:
    """One entry of the labs' ledger in the reader's words."""

    who: str
    slot: int  # of the town's sign; 0 where the entry is of all towns
    title: str
    outcome: str
    outcome_words: str
    points: Mapping[str, str]
    links: Sequence[Link]
    links_words: str
    origin: str
    sample: str


@dataclass(frozen=True)
class Cards(Block):
    """Entries of the labs' ledger, of equal rank; `about` names them all."""

    template = "cards"
    cards: Sequence[Card]
    about: str

    def _text(self) -> str:
        return stacked(*(stacked(one.who, one.title, one.outcome_words, *_pairs(one.points)) for one in self.cards))


@dataclass(frozen=True)
class Sections(Block):
    """Short texts side by side, each under its heading of a level."""

    template = "three"
    words: Mapping[str, str]
    level: int

    def _text(self) -> str:
        return stacked(*_pairs(self.words))


@dataclass(frozen=True)
class Statement(Block):
    """A statement of the report with its verdict, what that rests on, and where it stands."""

    template = "statement"
    verdict: str
    verdict_words: str
    statement: str
    points: Mapping[str, Sequence[str]]
    links: Sequence[Link]
    links_words: str
    sample: str
    origin: str
    level: int = 2

    def _text(self) -> str:
        return stacked(self.verdict_words, self.statement, self.sample, *_pairs(self.points), self.origin)


@dataclass(frozen=True)
class Delivery(Block):
    """What was delivered: its state, its rows, how many of them (a share in per cent) were accepted."""

    template = "delivery"
    title: str
    state: str
    state_words: str
    rows: str
    share: float
    lines: Sequence[str]

    def _text(self) -> str:
        return stacked(self.title, self.state_words, self.rows, *self.lines)


@dataclass(frozen=True)
class Sentences:
    """What is said of one town: its name, the place of its sign, one sentence each."""

    town_id: str
    name: str
    place: int
    sentences: Sequence[str]


@dataclass(frozen=True)
class Finding(Block):
    """A sentence or more for each town, in the towns' order."""

    template = "said"
    towns: Sequence[Sentences]

    def _text(self) -> str:
        return stacked(*(f"{one.name}: {' '.join(one.sentences)}" for one in self.towns))


@dataclass(frozen=True)
class Slide(Block):
    """The head of one screen of a presentation: which one, its headline, its measure."""

    template = "slide"
    place: str
    title: str
    subtitle: str

    def _text(self) -> str:
        return stacked(self.place, self.title, self.subtitle)


@dataclass(frozen=True)
class Guide(Block):
    """What to do first, for newcomers; a browser keeps it away once it was dismissed."""

    template = "guide"
    title: str
    steps: Sequence[str]
    dismiss: str
    remembered: str

    def _text(self) -> str:
        return stacked(self.title, *self.steps)


@dataclass(frozen=True)
class Report(Files):
    """This page as a report, made with what is selected on it when somebody asks for it.

    `making`, `done` and `failed` are said meanwhile and afterwards.
    """

    template = "report"
    level: int = 2
    making: str = ""
    done: str = ""
    failed: str = ""
