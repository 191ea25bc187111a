"""What a reader of bookings makes of a file before it lands: one record per booking, in columns of the same names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from stadtlabor.readers.landing_skeleton import Plan
from stadtlabor.values import visibility

# `resource` and `resource_id` are what was booked, by name and by the tool's own number, `area` the space or area it
# lies in; `hint` is `event` or `external` where the tool says so; `rolls_over` marks an end given as a time of day
# only, which may be on the next day.
DRAFT = (
    "booking_id", "resource", "resource_id", "area", "user", "units", "title", "category", "hint", "status",
    "cancelled", "start", "end", "rolls_over", "duration", "created", "modified", "check_in", "check_out", "price",
    "currency", *visibility.FIELDS,
)  # fmt: skip


@dataclass
class BookingPlan(Plan):
    """A file's bookings as written; `columns` are DRAFT.

    `tool` names who gave the booking ids: those of one tool are comparable between files.
    `is_block_out_without_user`: a booking of nobody is the administration's. `tells_cancelled`, `tells_attendance`:
    whether the tool could tell at all. `asks_day_first`: the file does not tell whether day or month stands first.
    """

    columns: ClassVar[Sequence[str]] = DRAFT

    is_block_out_without_user: bool = False
    tells_cancelled: bool = False
    tells_attendance: bool = False
    asks_day_first: bool = False
