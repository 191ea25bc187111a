"""Questions on the small towns of Germany, of which a reader may set one beside the towns of the network."""

import polars as pl

from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from dashboard.words.indicator import alphabetical_key
from dashboard.words.numbers import NOT_DELIVERED

# How many are offered for what a reader typed.
MOST = 20
# The slot of a town from outside the network: a hollow neutral mark.
ADDED = 0


@cached
def found(release: Release, words: str) -> list[str]:
    """The keys of the towns whose name begins with what was typed, or whose key does; by name, at most MOST."""
    wanted = alphabetical_key(words.strip())
    if len(wanted) < 2:
        return []
    known = _by_name(release)
    is_it = pl.col("sought").str.starts_with(wanted) | pl.col("ags").str.starts_with(wanted)
    within = pl.col("sought").str.contains(" " + wanted, literal=True)
    ordered = known.filter(is_it | within).sort(~is_it, "sought", "ags")
    return ordered.get_column("ags").head(MOST).to_list()


@cached
def town(release: Release, ags: str) -> dict[str, object] | None:
    """One of them by its key, or nothing."""
    rows = release.tables["municipalities"].filter(pl.col("ags") == ags)
    return rows.row(0, named=True) if rows.height else None


@cached
def name_of(release: Release, ags: str, language: str) -> str:
    """Its name with what tells namesakes apart: Neustadt (Ostholstein, Schleswig-Holstein)."""
    one = town(release, ags)
    if one is None:
        return ""
    parts = [part for part in (one["district"], one[f"land_{language}"]) if part]
    return f"{one['name']} ({', '.join(map(str, parts))})"


@cached
def with_added(release: Release, indicator_id: str, ags: str) -> pl.DataFrame:
    """`Release.values_by_town`, with the town of this key as the last row where there is one.

    Its `note` is its period where that is another one than the towns'; a town without a value has the sign
    NOT_DELIVERED. Its values are rounded, and come from the tables that the indicator's passport names.
    """
    values = release.values_by_town(indicator_id)
    one = town(release, ags) if ags else None
    if one is None:
        return values
    mine = release.tables["municipality_values"].filter(indicator_id=indicator_id, ags=ags)
    period = mine["period"].item() if mine.height else None
    row = {
        "town_id": ags, "name": one["name"], "slot": ADDED, "indicator_id": indicator_id, "period": period,
        "period_end": mine["period_end"].item() if mine.height else None, "breakdown": "total",
        "value": mine["value"].item() if mine.height else None, "sign": "" if mine.height else NOT_DELIVERED,
        "is_synthetic": False, "note": period if period != release.latest_period(indicator_id) else None,
    }  # fmt: skip
    schema = {**values.schema, "note": pl.String()}
    added = pl.DataFrame([{name: row.get(name) for name in schema}], schema=schema)
    return pl.concat([values.with_columns(pl.lit(None, pl.String).alias("note")), added])


@cached
def _by_name(release: Release) -> pl.DataFrame:
    sought = pl.col("name").map_elements(alphabetical_key, return_dtype=pl.String).alias("sought")
    return release.tables["municipalities"].select("ags", sought)
