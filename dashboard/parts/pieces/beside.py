"""What a picture says of the town that was added and of whom each town is set against."""

import polars as pl

from dashboard.parts.visit import Visit
from dashboard.release import small_towns


def noted(values: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """Rows of towns with a line under each name: the size of its own group of peers, the added town's Kreis."""
    if "band" not in values.columns:
        return values
    own = [_count(row, visit) for row in values.iter_rows(named=True)]
    return values.with_columns(pl.Series("note", own, dtype=pl.String))


def _count(row: dict[str, object], visit: Visit) -> str:
    band = row["band"]
    if not isinstance(band, dict) or band["municipality_count"] is None:
        return visit.say.group_none
    words = {small_towns.LAND: row[f"land_{visit.language}"], small_towns.LOCATION: _location(row, visit)}
    count = visit.numbers.decimal(band["municipality_count"])
    return visit.say.group("group_counts")[visit.group].format(count=count, which=words.get(visit.group, ""))


def _location(row: dict[str, object], visit: Visit) -> str:
    about = small_towns.town(visit.release, str(row["ags"]))
    return visit.say.group("locations").get(str(about["location_key"]), "") if about else ""


def counts(values: pl.DataFrame, visit: Visit) -> str:
    """A sentence with the size of each town's own group; empty where all have one."""
    if "band" not in values.columns:
        return ""
    own = [f"{row['name']}: {_count(row, visit)}" for row in values.iter_rows(named=True)]
    return " " + visit.say.group_own.format(rows="; ".join(own))


def notes(values: pl.DataFrame, visit: Visit) -> list[str]:
    """Lines beneath a picture: which town was added, and the sizes of the groups."""
    names = visit.town_names()
    added = visit.say.added_note.format(town=names[visit.added], key=visit.added) if visit.added else ""
    return [counts(values, visit).strip(), added]


def on_map(visit: Visit) -> pl.DataFrame:
    """The network's towns and the added one, as a map names them."""
    towns, about = visit.release.towns(), small_towns.town(visit.release, visit.added)
    if about is None:
        return towns
    more = {"town_id": about["ags"], "name": small_towns.full_name(about, visit.language)}
    more |= {"name_in_chart": about["name"], "slot": small_towns.ADDED_SLOT}
    kinds = {name: towns.schema.get(name, pl.String) for name in (*about, *more) if name in (*towns.columns, *more)}
    return pl.concat([towns, pl.DataFrame([{**about, **more}], schema=kinds)], how="diagonal")
