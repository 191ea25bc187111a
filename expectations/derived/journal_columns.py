"""Helper columns for the landing tables of a lab journal; see `expectations.derived.derive`."""

from collections.abc import Mapping

import polars as pl

_OF_EACH = {
    "whence": "the report's section or the entry's source, null where neither is given",
    "repeat": "how many entries of this town and id stand before this one in the delivery",
}
_TITLED = {"titled": "the title in either language"}
_OF_DATED = {
    "first_day": "`period_from` as a date",
    "last_day": "`period_to` likewise",
    "day_count": "days from first to last, both counted; below 1 where the end lies before the start",
}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "labs": {**_OF_EACH, **_OF_DATED, **_TITLED},
    "lab_phases": {**_OF_EACH, **_OF_DATED, "reason_given": "the note of an estimate; 'not needed' for a fact"},
    "lab_activities": {**_OF_EACH, **_OF_DATED, **_TITLED},
    "learnings": {**_OF_EACH, **_TITLED},
}
ID = {
    "labs": ("lab_id",),
    "lab_phases": ("lab_id", "phase"),
    "lab_activities": ("activity_id",),
    "learnings": ("learning_id",),
}


def journal(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The entries of one table with their helper columns."""
    with_whence = frame.with_columns(
        pl.coalesce("section", "source").alias("whence"),
        pl.int_range(pl.len()).over("town_id", *ID[table]).alias("repeat"),
    )
    if "title_de" in frame.columns:
        with_whence = with_whence.with_columns(pl.coalesce("title_de", "title_en").alias("titled"))
    if "period_from" not in frame.columns:
        return with_whence
    first, last = (
        pl.col(name).str.to_date("%Y-%m-%d", strict=False).alias(day)
        for name, day in (("period_from", "first_day"), ("period_to", "last_day"))
    )
    dated = with_whence.with_columns(first, last).with_columns(
        ((pl.col("last_day") - pl.col("first_day")).dt.total_days() + 1).alias("day_count")
    )
    if table != "lab_phases":
        return dated
    note = pl.coalesce("note_de", "note_en")
    is_fact = pl.col("is_estimated") != "true"
    return dated.with_columns(pl.when(is_fact).then(pl.lit("not needed")).otherwise(note).alias("reason_given"))
