"""What the release says of events: one function a question, on tables that are already published.

A count of one to four is nowhere in the release; the range from 1 to 4 stands in `attended_low` and
`attended_high` instead, and every sum here is made of those.
"""

import polars as pl

from dashboard.release.snapshot import Release

# How events can be grouped, in the order in which it is offered.
FAMILIES = ("format", "theme", "target_group", "venue")


def events(release: Release, format_: str = "", theme: str = "") -> pl.DataFrame:
    """One row per event with the town's name and slot; towns in fixed order, the oldest event first.

    `format_` and `theme` keep the events of one format or theme; empty ones keep all.
    """
    rows = release.with_towns(release.tables["events"])
    for column, wanted in (("format", format_), ("theme", theme)):
        if wanted:
            rows = rows.filter(pl.col(column) == wanted)
    return rows.sort("place", "event_date", "starts_at", "title", nulls_last=True)


def of_town(release: Release, town_id: str) -> pl.DataFrame:
    """The events of one town, the oldest first."""
    return events(release).filter(pl.col("town_id") == town_id)


def members(release: Release, family: str, language: str) -> dict[str, str]:
    """The formats or themes that any event has, with their words, in the words' order."""
    rows = release.tables["events"].select(
        pl.col(family), words=pl.col(f"{family}_{language}").fill_null(pl.col(family))
    )
    known = rows.filter(pl.col(family).is_not_null()).unique().sort("words")
    return dict(zip(known.get_column(family), known.get_column("words"), strict=True))


def grouped(rows: pl.DataFrame, family: str, language: str, unknown: str) -> pl.DataFrame:
    """Events with a column `member`: the words of their format, theme, group or venue; most frequent first.

    An event of which that is not known has `unknown`, which comes last.
    """
    words = pl.col("venue") if family == "venue" else pl.col(f"{family}_{language}").fill_null(pl.col(family))
    named = rows.with_columns(member=words.fill_null(unknown))
    count = pl.len().over("member")
    return named.sort(pl.col("member") == unknown, -count.cast(pl.Int64), "member", maintain_order=True)


def of_all(release: Release) -> pl.DataFrame:
    """What event_groups says of each town's events together: one row per town that has any, in fixed order."""
    return release.with_towns(release.tables["event_groups"].filter(pl.col("family") == "all")).sort("place")


def with_lengths(rows: pl.DataFrame) -> pl.DataFrame:
    """The events that tell both how long they were to last and how long they did."""
    return rows.filter(pl.col("planned_minutes").is_not_null() & pl.col("actual_minutes").is_not_null())
