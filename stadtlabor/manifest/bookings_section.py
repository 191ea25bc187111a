"""`bookings:` in a `source.yml`: the spaces, and how to read an export of their bookings."""

from collections import Counter
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from stadtlabor.base.strict import STRICT, CalendarZone, Identifier, plain, refuse_doubles
from stadtlabor.manifest.space_section import Space, Words
from stadtlabor.values.stated import Times

Purpose = Literal["own_work", "meeting", "event", "other"]


class Strict(BaseModel):
    """A part of the manifest; a misspelt field is an error, not a silence."""

    model_config = STRICT


class BookingColumns(Strict):
    """Headings of a bookings table, where the reader does not know them."""

    booking_id: str | None = None
    start: str | None = None
    end: str | None = None
    date: str | None = None
    end_date: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    duration: str | None = None
    resource: str | None = None
    area: str | None = None
    user: str | None = None
    units: str | None = None
    title: str | None = None
    category: str | None = None
    status: str | None = None
    cancelled: str | None = None
    created: str | None = None
    modified: str | None = None
    check_in: str | None = None
    check_out: str | None = None
    price: str | None = None
    currency: str | None = None


class PurposeRule(Strict):
    """Which bookings are for what: a word in the title, a category or a desk; the first rule that fits decides."""

    purpose: Purpose
    titles: Words = []
    categories: Words = []
    desks: list[Identifier] = []
    kinds: list[Literal["desk", "table", "room", "lounge", "other"]] = []


class BlockOuts(Strict):
    """Which bookings are no use but the administration's blocking.

    `without_user` is the reader's rule where left out (Cobot: a booking of no member, no event and no guest).
    """

    without_user: bool | None = None
    titles: Words = []
    categories: Words = []
    users: Words = []


class StatusWords(Strict):
    """What the column of states says. `no_show_without_check_in` where everybody has to check in."""

    cancelled: Words = []
    no_show: Words = []
    attended: Words = []
    tentative: Words = []
    no_show_without_check_in: bool = False


class Bookings(Strict):
    """What an export of bookings cannot say of itself."""

    spaces: Annotated[list[Space], Field(min_length=1)]
    times: Times = Times()
    zone: CalendarZone = None
    columns: BookingColumns = BookingColumns()
    purposes: list[PurposeRule] = []
    block_outs: BlockOuts = BlockOuts()
    status: StatusWords = StatusWords()

    @model_validator(mode="after")
    def _names_lead_to_one_desk(self) -> "Bookings":
        refuse_doubles("space", [space.id for space in self.spaces])
        named = [
            (plain(area), plain(name))
            for space in self.spaces
            for area in (space.written or [""])
            for desk in space.desks
            for name in desk.names
        ]
        count, alone = Counter(named), Counter(name for _, name in named)
        for area, name in named:
            if alone[name] > 1 and (not area or count[area, name] > 1):
                raise ValueError(f"two spaces have a desk written {name!r}; tell the spaces apart by 'written'")
        known = {desk.id for space in self.spaces for desk in space.desks}
        for rule in self.purposes:
            if missing := set(rule.desks) - known:
                raise ValueError(f"there is no desk {min(missing)!r} under 'desks'")
        return self
