"""How files of events and registrations are written, as `events:` in a `source.yml` says it: times, headings, words."""

from typing import Annotated

from pydantic import BaseModel, Field

from stadtlabor.base.strict import STRICT
from stadtlabor.values.stated import Times

Text = Annotated[str, Field(min_length=1, max_length=500)]
Words = list[Text]


class Strict(BaseModel):
    """A part of the manifest; a misspelt field is an error, not a silence."""

    model_config = STRICT


class EventTimes(Times):
    """How the export writes times that carry no offset.

    `ambiguous`: which of the two hours is meant when clocks are set back; a time that does not exist always goes to
    quarantine. `end_day`: whether an end given as a day is that day's end (inclusive) or its beginning (exclusive, as
    iCalendar has it). `day_first`: how 03/04/2023 is meant. `year`: of dates that name none; without it they go to
    quarantine.
    """

    year: Annotated[int, Field(ge=1990, le=2199)] | None = None


class EventColumns(Strict):
    """Headings of a table of events or of an attendance list, where the reader does not know them."""

    event_id: str | None = None
    title: str | None = None
    start: str | None = None
    end: str | None = None
    date: str | None = None
    end_date: str | None = None
    month: str | None = None
    day: str | None = None
    year: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    duration: str | None = None
    venue: str | None = None
    category: str | None = None
    status: str | None = None
    organiser_kind: str | None = None
    format: str | None = None
    theme: str | None = None
    target_group: str | None = None
    capacity: str | None = None
    registered: str | None = None
    attended: str | None = None
    walk_ins: str | None = None
    organisations: str | None = None
    organisation_limit: str | None = None
    planned_minutes: str | None = None
    actual_minutes: str | None = None
    cost_eur: str | None = None
    price_eur: str | None = None
    offered_takes: str | None = None
    taken_up: str | None = None
    row_origin: str | None = None
    report_section: str | None = None
    note: str | None = None


class RegistrationColumns(Strict):
    """Headings of a list of registrations or check-ins, where the reader does not know them."""

    registration_id: str | None = None
    event_id: str | None = None
    event: str | None = None
    event_date: str | None = None
    person: str | None = None
    organisation: str | None = None
    quantity: str | None = None
    status: str | None = None
    walk_in: str | None = None
    checked_in: str | None = None
    ordered: str | None = None
    product: str | None = None


class EventWords(Strict):
    """What the column of an event's state says, where the reader does not know the word."""

    confirmed: Words = []
    tentative: Words = []
    cancelled: Words = []


class RegistrationWords(Strict):
    """What the column of a registration's state says, and which products are no visitors (a voucher, a donation)."""

    registered: Words = []
    cancelled: Words = []
    refunded: Words = []
    waiting: Words = []
    products_left_out: Words = []
    walk_in_products: Words = []
