"""What a reader finds out about a file beside its rows, a class per kind, for `inspect` and scaffolds.

What is counted by a name maps it to the count. A text of these classes may be a delivered one: none leaves the machine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stadtlabor.files.layout import Layout


@dataclass(kw_only=True)
class Facts:
    """Of a file of any kind.

    `rows` counts what the file tells (figures, responses, bookings, events …), `delivered` its cells where each is to
    become a row. `periods` are the days, months or years it speaks of, sorted, or the first and the last of them.
    """

    layout: Layout = field(default_factory=Layout)
    rows: int | None = None
    delivered: int | None = None
    periods: Sequence[str] = ()


@dataclass(frozen=True)
class Measure:
    """A measure of official figures in one unit; `attributes` are its slices as JSON, at most 50 of them."""

    source_figure: str
    source_figure_label: str | None
    unit: str | None
    unit_factor: str
    attributes: Sequence[str]
    rows: int

    @property
    def names(self) -> tuple[str, str | None]:
        """What it is called: by its code and by its label."""
        return self.source_figure, self.source_figure_label


@dataclass(kw_only=True)
class StatisticsFacts(Facts):
    """Of official figures. `table_code`, `titles` are the office's; `unmatched` are figures mapped, but not here."""

    table_code: str | None = None
    titles: Sequence[str] = ()
    decimal_sign: str | None = None
    decimal_reason: str | None = None
    regions: int | None = None
    regions_by_key_length: Mapping[int, int] = field(default_factory=dict)
    measures: Sequence[Measure] = ()
    signs: Mapping[str, int] = field(default_factory=dict)
    empty_cells: int = 0
    unmatched: Sequence[str] = ()


@dataclass(kw_only=True)
class HolidayFacts(Facts):
    """Of holidays: how many of each type, and for which parts of a Land."""

    types: Mapping[str, int]
    subdivisions: Mapping[str, int]


@dataclass(kw_only=True)
class SurveyFacts(Facts):
    """Of a survey's export. `answer_cells` is counted on the file's cells; `codebook` is the file read beside it."""

    tool: str
    codebook: str = ""
    answer_cells: int = 0
    completed: int = 0
    incomplete: int = 0
    test: int = 0
    languages: Sequence[str] = ()
    questions: int = 0
    question_columns: int = 0


@dataclass(frozen=True)
class FoundDesk:
    """A desk or room as the file names it; `most_at_once` of its units were booked at one moment (0: not asked for)."""

    kind: str
    bookings: int
    most_at_once: int


@dataclass(kw_only=True)
class BookingFacts(Facts):
    """Of bookings. `headings` maps a field to its column; `time_rule` is how times without an offset were read."""

    tool: str
    headings: Mapping[str, str]
    desks: Mapping[str, FoundDesk]
    users: int
    statuses: Mapping[str, int]
    block_outs: int
    time_rule: str
    has_created: bool
    asks_day_first: bool


@dataclass(frozen=True)
class FoundPlace:
    """A place by its name without the address, and how many events were there."""

    name: str | None
    events: int


@dataclass(kw_only=True)
class EventFacts(Facts):
    """Of events. `places` are known by their text as written, `recorded` are the counts that the file has."""

    tool: str
    headings: Mapping[str, str]
    end_day: str
    places: Mapping[str, FoundPlace]
    categories: Mapping[str, int]
    statuses: Mapping[str, int]
    all_day: int
    recorded: Sequence[str]


@dataclass(kw_only=True)
class RegistrationFacts(Facts):
    """Of registrations. `told` maps events that the list itself tells to their start; None: nobody kept it."""

    tool: str
    headings: Mapping[str, str]
    file: str
    told: Mapping[str, str]
    last_ordered: str | None
    states: Mapping[str, int]
    products: Mapping[str, int]
    people: int
    organisations: int
    checked_in: int | None


@dataclass(kw_only=True)
class JournalFacts(Facts):
    """Of a lab journal: how many entries each of its tables has."""

    entries: Mapping[str, int]


def first_and_last(days: Iterable[str | None]) -> list[str]:
    """The ends of some days as ISO texts; one where they are the same, none where no day is known."""
    known = {day for day in days if day}
    return sorted({min(known), max(known)}) if known else []
