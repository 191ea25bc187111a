"""Count tables: what protection takes in and hands over, and what an attacker is given.

A table counts the respondents of one universe (a survey) by the answers to one question (its rows)
and, where it has one, by a breakdown (its columns). The same names of questions, breakdowns and
answers in one universe mean the same thing: that is how tables are linked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

Shape = Literal["partition", "marks"]
Counts = NDArray[np.int64]
States = NDArray[np.int8]

# The row that holds a column's base, and the breakdown and column of a table that has none.
BASE = "base"
TOTAL = "total"

# A column that no table prints, and that follows from what it prints: who did not state the breakdown.
UNSTATED = "not stated"

# The column of everybody who gave no answer that leads on to other questions, another one or none (`others()` in dbt).
OTHERS = "other_or_not_stated"

# Why a cell is open or hidden, in the order in which one reason overrules another.
PUBLISHED, SMALL_BASE, SECONDARY, PRIMARY = range(4)
STATUS = ("published", "small_base", "secondary", "primary")

# One row per cell. `shape` is `partition` (every respondent of the base stands in one row) or `marks`
# (several answers: every row is a yes or no of the same base, given in the row `base`).
CELLS: Mapping[str, type[pl.DataType]] = {
    "universe": pl.String,
    "table_id": pl.String,
    "question": pl.String,
    "breakdown": pl.String,
    "shape": pl.String,
    "is_sensitive": pl.Boolean,
    "row": pl.String,
    "column": pl.String,
    "count": pl.Int64,
}

# One row per cell, bases included. `covers_base`: every respondent of the base marked at least one row.
RELEASED: Mapping[str, type[pl.DataType]] = {
    **{name: kind for name, kind in CELLS.items() if name != "count"},
    "covers_base": pl.Boolean,
    "published_count": pl.Int64,
    "share": pl.Float64,
    "sign": pl.String,
}

KEY = ("universe", "table_id", "row", "column")

# A question and one of its answers, or BASE for having answered it.
Event = tuple[str, str]
# More respondents than any survey has: an upper bound where nothing better is known.
MANY = 1_000_000


@dataclass(frozen=True)
class Recode:
    """Two questions of one universe of which one is the other in coarser classes (`fine` → `coarse`).

    Fine answers that no coarse one holds are left out of `classes`. The class OTHERS holds more than its fine answers.
    """

    universe: str
    fine: str
    coarse: str
    classes: Mapping[str, str]


@dataclass(frozen=True)
class Nested:
    """A question put to those alone who gave one of some answers to another; whoever answered it gave one of them."""

    universe: str
    inner: str
    outer: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Bound:
    """What another printed number says of counts: low ≤ Σ respondents in each of `names` ≤ high.

    A name is one event or two together.
    """

    universe: str
    names: tuple[tuple[Event, ...], ...]
    low: int
    high: int


@dataclass(eq=False)
class Table:
    """One table with its true counts and the state of each cell.

    `counts` and `states` are rows × columns, `base` and `base_states` have one entry per column. `floor`: what readers
    know a hidden cell to hold at least. `impossible`: cells that the questionnaire leaves empty.
    """

    universe: str
    table_id: str
    question: str
    breakdown: str
    shape: Shape
    is_sensitive: bool
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Counts
    base: Counts
    states: States = field(init=False)
    base_states: States = field(init=False)
    impossible: NDArray[np.bool_] = field(init=False)
    floor: int = 0

    def __post_init__(self) -> None:
        self.impossible = np.zeros(self.counts.shape, bool)
        self.states = np.zeros(self.counts.shape, np.int8)
        self.base_states = np.zeros(self.base.shape, np.int8)

    @property
    def is_total(self) -> bool:
        """True for the question's own table, without a breakdown."""
        return self.breakdown == TOTAL

    @property
    def covers_base(self) -> bool:
        """True where every respondent of the base stands in at least one row, as far as counts tell."""
        return self.shape == "partition" or bool((self.counts.sum(axis=0) >= self.base).all())


