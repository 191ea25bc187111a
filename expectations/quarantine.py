"""Quarantine: every row that may not come in, once, with all its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from expectations import remedies
from expectations.schema import Rule, Words
from stadtlabor.base.rejects import Reject
from stadtlabor.dictionary.reasons import REASONS
from stadtlabor.readers import landing_tables

COLUMNS = ("file", "line", "column_name", "table_name", "reason", "reason_de", "reason_en", "detail", "raw")
SCHEMA = pl.Schema(dict.fromkeys(COLUMNS, pl.String))
# As long as `stadtlabor.readers.protocol.Reject.raw`: enough to know the record again, and 10 MB in one cell stay out.
RAW_LENGTH = 500
CELL_LENGTH = 80
AT_ONCE = 50_000


@dataclass(frozen=True)
class Fault:
    """One check that rows of a table failed; `positions` are 0-based, `column` is what quarantine names."""

    rule: Rule
    column: str
    positions: Sequence[int]
    guesses: bool = False


def rows(table: str, frame: pl.DataFrame, faults: Sequence[Fault], towns: set[str]) -> pl.DataFrame:
    """The rows of `frame` with a fault, as quarantine records (SCHEMA) with their `row_position` beside them.

    A row with several faults stands once: `reason` and `column_name` are the first fault's, the words and
    details of all are joined by "; ".
    """
    numbered = frame.with_row_index("row_position")
    parts = [_one_fault(numbered, order, fault, towns) for order, fault in enumerate(faults) if fault.positions]
    if not parts:
        return pl.DataFrame(schema={"row_position": pl.UInt32, **SCHEMA})
    found = _one_each(pl.concat(parts))
    # The JSON of a record is longest by far: it is made of those that are held, and of so many at once.
    held = [
        found[start : start + AT_ONCE].with_columns(
            numbered[found["row_position"][start : start + AT_ONCE]].select("file", "line", _raw(table))
        )
        for start in range(0, found.height, AT_ONCE)
    ]
    return pl.concat(held).with_columns(pl.lit(table).alias("table_name")).select("row_position", *COLUMNS)


def _one_each(parts: pl.DataFrame) -> pl.DataFrame:
    """One record for each row, in their order: the words of a row with several faults are joined."""
    joined = [_joined(name) for name in ("reason_de", "reason_en", "detail")]
    count = pl.len().over("row_position")
    several = (
        parts.filter(count > 1)
        .sort("row_position", "order")
        .group_by("row_position", maintain_order=True)
        .agg(pl.first("column_name", "reason"), *joined)
    )
    return pl.concat([parts.filter(count == 1).select(several.columns), several]).sort("row_position")


def rejects(given: Sequence[tuple[str, Reject]]) -> pl.DataFrame:
    """The records that the readers could not make rows of, as quarantine records (SCHEMA)."""
    records = [
        (
            file,
            str(one.line),
            one.column,
            one.table,
            one.reason,
            _words(one.reason).de,
            _words(one.reason).en,
            one.detail,
            one.raw[:RAW_LENGTH],
        )
        for file, one in given
    ]
    return pl.DataFrame(records, schema=SCHEMA, orient="row")


def _one_fault(numbered: pl.DataFrame, order: int, fault: Fault, towns: set[str]) -> pl.DataFrame:
    failing = numbered[fault.positions]
    detail = pl.lit("")
    if fault.column in failing.columns:
        cell = pl.col(fault.column).cast(pl.String)
        shown = pl.when(cell.str.len_chars() > CELL_LENGTH).then(cell.str.head(CELL_LENGTH) + "…").otherwise(cell)
        detail = pl.format('{} = "{}"', pl.lit(fault.column), shown).fill_null(f"{fault.column} = –")
    if fault.guesses:
        keys = failing[fault.column].drop_nulls().unique(maintain_order=True).to_list()
        guesses = remedies.nearest_town(keys, towns)
        guess = pl.col(fault.column).replace_strict(guesses, default=None, return_dtype=pl.String)
        detail = detail + pl.format(" ({}?)", guess).fill_null("")
    return failing.select(
        "row_position",
        pl.lit(order).alias("order"),
        pl.lit(fault.column).alias("column_name"),
        pl.lit(fault.rule.id).alias("reason"),
        pl.lit(fault.rule.reason.de).alias("reason_de"),
        pl.lit(fault.rule.reason.en).alias("reason_en"),
        detail.alias("detail"),
    )


def _joined(name: str) -> pl.Expr:
    column = pl.col(name)
    return column.filter(column != "").unique(maintain_order=True).str.join("; ").alias(name)


def _raw(table: str) -> pl.Expr:
    """The record's own columns as one JSON object without the empty ones."""
    whole = pl.struct(landing_tables.TABLES[table]).struct.json_encode()
    # Inside a JSON text every quote is escaped, so the pattern finds keys only.
    slim = whole.str.replace_all(r'"[a-z0-9_]+":null,?', "").str.replace(r",\}$", "}")
    return slim.str.head(RAW_LENGTH).alias("raw")


def _words(code: str) -> Words:
    """What the readers' reason says; a code without words is shown as it is rather than lost."""
    words: Mapping[str, str] = REASONS[code]._asdict() if code in REASONS else {"de": code, "en": code}
    return Words(**words)
