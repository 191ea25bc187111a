"""Quarantine: every row that may not come in, once, with all its reasons.

A delivery may be held as a whole, and its records as JSON are many times its size. So a record is kept without `raw`,
its words, which repeat, as categories (HELD); `raw` is made of the tables, portion by portion, while it is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
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
# Which table a record is a row of, and where there; "" is the list of what the readers could make no row of.
_WORDS: Mapping[str, pl.DataType] = {name: pl.Categorical() for name in ("source", *COLUMNS) if name != "raw"}
HELD = pl.Schema({"row_position": pl.UInt32(), **_WORDS})


@dataclass(frozen=True)
class Fault:
    """One check that rows of a table failed; `positions` are 0-based, `column` is what quarantine names."""

    rule: Rule
    column: str
    positions: npt.NDArray[np.int64]
    guesses: bool = False


def rows(table: str, frame: pl.DataFrame, faults: Sequence[Fault], towns: set[str]) -> pl.DataFrame:
    """The rows of `frame` with a fault (HELD), in their order.

    A row with several faults stands once: `reason` and `column_name` are the first fault's, the words and
    details of all are joined by "; ".
    """
    parts = [_one_fault(frame, order, fault, towns) for order, fault in enumerate(faults) if len(fault.positions)]
    if not parts:
        return pl.DataFrame(schema=HELD)
    found = _one_each(pl.concat(parts))
    origin = (frame[name].gather(found["row_position"]).cast(pl.Categorical) for name in ("file", "line"))
    return found.with_columns(*origin, source=pl.lit(table), table_name=pl.lit(table)).cast(HELD).select(list(HELD))


def records(held: pl.DataFrame, tables: Mapping[str, pl.DataFrame], unread: pl.DataFrame) -> pl.LazyFrame:
    """What is held (HELD) as quarantine records (SCHEMA), by file and line.

    `unread` are the records that `rejects` gives.
    """

    def portion(part: pl.DataFrame) -> pl.DataFrame:
        rows = held[part["place"]].with_row_index()
        whole = [_whole(rest, tables, unread) for rest in rows.partition_by("source")]
        return pl.concat(whole).sort("index").select(COLUMNS) if whole else pl.DataFrame(schema=SCHEMA)

    # The order alone: what is held a second time, in order, would be most of the memory.
    line = pl.col("line").cast(pl.String).cast(pl.Int64, strict=False)
    order = held.select(place=pl.arg_sort_by("file", line, maintain_order=True))
    return order.lazy().map_batches(portion, schema=SCHEMA, streamable=True)


def _whole(held: pl.DataFrame, tables: Mapping[str, pl.DataFrame], unread: pl.DataFrame) -> pl.DataFrame:
    """Records of one source with their JSON."""
    source, places = held["source"][0], held["row_position"]
    raw = unread[places].select("raw") if source == "" else tables[source][places].select(_raw(source))
    return held.cast(dict.fromkeys(_WORDS, pl.String)).with_columns(raw.to_series())


def _one_each(parts: pl.DataFrame) -> pl.DataFrame:
    """One record for each row, in their order: the words of a row with several faults are joined."""
    joined = [_joined(name) for name in ("reason_de", "reason_en", "detail")]
    is_sole = parts["row_position"].is_unique()
    if is_sole.all():
        return parts.drop("order") if parts["row_position"].is_sorted() else parts.drop("order").sort("row_position")
    several = (
        parts.filter(~is_sole)
        .sort("row_position", "order")
        .group_by("row_position", maintain_order=True)
        .agg(pl.first("column_name", "reason"), *joined)
    )
    return pl.concat([parts.filter(is_sole).select(several.columns), several]).sort("row_position")


def unread(records: pl.DataFrame) -> pl.DataFrame:
    """What `rejects` gives, as records without their JSON (HELD)."""
    return records.with_row_index("row_position").with_columns(source=pl.lit("")).select(list(HELD)).cast(HELD)


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


def _one_fault(frame: pl.DataFrame, order: int, fault: Fault, towns: set[str]) -> pl.DataFrame:
    failing = pl.DataFrame({"row_position": pl.Series(fault.positions, dtype=pl.UInt32)})
    words = {
        "column_name": fault.column,
        "reason": fault.rule.id,
        "reason_de": fault.rule.reason.de,
        "reason_en": fault.rule.reason.en,
    }
    return failing.select(
        "row_position",
        pl.lit(order).alias("order"),
        *(pl.lit(word, dtype=pl.Categorical).alias(name) for name, word in words.items()),
        _details(frame, failing["row_position"], fault, towns),
    )


def _details(frame: pl.DataFrame, positions: pl.Series, fault: Fault, towns: set[str]) -> pl.Series:
    """What stands in the faulty cell of each row; each distinct one is put into words once."""
    if fault.column not in frame.columns:
        return pl.repeat("", positions.len(), dtype=pl.Categorical, eager=True).alias("detail")
    cells = pl.DataFrame({"cell": frame[fault.column].gather(positions)})
    distinct = cells.unique(maintain_order=True)
    cell = pl.col("cell").cast(pl.String)
    shown = pl.when(cell.str.len_chars() > CELL_LENGTH).then(cell.str.head(CELL_LENGTH) + "…").otherwise(cell)
    detail = pl.format('{} = "{}"', pl.lit(fault.column), shown).fill_null(f"{fault.column} = –")
    if fault.guesses:
        keys = distinct["cell"].cast(pl.String).drop_nulls().to_list()
        guess = cell.replace_strict(remedies.nearest_town(keys, towns), default=None, return_dtype=pl.String)
        detail = detail + pl.format(" ({}?)", guess).fill_null("")
    worded = distinct.with_columns(detail=detail.cast(pl.Categorical))
    return cells.join(worded, on="cell", how="left", nulls_equal=True, maintain_order="left")["detail"]


def _joined(name: str) -> pl.Expr:
    column = pl.col(name).cast(pl.String)
    return column.filter(column != "").unique(maintain_order=True).str.join("; ").cast(pl.Categorical).alias(name)


def _raw(table: str) -> pl.Expr:
    """The record's own columns as one JSON object without the empty ones."""
    whole = pl.struct(pl.col(landing_tables.TABLES[table]).cast(pl.String)).struct.json_encode()
    # Inside a JSON text every quote is escaped, so the pattern finds keys only.
    slim = whole.str.replace_all(r'"[a-z0-9_]+":null,?', "").str.replace(r",\}$", "}")
    return slim.str.head(RAW_LENGTH).alias("raw")


def _words(code: str) -> Words:
    """What the readers' reason says; a code without words is shown as it is rather than lost."""
    words: Mapping[str, str] = REASONS[code]._asdict() if code in REASONS else {"de": code, "en": code}
    return Words(**words)
