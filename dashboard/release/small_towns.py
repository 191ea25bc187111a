"""What the release says of every small town of the country, and of the groups that towns are set against."""

import math
from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.release.release_cache import cached
from dashboard.release.snapshot import SIZE_GROUP, Release
from dashboard.words.indicator import alphabetical_key
from dashboard.words.numbers import NOT_DELIVERED, Numbers

# The groups of peers by their word in an address; those of OWN are other ones for each town.
ALL_OF_A_GROUP: Mapping[str, str] = {
    "": SIZE_GROUP,
    "groessere": "bbsr_larger_small_towns",
    "kleinere": "bbsr_smaller_small_towns",
}
LAND, LOCATION, SIMILAR = "land", "lage", "aehnlich"
OWN = (LAND, LOCATION, SIMILAR)
GROUPS = (*ALL_OF_A_GROUP, *OWN)
SMALLEST, BELOW = 5_000, 20_000

# The slot of an added town, which has none of its own.
ADDED_SLOT = 0
MOST_FOUND = 50
QUANTILES = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)

# What makes towns similar: amounts are compared by their ratio, shares and classes by their difference.
COUNT = 20
MEASURES: Mapping[str, str] = {"population": "", "density": "", "out_share": "out_commuter_share", "location_key": ""}
BY_RATIO = ("population", "density")

Row = Mapping[str, Any]


@cached
def register(release: Release) -> pl.DataFrame:
    """Every small town by name (umlauts as their vowels), Kreis and key, with `key` to look it up by."""
    towns = release.tables["small_towns"]
    key = pl.col("name").map_elements(alphabetical_key, return_dtype=pl.String).alias("key")
    return towns.with_columns(key).sort("key", "district", "ags")


@cached
def town(release: Release, ags: str) -> Row | None:
    """One municipality of the register by its key."""
    return _by_key(release).get(ags)


@cached
def _by_key(release: Release) -> dict[str, Row]:
    return {row["ags"]: row for row in register(release).iter_rows(named=True)}


def can_be_added(release: Release, ags: str) -> bool:
    """Whether a key is that of a small town which does not stand among the network's towns already."""
    return town(release, ags) is not None and ags not in release.tables["towns"]["ags"]


def full_name(row: Row, language: str) -> str:
    """A name that no namesake shares: "Altdorf (Landkreis Landshut, Bayern)"."""
    return f"{row['name']} ({', '.join(part for part in (row['district'], row[f'land_{language}']) if part)})"


def find(release: Release, words: str) -> list[str]:
    """The keys of the municipalities that words or digits name, those that begin so first; MOST_FOUND of them."""
    asked, found = alphabetical_key(words.strip()), register(release)
    if not asked:
        return []
    if asked.isdigit():
        matches = found.filter(pl.col("ags").str.starts_with(asked))
    else:
        parts = [pl.col("key").str.contains(part, literal=True) for part in asked.split()]
        matches = found.filter(pl.all_horizontal(parts))
        order = pl.col("key").eq(asked).cast(pl.Int8) * 2 + pl.col("key").str.starts_with(asked).cast(pl.Int8)
        matches = matches.sort(order, descending=True, maintain_order=True)
    return [ags for ags in matches["ags"] if can_be_added(release, ags)][:MOST_FOUND]


@cached
def _values_by_town(release: Release) -> dict[str, pl.DataFrame]:
    parts = release.tables["small_town_values"].partition_by("ags", as_dict=True)
    return {str(ags): frame for (ags,), frame in parts.items()}


@cached
def values_of(release: Release, ags: str) -> pl.DataFrame:
    """All values of one town, in the columns of `indicator_values`; its key stands as `town_id`."""
    nothing = release.tables["small_town_values"].clear()
    rows = _values_by_town(release).get(ags, nothing).rename({"ags": "town_id"})
    return rows.with_columns(
        pl.lit(False).alias("is_synthetic"),
        pl.lit(None, pl.Float64).alias("interval_low"),
        pl.lit(None, pl.Float64).alias("interval_high"),
    ).sort("period_end")


