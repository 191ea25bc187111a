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
    another start is another person (an export put together from two): both stay.
    """
    if frame["tool_id"].is_unique().all():
        return frame, [], []
    frame, restarted = _tell_apart(frame)
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
    return kept.drop("same", "place"), rejects, notes


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
