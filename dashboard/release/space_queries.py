"""What the release says of co-working spaces: one function a question, on tables that are already published.

A town may have several spaces, so every frame has one row per space or per part of one; spaces stand by town
in the towns' fixed order, those of a town in the order of time.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from dashboard.words.indicator import Indicator

THEME = "coworking"
# A record longer than this is looked at year by year; a year and a week still fit side by side.
LONGEST = 53 * 7

Row = Mapping[str, Any]


@cached
def spaces(release: Release) -> pl.DataFrame:
    """One row per space: the table `spaces` with the town's name and slot, in the fixed order."""
    joined = release.with_towns(release.tables["spaces"]).sort("place", "first_day", "space_id")
    return joined.drop("place").with_row_index("place")


@cached
def days(release: Release, space_id: str, year: str = "") -> pl.DataFrame:
    """The days of a space's record, of one calendar year ("2022") or of all, oldest first."""
    rows = _of(release, "space_days", space_id).sort("day")
    return rows.filter(pl.col("day").dt.year() == int(year)) if year else rows


@cached
def weeks(release: Release, space_id: str, year: str = "") -> pl.DataFrame:
    """The weeks of a space's record from Monday; of a year those with a day in it."""
    rows = _of(release, "space_weeks", space_id).sort("week_start")
    touched = (pl.col("week_start").dt.year(), pl.col("week_start").dt.offset_by("6d").dt.year())
    return rows.filter(pl.any_horizontal(one == int(year) for one in touched)) if year else rows


@cached
def months(release: Release, space_id: str, year: str = "") -> pl.DataFrame:
    """The months of a space's record with their first and last day in it (`begins`, `ends`), oldest first."""
    rows = _of(release, "space_months", space_id).sort("month")
    recorded = days(release, space_id).group_by(pl.col("day").dt.strftime("%Y-%m").alias("month"))
    ends = recorded.agg(pl.col("day").min().alias("begins"), pl.col("day").max().alias("ends"))
    return rows.filter(pl.col("month").str.starts_with(year)).join(ends, on="month", maintain_order="left")


def years(space: Row) -> list[str]:
    """The calendar years to choose from; none where the whole record fits into one picture."""
    first, last = space["first_day"], space["last_day"]
    if (last - first).days < LONGEST:
        return []
    return [str(year) for year in range(first.year, last.year + 1)]


@cached
def profile(release: Release, space_id: str) -> pl.DataFrame:
    """Use by weekday (1 is Monday) and hour, in their order; none where nothing was open."""
    return _of(release, "space_profile", space_id).sort("weekday", "hour")


@cached
def lead_times(release: Release, space_id: str) -> pl.DataFrame:
    """Bookings by how long ahead they were made, latest first."""
    return _of(release, "space_lead_times", space_id).sort("position")


@cached
def purposes(release: Release, space_id: str) -> pl.DataFrame:
    """Booked seat-hours by purpose, by the purposes' names."""
    order = pl.Enum(["own_work", "meeting", "event", "other"])
    return _of(release, "space_purposes", space_id).sort(pl.col("purpose").cast(order, strict=False), "purpose")


@cached
def kinds(release: Release, space_id: str) -> pl.DataFrame:
    """Desks, then rooms."""
    return _of(release, "space_kinds", space_id).sort("kind")


@cached
def effects(release: Release, space_id: str) -> pl.DataFrame:
    """The comparisons of weeks of a space: school holidays first, then the weeks around the summer's end."""
    return _of(release, "space_holiday_effect", space_id).sort("comparison", descending=True)


def runs(frame: pl.DataFrame, column: str) -> list[tuple[date, date, str]]:
    """Stretches of days in a row that carry the same words: first day, last day, words."""
    found: list[tuple[date, date, str]] = []
    for day, words in frame.select("day", column).drop_nulls().iter_rows():
        if found and found[-1][2] == words and (day - found[-1][1]).days == 1:
            found[-1] = (found[-1][0], day, words)
        else:
            found.append((day, day, words))
    return found


def is_hidden(space: Row) -> bool:
    """Whether nothing may be told of a space's use as a whole."""
    return space["utilisation"] is None


@cached
def indicators(release: Release, language: str) -> list[Indicator]:
    """The indicators of spaces, in the catalogue's order, that any space has a value of."""
    known = set(_values(release).filter(pl.col("value").is_not_null()).get_column("indicator_id"))
    return [one for one in release.indicators(language, THEME) if one.indicator_id in known]


@cached
def values(release: Release, indicator_id: str) -> pl.DataFrame:
    """An indicator's values: one row per space in fixed order, the space's columns beside the value.

    A space without a row has no value and the sign "x".
    """
    rows = _values(release).filter(pl.col("indicator_id") == indicator_id)
    beside = spaces(release).select(
        "space_id", "place", "town_id", "name", "slot", "name_de", "name_en", "denominator_de", "denominator_en",
        "cancellation_reason_de", "cancellation_reason_en", "no_show_reason_de", "no_show_reason_en", "desks",
        "open_days", "source_text", "licence", "is_synthetic", "period",
    )  # fmt: skip
    own = rows.select(
        "space_id", "value", "sign", "numerator", "denominator", "base_n", "interval_low", "interval_high"
    )
    joined = beside.join(own, on="space_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("sign").fill_null("x"))


@cached
def without_space(release: Release) -> list[str]:
    """The names of the towns that delivered no bookings, in fixed order."""
    have = release.tables["spaces"].get_column("town_id")
    return [row["name"] for row in release.towns().iter_rows(named=True) if row["town_id"] not in have]


@cached
def statements(release: Release) -> pl.DataFrame:
    """What the report says of co-working spaces: the ledger's rows that rest on an indicator of spaces."""
    own = {one.indicator_id for one in release.indicators("de", THEME)}
    named = pl.col("indicator_ids").fill_null("").str.split(",").list.eval(pl.element().str.strip_chars())
    return release.statements().filter(named.list.set_intersection(list(own)).list.len() > 0)


def _of(release: Release, table: str, space_id: str) -> pl.DataFrame:
    return release.tables[table].filter(pl.col("space_id") == space_id)


def _values(release: Release) -> pl.DataFrame:
    """The indicators' values with their space: named by the breakdown where a town has several."""
    only = spaces(release).group_by("town_id").agg(pl.col("space_id").first().alias("only"), pl.len().alias("many"))
    own = {one.indicator_id for one in release.indicators("de", THEME)}
    rows = release.tables["indicator_values"].filter(
        pl.col("indicator_id").is_in(list(own)) & pl.col("sources").is_not_null()
    )
    placed = rows.join(only, on="town_id")
    space = pl.when(pl.col("breakdown") == "space").then("breakdown_value").when(pl.col("many") == 1).then("only")
    return placed.with_columns(space.alias("space_id")).filter(pl.col("space_id").is_not_null())