@cached
def latest_of(release: Release, ags: str) -> pl.DataFrame:
    """The latest row of each indicator of one town, in the catalogue's order."""
    rows = values_of(release, ags)
    latest = rows.group_by("indicator_id", maintain_order=True).last()
    order = {one.indicator_id: place for place, one in enumerate(release.indicators("de"))}
    place = pl.col("indicator_id").replace_strict(order, default=len(order), return_dtype=pl.Int64)
    return latest.sort(place)


def beside(
    release: Release, rows: pl.DataFrame, ags: str, language: str, indicator_id: str, period: str | None
) -> pl.DataFrame:
    """`Release.values_by_town` with the added town as a further row, last; one of an earlier period names it."""
    about = town(release, ags) if ags else None
    if about is None:
        return rows
    own = values_of(release, ags).filter(pl.col("indicator_id") == indicator_id)
    found = own.filter(pl.col("period").eq(pl.lit(period, pl.String)))
    named = _naming(about, language)
    if found.is_empty():
        found = own.filter(pl.col("value").is_not_null() & (pl.col("period") < pl.lit(period, pl.String))).tail(1)
        if found.height:
            its_own = Numbers(language).period(found["period"][0])
            named |= {"name": f"{named['name']}, {its_own}", "note": f"{named['note']}, {its_own}"}
    row = found.row(0, named=True) if found.height else {"sign": NOT_DELIVERED, "period": period}
    return pl.concat([rows, _as_frame({**row, **named}, rows)], how="diagonal_relaxed")


def series_beside(release: Release, rows: pl.DataFrame, ags: str, language: str, indicator_id: str) -> pl.DataFrame:
    """`Release.series` with the added town's, broken where those of all towns are and where its territory changed."""
    about = town(release, ags) if ags else None
    if about is None:
        return rows
    own = values_of(release, ags).filter((pl.col("indicator_id") == indicator_id) & pl.col("value").is_not_null())
    breaks = release.breaks(indicator_id).filter(pl.col("town_id").is_null())["break_date"].to_list()
    ends = own["period_end"].to_list()
    broken = [place > 0 and any(ends[place - 1] < day <= end for day in breaks) for place, end in enumerate(ends)]
    named = own.with_columns(
        pl.col("is_break_before") | pl.Series(broken, dtype=pl.Boolean),
        *(pl.lit(value).alias(name) for name, value in _naming(about, language).items()),
    )
    return pl.concat(
        [rows, named.select(set(rows.columns) & set(named.columns) | {"name_in_chart"})], how="diagonal_relaxed"
    )


def _naming(about: Row, language: str) -> dict[str, Any]:
    return {
        "town_id": about["ags"],
        "ags": about["ags"],
        "name": full_name(about, language),
        "name_in_chart": about["name"],
        "note": about["district"] or about[f"land_{language}"],
        "land_de": about["land_de"],
        "land_en": about["land_en"],
        "slot": ADDED_SLOT,
        "is_synthetic": False,
    }


def _as_frame(row: Row, like: pl.DataFrame) -> pl.DataFrame:
    kinds = {name: like.schema.get(name, pl.String) for name in row if name in (*like.columns, "name_in_chart", "note")}
    return pl.DataFrame([{name: row[name] for name in kinds}], schema=kinds)


@cached
def band(release: Release, indicator_id: str, period: str | None, group: str, ags: str = "") -> dict[str, Any] | None:
    """The band of a group of GROUPS; of one that is another for each town, that of the town with this key."""
    if group == SIMILAR:
        return _band_of_similar(release, indicator_id, period, ags)
    return release.peer_band(indicator_id, period, _group_of(release, group, ags))


def _group_of(release: Release, group: str, ags: str) -> str:
    about = town(release, ags) or {}
    own = {LAND: f"land_{ags[:2]}", LOCATION: f"location_{about.get('location_key')}"}
    return own.get(group) or ALL_OF_A_GROUP[group]


