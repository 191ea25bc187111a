"""What the way of records to a landing table has in common: a plan, faults, rejects, pseudonyms and notes.

A kind of delivery reads a plan's records, names the fault of each that has one, and gives the rows of the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

import polars as pl

from stadtlabor.base import pseudonyms
from stadtlabor.base.rejects import Reject
from stadtlabor.files.layout import Layout
from stadtlabor.manifest.source import Manifest
from stadtlabor.values.text_columns import tidied
from stadtlabor.values.times import Clock

SHOWN_LINES = 8
SHOWN_CHARACTERS = 80
# The column a fault is named with, and the column that holds it (a code of `dictionary.reasons`, or null).
Faults = Sequence[tuple[str, str]]


@dataclass
class Plan:
    """A file's records as written, and what the tool says and does not say.

    `frame` has `line` (Int64) and any of `columns`, all text. `clock` is what the tool does where the manifest does
    not say. `dropped` are headings of personal columns, `passed` of columns not understood,
    `headings` those of each field.
    """

    columns: ClassVar[Sequence[str]] = ()

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
        """The records with every column, text tidied."""
        return tidied(self.frame, self.columns)

    def left_out(self) -> Iterator[str]:
        """Notes on the columns dropped and passed over, by their headings."""
        if self.dropped:
            yield f"dropped on load as personal: {', '.join(repr(name) for name in self.dropped)}"
        for name in self.passed:
            yield f"passed over the column {name!r}"


def has_fault(faults: Faults) -> pl.Expr:
    """Whether a record has one of the faults."""
    return pl.any_horizontal(pl.col(name).is_not_null() for _, name in faults)


def rejected(table: str, bad: pl.DataFrame, faults: Faults, shown: Mapping[str, str] | None = None) -> list[Reject]:
    """One reject per row, with its first fault and the cell it lies in; `shown` names another cell that tells more.

    What is shown must name nobody.
    """
    labels = {column: column for column, _ in faults} | dict(shown or {})
    cases = [
        pl.when(pl.col(name).is_not_null()).then(
            pl.struct(
                column=pl.lit(column),
                fault=pl.col(name),
                label=pl.lit(labels[column]),
                text=pl.col(labels[column]).cast(pl.String).replace("", None).fill_null("–").str.head(SHOWN_CHARACTERS),
            )
        )
        for column, name in faults
    ]
    rows = bad.select("line", found=pl.coalesce(cases)).filter(pl.col("found").is_not_null()).unnest("found")
    return [
        Reject(table, line, column, fault, f"{label} = {text}") for line, column, fault, label, text in rows.iter_rows()
    ]


def without_text(rejects: Iterable[Reject]) -> list[Reject]:
    """What a faulty record said is not kept: it may hold a name or an address."""
    return [replace(reject, raw="") for reject in rejects]


def town_of(manifest: Manifest | None) -> str:
    """Within what numbers, people and events are the same ones: the town, else the delivery."""
    return (manifest.town or manifest.id) if manifest else ""


def pseudonymiser(kind: str, manifest: Manifest | None) -> Callable[[str, pl.Series], pl.Series]:
    """Pseudonyms of columns, by scope (whose numbers they are); without a manifest of a key nobody keeps."""
    secret = None if manifest else pseudonyms.throwaway_key()
    return lambda scope, texts: pseudonyms.of_column(f"{kind}/{town_of(manifest)}/{scope}", texts, secret)


def some(lines: Iterable[int]) -> str:
    """The first of some line numbers."""
    distinct = sorted(set(lines))
    return ", ".join(map(str, distinct[:SHOWN_LINES])) + (" …" if len(distinct) > SHOWN_LINES else "")
