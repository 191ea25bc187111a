"""What a reader of events or registrations makes of a file before it lands: one record each, columns of one name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from stadtlabor.readers.landing_skeleton import Plan
from stadtlabor.values import visibility
from stadtlabor.values.text_columns import tidied

COUNTS = (
    "capacity", "registered", "attended", "walk_ins", "organisations", "organisation_limit", "planned_minutes",
    "actual_minutes", "offered_takes", "taken_up",
)  # fmt: skip
AMOUNTS = ("cost_eur", "price_eur")
# `occurrence` is the original start within the series `event_id`; `month`, `day` and `year` are columns of their own;
# `rolls_over` marks an end given as a time of day only, which may be on the next day; `city` stands for a venue
# where no other is named.
DRAFT = (
    "event_id", "occurrence", "title", "start", "end", "rolls_over", "duration", "venue", "city", "category", "status",
    "cancelled", "organiser_kind", "format", "theme", "target_group", *COUNTS, *AMOUNTS, "row_origin",
    "report_section", "note", *visibility.FIELDS,
)  # fmt: skip
REGISTRATION_DRAFT = (
    "registration_id", "key_fallback", "event_id", "event", "event_date", "event_end", "person", "organisation",
    "quantity", "status", "cancelled", "walk_in", "checked_in", "ordered", "product",
)  # fmt: skip


@dataclass
class EventPlan(Plan):
    """A file's events as written; `columns` are DRAFT."""

    columns: ClassVar[Sequence[str]] = DRAFT

    def tidy(self) -> pl.DataFrame:
        """The records with every column; between the lines of a place stands what its comma would."""
        lines = pl.col("^venue$").cast(pl.String).str.replace_all(r"\s*[\r\n]+\s*", ", ").str.strip_chars(", ")
        return tidied(self.frame.with_columns(lines), DRAFT)


@dataclass
class RegistrationPlan(Plan):
    """A file's registrations as written; `columns` are REGISTRATION_DRAFT.

    `tool` names whose numbers the registrations have. `keeps_check_in`: whether an empty check-in means that
    nobody came, since the list is kept for that.
    """

    columns: ClassVar[Sequence[str]] = REGISTRATION_DRAFT

    keeps_check_in: bool = False
