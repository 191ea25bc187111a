"""One respondent, one response: the same number twice in an export."""

from collections.abc import Sequence

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.readers.surveys.model import Column


def resolve(
    frame: pl.DataFrame, answers: Sequence[Column], columns: Sequence[Column]
) -> tuple[pl.DataFrame, list[Reject], list[str]]:
    """Keep one record per response; the others become rejects. Returns frame, rejects and notes.

    Records that agree in every cell are one record. Of several with the same number and the same start,
    the completed one is kept, else the one with most answers, else the later. The same number with
    another start is another person (an export put together from two): both stay. Where the tool tells no start, so is
    the same number with another answer.
    """
    if frame["tool_id"].is_unique().all():
        return frame, [], []
    frame, restarted = _tell_apart(frame)
    frame, others = _contradicting(frame, [column.name for column in answers])
    cells = [column.name for column in columns if column.role != "index"]
    filled = pl.sum_horizontal(pl.col(column.name).is_not_null() for column in answers)
    ranked = frame.with_columns(
        same=pl.struct(cells).n_unique().over("tool_id") == 1,
        place=pl.struct(pl.col("status") == "completed", filled, pl.col("line").cast(pl.Int64))
        .rank("ordinal", descending=True).over("tool_id"),
    )  # fmt: skip
    # Among equal records the first stays, as anybody would expect.
    ranked = ranked.with_columns(
        place=pl.when("same").then(pl.col("line").cast(pl.Int64).rank("ordinal").over("tool_id")).otherwise("place")
    )
    kept, left = ranked.filter(pl.col("place") == 1), ranked.filter(pl.col("place") > 1)
    first = dict(kept.select("tool_id", "line").iter_rows())
    rejects = [
        Reject(
            "responses", int(line), "", "duplicate_record" if same else "duplicate_response",
            f"the response in line {first[number]} is kept",
        )
        for number, line, same in left.select("tool_id", "line", "same").iter_rows()
    ]  # fmt: skip
    notes = [f"{len(rejects)} record(s) repeat a response and were set aside"] if rejects else []
    if restarted:
        notes.append(f"{restarted} record(s) share a number with another respondent (another start): all are kept")
    if others:
        notes.append(f"{others} record(s) share a number with another respondent whose answers differ: all are kept")
    return kept.drop("same", "place"), rejects, notes


def _contradicting(frame: pl.DataFrame, answers: Sequence[str]) -> tuple[pl.DataFrame, int]:
    """Where nothing but a number says who it was, records that answer a question differently are of two people."""
    differs = pl.any_horizontal(
        pl.lit(False), *((pl.col(name) != pl.col(name).drop_nulls().first().over("tool_id")) for name in answers)
    )
    is_other = (pl.col("identity").is_null() & differs.fill_null(False)).fill_null(False)
    marked = frame.with_columns(
        tool_id=pl.when(is_other).then(pl.concat_str("tool_id", pl.col("line").cast(pl.String), separator="\x1f"))
        .otherwise("tool_id")
    )  # fmt: skip
    return marked, int(frame.select(is_other.sum()).item())


def _tell_apart(frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Numbers that were given out twice get the start of the response behind them."""
    starts = pl.col("identity").n_unique().over("tool_id")
    is_first = pl.col("identity") == pl.col("identity").first().over("tool_id")
    restarted = (starts > 1) & pl.col("identity").is_not_null() & ~is_first
    marked = frame.with_columns(
        tool_id=pl.when(restarted.fill_null(False)).then(pl.concat_str("tool_id", "identity", separator="\x1f"))
        .otherwise("tool_id")
    )  # fmt: skip
    return marked, int(frame.select(restarted.fill_null(False).sum()).item())