def _band_of_similar(release: Release, indicator_id: str, period: str | None, ags: str) -> dict[str, Any] | None:
    names = similar(release, ags)["ags"]
    values = release.tables["small_town_values"].filter(
        pl.col("ags").is_in(names.implode())
        & (pl.col("indicator_id") == indicator_id)
        & pl.col("period").eq(pl.lit(period, pl.String))
    )["value"].drop_nulls()  # fmt: skip
    if values.is_empty():
        return None
    quantiles = {f"p{share}": values.quantile(share / 100, "linear") for share in QUANTILES}
    return {"peer_group": SIMILAR, "municipality_count": len(values), **quantiles}


def with_bands(release: Release, rows: pl.DataFrame, indicator_id: str, period: str | None, group: str) -> pl.DataFrame:
    """Rows of towns with the `band` of each one's own group, where the group is another for each town."""
    if group not in OWN:
        return rows
    bands = [band(release, indicator_id, period, group, ags) for ags in rows["ags"]]
    kept = [{name: one[name] for name in ("municipality_count", *_P)} if one else None for one in bands]
    kinds = {"municipality_count": pl.Int64, **dict.fromkeys(_P, pl.Float64)}
    return rows.with_columns(pl.Series("band", kept, dtype=pl.Struct(kinds)))


_P = tuple(f"p{share}" for share in QUANTILES)


@cached
def measured(release: Release) -> pl.DataFrame:
    """The small towns of which all measures of likeness are known, each with them; MEASURES say which."""
    values = release.tables["small_town_values"]
    shares = (
        values.filter((pl.col("indicator_id") == MEASURES["out_share"]) & pl.col("value").is_not_null())
        .sort("period_end")
        .group_by("ags")
        .agg(pl.col("value").last().alias("out_share"), pl.col("period").last().alias("share_period"))
    )
    density = pl.col("population") / pl.col("area_km2")
    towns = register(release).join(shares, on="ags").with_columns(density.alias("density"))
    return towns.drop_nulls(list(MEASURES)).filter((pl.col("population") > 0) & (pl.col("density") > 0))


@cached
def similar(release: Release, ags: str) -> pl.DataFrame:
    """The COUNT towns nearest to one by the mean of its distances in each of MEASURES, in standard deviations of all.

    In alphabetical order, with the measures, `away_…` for each distance and `away` for their mean; empty where a
    measure of the town itself is not known.
    """
    towns = measured(release)
    mine = towns.filter(pl.col("ags") == ags)
    apart = []
    for name in MEASURES:
        scaled = pl.col(name).log() if name in BY_RATIO else pl.col(name).cast(pl.Float64)
        spread = float(towns.select(scaled.std()).item() or 1.0) if towns.height else 1.0
        own = float(mine.select(scaled).item()) if mine.height else math.nan
        apart.append(((scaled - own).abs() / spread).alias(f"away_{name}"))
    others = towns.filter((pl.col("ags") != ags) & (mine.height > 0)).with_columns(apart)
    away = pl.mean_horizontal([f"away_{name}" for name in MEASURES]).alias("away")
    return others.with_columns(away).sort("away", "ags").head(COUNT).sort("key", "district", "ags")


@cached
def on_a_map(release: Release, indicator_id: str, period: str | None, group: str) -> pl.DataFrame:
    """The towns of a group with a value of an indicator in a period: the register's columns, `value` and the rest."""
    values = release.tables["small_town_values"].filter(
        (pl.col("indicator_id") == indicator_id) & pl.col("period").eq(pl.lit(period, pl.String))
    )
    size = pl.col("population").is_between(SMALLEST, BELOW, closed="left")
    members = {"groessere": pl.col("town_type_key") == 30, "kleinere": pl.col("town_type_key") == 40}
    return register(release).filter(members.get(group, size)).join(values, on="ags", maintain_order="left")
