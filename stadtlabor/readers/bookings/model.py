"""What a reader of bookings makes of a file before it lands: one record per booking, in columns of the same names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.files.layout import Layout
from stadtlabor.values import visibility
from stadtlabor.values.times import Clock

# `resource` and `resource_id` are what was booked, by name and by the tool's own number, `area` the space or area it
# lies in; `hint` is `event` or `external` where the tool says so; `rolls_over` marks an end given as a time of day
# only, which may be on the next day.
DRAFT = (
    "booking_id", "resource", "resource_id", "area", "user", "units", "title", "category", "hint", "status",
    "cancelled", "start", "end", "rolls_over", "duration", "created", "modified", "check_in", "check_out", "price",
    "currency", *visibility.FIELDS,
)  # fmt: skip


@dataclass
class BookingPlan:
    """A file's bookings as written, and what the tool says and does not say.

    `frame` has `line` (Int64) and any of DRAFT, all text. `clock` is what the tool does where the manifest does not
    say. `tool` names who gave the booking ids: those of one tool are comparable between files.
    `is_block_out_without_user`: a booking of nobody is the administration's. `tells_cancelled`, `tells_attendance`:
    whether the tool could tell at all. `dropped` are headings of personal columns, `passed` of columns not understood,
    `headings` those of each field. `asks_day_first`: the file does not tell whether day or month stands first.
    """

    frame: pl.DataFrame
    tool: str
    clock: Clock = field(default_factory=Clock)
    is_block_out_without_user: bool = False
    tells_cancelled: bool = False
    tells_attendance: bool = False
    dropped: Sequence[str] = ()
    passed: Sequence[str] = ()
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: Layout = field(default_factory=Layout)
    headings: Mapping[str, str] = field(default_factory=dict)
    asks_day_first: bool = False

    def tidy(self) -> pl.DataFrame:
        """The records with every column of DRAFT, blanks around cells taken off and empty cells null."""
        missing = [pl.lit(None, pl.String).alias(name) for name in DRAFT if name not in self.frame.columns]
        given = [name for name in DRAFT if name in self.frame.columns]
        cleaned = self.frame.with_columns(
            pl.col(given).cast(pl.String).str.replace_all("\u00a0", " ").str.strip_chars().replace("", None)
        )
        return cleaned.with_columns(missing).select("line", *DRAFT)
