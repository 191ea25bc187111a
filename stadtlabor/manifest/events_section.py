"""`events:` in a `source.yml`: venues, words and single events, and what an export of events cannot say of itself.

Formats, themes and target groups are words of the project's dictionary; what one single event was is said under
`events:`, beside the number (`uid`) or the title and day by which the export knows it. A statement that fits no event
of the files is refused, unless it tells the event whole (`title` and `starts_at`).
"""

import datetime as dt
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator, model_validator

from stadtlabor.base.strict import STRICT, CalendarZone, Identifier, TimeZone, plain, refuse_doubles
from stadtlabor.manifest.event_files import (
    EventColumns,
    EventTimes,
    EventWords,
    RegistrationColumns,
    RegistrationWords,
    Text,
    Words,
)

Format = Literal[
    "workshop",
    "talk",
    "opening",
    "exhibition",
    "meeting",
    "transfer_workshop",
    "trial_coworking",
    "own_event",
    "external_event",
    "survey_event",
    "other",
]
RowOrigin = Literal["report", "synthetic", "delivered"]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Minutes = Annotated[int, Field(ge=0, le=1_000_000)]
Money = Annotated[Decimal, Field(ge=0, le=100_000_000)]


class Strict(BaseModel):
    """A part of the manifest; a misspelt field is an error, not a silence."""

    model_config = STRICT


class Venue(Strict):
    """A place where events are held; `written` are its names as they stand in the export, with or without address."""

    id: Identifier
    name: Text
    written: Words = []
    capacity: Annotated[int, Field(gt=0, le=1_000_000)] | None = None

    @property
    def names(self) -> list[str]:
        """What it is called in the export."""
        return [self.name, *self.written]


class Described(Strict):
    """What an event is, where it is held and for whom; left out, it is not said."""

    format: Format | None = None
    theme: Word | None = None
    target_group: Word | None = None
    organiser_kind: Word | None = None
    venue: Identifier | None = None
    capacity: Annotated[int, Field(gt=0, le=1_000_000)] | None = None


class EventRule(Described):
    """What events are whose title holds a word, or that are of a category or at a venue; any of them is enough.

    Of several rules that fit, the first that says something of a field decides it.
    """

    titles: Words = []
    categories: Words = []
    at_venues: list[Identifier] = []

    @model_validator(mode="after")
    def _fits_something(self) -> "EventRule":
        if not (self.titles or self.categories or self.at_venues):
            raise ValueError("a rule needs 'titles', 'categories' or 'at_venues' to go by")
        return self


class SingleEvent(Described):
    """What the export cannot say of one event; found by `uid`, or by `title` and the `date` on which it begins.

    With `title` and `starts_at` (local time) the entry tells an event whole that stands in no file. `series: true`
    means all occurrences of the number. Counts are left out where nobody counted. `origin` and `section` say where
    the statement comes from: `report` with the section, `synthetic`, or the town's own records.
    """

    uid: Text | None = None
    title: Text | None = None
    date: dt.date | None = None
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    status: Literal["confirmed", "tentative", "cancelled"] | None = None
    series: bool = False
    registered: Count | None = None
    attended: Count | None = None
    walk_ins: Count | None = None
    organisations: Count | None = None
    organisation_limit: Count | None = None
    planned_minutes: Minutes | None = None
    actual_minutes: Minutes | None = None
    cost_eur: Money | None = None
    price_eur: Money | None = None
    offered_takes: Count | None = None
    taken_up: Count | None = None
    origin: RowOrigin | None = None
    section: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _names_an_event(self) -> "SingleEvent":
        if self.uid is None and not (self.title and (self.date or self.starts_at)):
            raise ValueError("name the event by 'uid', or by 'title' and 'date' (or 'starts_at')")
        if any(moment and moment.tzinfo for moment in (self.starts_at, self.ends_at)):
            raise ValueError("'starts_at' and 'ends_at' are local times, without an offset")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValueError(f"'ends_at' ({self.ends_at}) must be later than 'starts_at' ({self.starts_at})")
        if self.ends_at and not self.starts_at:
            raise ValueError("'ends_at' needs 'starts_at'")
        if self.date and self.starts_at and self.starts_at.date() != self.date:
            raise ValueError(f"'date' ({self.date}) is not the day of 'starts_at' ({self.starts_at})")
        if self.series and self.uid is None:
            raise ValueError("'series' needs the 'uid' of the series")
        if self.attended is not None and self.walk_ins is not None and self.walk_ins > self.attended:
            raise ValueError(f"more walk-ins ({self.walk_ins}) than attended ({self.attended})")
        return self

    @property
    def day(self) -> dt.date | None:
        """The day on which the event begins, where it is told."""
        return self.starts_at.date() if self.starts_at else self.date


class RegistrationFile(Strict):
    """Which event a file of registrations is about, where its columns do not say; named as under `events:`."""

    file: str
    uid: Text | None = None
    title: Text | None = None
    date: dt.date | None = None

    @model_validator(mode="after")
    def _names_an_event(self) -> "RegistrationFile":
        if self.uid is None and not (self.title and self.date):
            raise ValueError("name the event by 'uid', or by 'title' and 'date'")
        return self

    @field_validator("file")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if ".." in PurePosixPath(name.replace("\\", "/")).parts:
            raise ValueError(f"{name!r} leaves the delivery's folder")
        return name


class Events(Strict):
    """What files of events and registrations cannot say of themselves."""

    timezone: TimeZone = "Europe/Berlin"
    zone: CalendarZone = None
    times: EventTimes = EventTimes()
    columns: EventColumns = EventColumns()
    registration_columns: RegistrationColumns = RegistrationColumns()
    venues: list[Venue] = []
    defaults: Described = Described()
    rules: list[EventRule] = []
    status: EventWords = EventWords()
    registration_status: RegistrationWords = RegistrationWords()
    events: list[SingleEvent] = []
    registrations: list[RegistrationFile] = []

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Events":
        known = {venue.id for venue in self.venues}
        refuse_doubles("venue", [venue.id for venue in self.venues])
        for venue in self.venues:
            refuse_doubles(f"name of {venue.id!r}", venue.written)
        names = [(plain(name), venue.id) for venue in self.venues for name in venue.names]
        refuse_doubles("venue's name", [name for name, _ in dict.fromkeys(names)])
        named = [part.venue for part in (self.defaults, *self.rules, *self.events)]
        named += [venue for rule in self.rules for venue in rule.at_venues]
        if missing := {venue for venue in named if venue is not None} - known:
            raise ValueError(f"there is no venue {min(missing)!r} under 'venues'")
        # One event may be told once: two statements could contradict each other.
        undated = [one for one in self.events if not one.starts_at]
        refuse_doubles("event", [f"{one.uid or plain(one.title or '')} ({one.day or 'any day'})" for one in undated])
        return self
