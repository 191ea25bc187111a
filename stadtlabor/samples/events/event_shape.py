"""The shape of a sample delivery of events: what is listed, what is drawn, and in which tool it is written."""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A part of a shape; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid")


class Event(Strict):
    """One event; times are local. Counts are None where nobody counted, `origin` as in the landing table.

    `tickets` is the form in which who had registered is listed by person; such an event's counts stand in that list
    and nowhere else.
    """

    title: str
    starts: dt.datetime
    ends: dt.datetime
    venue: str
    format: str | None = None
    theme: str | None = None
    target_group: str | None = None
    registered: int | None = None
    attended: int | None = None
    walk_ins: int | None = None
    organisations: int | None = None
    organisation_limit: int | None = None
    planned_minutes: int | None = None
    actual_minutes: int | None = None
    cost_eur: int | None = None
    offered_takes: int | None = None
    taken_up: int | None = None
    origin: Literal["report", "synthetic"] = "synthetic"
    section: str | None = None
    note: str | None = None
    tickets: Literal["pretix", "eventbrite"] | None = None


class Programme(Strict):
    """Events drawn by chance: how many in each month, of which titles, and how many came (from, to)."""

    year: int
    months: dict[int, int]
    first: dt.date
    last: dt.date
    venue: str
    section: str
    kinds: dict[str, list[str]] = Field(min_length=1)
    themes: dict[str, str] = {}
    attended: tuple[int, int]


class Shape(Strict):
    """One delivery; `manifest` is the source.yml that is delivered with it, without its files."""

    tool: Literal["calendar", "list", "hand", "json"]
    file: str
    events: list[Event] = []
    programme: Programme | None = None
    faults: list[dict[str, str]] = []
    manifest: dict[str, Any]
