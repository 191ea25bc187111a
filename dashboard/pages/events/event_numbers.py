"""The numbers behind the pictures of events, with headings in the reader's language."""

from collections.abc import Sequence

import polars as pl

from dashboard.parts.visit import Visit
from dashboard.words import event_words
from dashboard.words.numbers import INTERNAL


def of_events(events: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """Events as a table to take away, with the signs of what is hidden; numbers stay numbers."""
    say, language = visit.say, visit.language
    shown = [event_words.visits(event, language) for event in events.iter_rows(named=True)]
    return events.select(
        pl.col("title").alias(say.column_event),
        pl.col("name").alias(say.column_town),
        pl.col("event_date").cast(pl.String).alias(say.column_day),
        pl.col(f"format_{language}").alias(say.column_format),
        pl.col(f"theme_{language}").alias(say.choose_theme),
        pl.col("venue").alias(say.column_venue),
        pl.col("attended").alias(say.column_visits),
        pl.Series(say.column_visits_said, shown, pl.String),
        *internal(events, visit),
        pl.col("registered").alias(say.column_registered),
        pl.col("capacity").alias(say.column_seats),
        pl.col("row_origin").replace(dict(say.group("row_origins"))).alias(say.column_origin),
    )


def internal(events: pl.DataFrame, visit: Visit) -> list[pl.Series]:
    """In the team's edition a column that says of which events the public one hides a number."""
    if not visit.release.is_internal:
        return []
    marks = events["internal"].is_not_null().replace_strict({True: INTERNAL, False: ""}, return_dtype=pl.String)
    return [marks.alias(visit.say.column_sign)]


def of_groups(events: pl.DataFrame, family: str, visit: Visit) -> pl.DataFrame:
    """One row per group and town; `events` as `groups` takes them, `family` is what they are grouped by."""
    say, rows = visit.say, []
    for name, of_group in groups(events):
        for town, mine in of_group.group_by(["name"], maintain_order=True):
            found = event_words.totals(mine)
            counts = (found[one] for one in ("held", "counted", "hidden", "low", "high"))
            mark = INTERNAL if found["internal"] else ""
            rows.append((name, str(town[0]), *counts, *([mark] if visit.release.is_internal else [])))
    columns = [say.group("event_families")[family], say.column_town, say.column_dates, say.column_counted]
    columns += [say.column_hidden, say.column_visits_low, say.column_visits_high]
    kinds = [pl.String, pl.String, *([pl.Int64] * 5)]
    if visit.release.is_internal:
        columns, kinds = [*columns, say.column_sign], [*kinds, pl.String]
    return pl.DataFrame(rows, schema=dict(zip(columns, kinds, strict=True)), orient="row")


def of_lengths(events: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """One row per event of which both lengths are known."""
    say = visit.say
    return events.select(
        pl.col("title").alias(say.column_event),
        pl.col("name").alias(say.column_town),
        pl.col("planned_minutes").alias(say.column_planned),
        pl.col("actual_minutes").alias(say.column_actual),
    )


def groups(events: pl.DataFrame) -> Sequence[tuple[str, pl.DataFrame]]:
    """Each `member` (`event_queries.grouped`) with its events, in the frame's order."""
    return [(str(name), rows) for (name,), rows in events.group_by(["member"], maintain_order=True)]