def read_tables(cells: pl.DataFrame) -> list[Table]:
    """The tables of a frame of CELLS, in the order of their ids.

    A combination of row and column that is not listed counts nobody: a zero of the data, not a gap.

    Raises:
        ValueError: a column is missing, a cell is listed twice, a count is negative or missing, a
            table of several answers has no base or more marks than base, or its columns disagree.
    """
    if missing := sorted(set(CELLS) - set(cells.columns)):
        raise ValueError(f"the cells lack the column {missing[0]}")
    frame = cells.select(pl.col(name).cast(kind) for name, kind in CELLS.items())
    if frame.select(pl.any_horizontal(pl.all().is_null()).any()).item():
        raise ValueError("a cell has an empty field; a count that is unknown cannot be protected")
    if frame.select((pl.col("count") < 0).any()).item():
        raise ValueError("a count is negative")
    if frame.select(KEY).is_duplicated().any():
        raise ValueError("a cell is listed twice")
    parts = frame.partition_by("universe", "table_id", maintain_order=True)
    return sorted(map(_read_table, parts), key=lambda table: (table.universe, table.table_id))


def _read_table(cells: pl.DataFrame) -> Table:
    heads = cells.select("universe", "table_id", "question", "breakdown", "shape", "is_sensitive").unique()
    universe, table_id, question, breakdown, shape, is_sensitive = heads.row(0)
    if heads.height > 1 or shape not in ("partition", "marks"):
        raise ValueError(f"table {table_id} does not say one question, breakdown and known shape throughout")
    rows = tuple(row for row in cells["row"].unique(maintain_order=True) if row != BASE)
    columns = tuple(cells["column"].unique(maintain_order=True))
    counts = np.zeros((len(rows), len(columns)), np.int64)
    base = np.full(len(columns), -1, np.int64)
    at_row, at_column = ({name: i for i, name in enumerate(names)} for names in (rows, columns))
    for row, column, count in cells.select("row", "column", "count").iter_rows():
        if row == BASE:
            base[at_column[column]] = count
        else:
            counts[at_row[row], at_column[column]] = count
    table = Table(universe, table_id, question, breakdown, shape, is_sensitive, rows, columns, counts, base)
    _settle_base(table)
    return table


def _settle_base(table: Table) -> None:
    if table.shape == "partition":
        given = table.base >= 0
        sums = table.counts.sum(axis=0)
        if (table.base[given] != sums[given]).any():
            raise ValueError(f"table {table.table_id}: the base is not the sum of its answers")
        table.base = sums
    elif (table.base < 0).any():
        raise ValueError(f"table {table.table_id} of several answers needs a row '{BASE}' in every column")
    elif (table.counts > table.base).any():
        raise ValueError(f"table {table.table_id}: more marks than respondents")


def shows_zeros(is_total: bool, is_sensitive: bool) -> bool:
    """True where readers can rely on it that a hidden answer was given: of a question by itself.

    By breakdown a zero may be hidden as company, and so may one beside a sensitive answer that everybody gave.
    """
    return is_total and not is_sensitive


def skipped(outer: str) -> str:
    """The part of UNSTATED who were asked for the breakdown because of their answer to `outer`."""
    return f"{UNSTATED} after {outer}"


def released(protected: pl.DataFrame) -> pl.DataFrame:
    """What of a protected frame may leave the warehouse: no true count, no reason for hiding.

    Which of two hidden cells is the small one is itself a secret, so `status` stays behind.
    """
    return protected.select(*RELEASED)


@dataclass(frozen=True)
class Seen:
    """One table as printed: what each cell shows."""

    question: str
    breakdown: str
    shape: str
    is_sensitive: bool
    covers_base: bool
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[str, str], int | None]
    shares: Mapping[tuple[str, str], float | None]


def read(frame: pl.DataFrame) -> dict[str, Seen]:
    """The tables of one universe's frame, by id."""
    found = {}
    for part in frame.partition_by("table_id", maintain_order=True):
        first = part.row(0, named=True)
        places = list(part.select("row", "column").iter_rows())
        found[first["table_id"]] = Seen(
            first["question"],
            first["breakdown"],
            first["shape"],
            bool(first["is_sensitive"]),
            bool(first["covers_base"]),
            tuple(dict.fromkeys(row for row, _ in places if row != BASE)),
            tuple(dict.fromkeys(column for _, column in places)),
            dict(zip(places, part["published_count"].to_list(), strict=True)),
            dict(zip(places, part["share"].to_list(), strict=True)),
        )
    return found
