"""What a reader of events or registrations makes of a file before it lands: one record each, columns of one name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.files.layout import Layout
from stadtlabor.values import visibility
from stadtlabor.values.times import Clock

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
class EventPlan:
    """A file's events as written. `frame` has `line` (Int64) and any of DRAFT, all text.

    `clock` is what the tool does where the manifest does not say. `dropped` are headings of personal columns,
    `passed` of columns not understood, `headings` those of each field.
    """

    frame: pl.DataFrame
    clock: Clock = field(default_factory=Clock)
    dropped: Sequence[str] = ()
    passed: Sequence[str] = ()
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: Layout = field(default_factory=Layout)
    tool: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)

    def tidy(self) -> pl.DataFrame:
        """The records with every column of DRAFT."""
        # Between the lines of a place stands what its comma would.
        lines = pl.col("^venue$").cast(pl.String).str.replace_all(r"\s*[\r\n]+\s*", ", ").str.strip_chars(", ")
        return tidied(self.frame.with_columns(lines), DRAFT)


@dataclass
class RegistrationPlan:
    """A file's registrations as written. `frame` has `line` (Int64) and any of REGISTRATION_DRAFT, all text.

    `tool` names whose numbers the registrations have. `keeps_check_in`: whether an empty check-in means that
    nobody came, since the list is kept for that.
    """

    frame: pl.DataFrame
    tool: str
    clock: Clock = field(default_factory=Clock)
    keeps_check_in: bool = False
    dropped: Sequence[str] = ()
    passed: Sequence[str] = ()
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: Layout = field(default_factory=Layout)
    headings: Mapping[str, str] = field(default_factory=dict)

    def tidy(self) -> pl.DataFrame:
        """The records with every column of REGISTRATION_DRAFT."""
        return tidied(self.frame, REGISTRATION_DRAFT)


def tidied(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """`line` and the named columns, text without blanks around it; empty cells and missing columns are null."""
    given = [name for name in names if name in frame.columns]
    missing = [pl.lit(None, pl.String).alias(name) for name in names if name not in frame.columns]
    text = pl.col(given).cast(pl.String).str.replace_all(r"[\s\u00a0]+", " ").str.strip_chars().replace("", None)
    return frame.with_columns(text).with_columns(missing).select("line", *names)


def mapped(cells: pl.Series, meaning: Callable[[str], str | None]) -> pl.Series:
    """Each distinct text through a function, once; null stays null."""
    texts = cells.drop_nulls().unique().to_list()
    return cells.replace_strict(texts, [meaning(text) for text in texts], default=None, return_dtype=pl.String)
