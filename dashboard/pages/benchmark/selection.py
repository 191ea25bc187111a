"""Several indicators for all towns side by side: which are chosen, their pictures, a sentence for each town."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.pages.spaces import space_compare
from dashboard.pages.surveys import survey_compare
from dashboard.parts import compare
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import space_queries, survey_queries
from dashboard.release.store import STRUCTURE
from dashboard.words import survey_words
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import NOT_DELIVERED
from dashboard.words.sentences import Band, as_float

MOST = 12  # indicators of one selection
ACROSS, OWN = "", "eigene"
# How surveys were made is no measure of a town.
LEFT_OUT = ("survey_quality",)


@dataclass(frozen=True)
class Said:
    """What is said of one town: its name, the slot of its sign, its values, one sentence each."""

    town_id: str
    name: str
    slot: int
    sentences: list[str]


def by_theme(visit: Visit) -> dict[str, list[Indicator]]:
    """The indicators for which any town has a value of its own, by theme, in the catalogue's order."""
    values = visit.release.tables["indicator_values"].filter(
        (pl.col("value").is_not_null() | pl.col("interval_low").is_not_null())
        & pl.col("breakdown").is_in(["total", "space"])
    )
    known = set(values.get_column("indicator_id"))
    found: dict[str, list[Indicator]] = {}
    for one in visit.release.indicators(visit.language):
        if one.indicator_id in known and one.theme not in LEFT_OUT:
            found.setdefault(one.theme, []).append(one)
    return found


def chosen(choice: str, listed: str, visit: Visit) -> list[Indicator]:
    """The indicators of a choice: one of each theme (ACROSS), those of a theme, or those `listed` (OWN).

    `listed` are ids with commas between; unknown ones are left out, and never more than MOST are taken.
    """
    themes = by_theme(visit)
    if choice in themes:
        return themes[choice][:MOST]
    if choice == OWN and listed:
        known = {one.indicator_id: one for of_theme in themes.values() for one in of_theme}
        return [known[name] for name in dict.fromkeys(listed.split(",")) if name in known][:MOST]
    banded = {one.indicator_id for one in compare.with_band(visit)}
    firsts = [min(of_theme, key=lambda one: one.indicator_id not in banded) for of_theme in themes.values()]
    return firsts[:MOST]


def picture(indicator: Indicator, visit: Visit, highlighted: str | None = None) -> Picture:
    """The indicator's standard picture, as it stands on its own page."""
    if indicator.theme in STRUCTURE:
        return compare.standard_picture(indicator, visit, highlighted)
    if indicator.theme.startswith("survey_"):
        return survey_compare.picture(indicator, visit, "total", "", highlighted)
    if indicator.theme == space_queries.THEME:
        return space_compare.picture(indicator, visit)
    return compare.latest_picture(indicator, visit, highlighted)


def said(indicator: Indicator, visit: Visit) -> list[Said]:
    """Every town in the fixed order with a neutral sentence for each of its values, or why it has none."""
    say = visit.say
    band = visit.release.peer_band(indicator.indicator_id, visit.release.latest_period(indicator.indicator_id))
    rows = list(_rows(indicator, visit))
    reasons = _reasons(indicator, visit)
    found = []
    for town in visit.release.towns().iter_rows(named=True):
        mine = [row for row in rows if row["town_id"] == town["town_id"]]
        sentences = [_sentence(row, band, indicator, visit) for row in mine]
        sentences += reasons.get(town["town_id"], [] if mine else [say.group("benchmark_missing")[NOT_DELIVERED]])
        found.append(Said(town["town_id"], town["name"], town["slot"], sentences))
    return found


def remarks(indicator: Indicator, visit: Visit) -> list[str]:
    """What holds for all towns: that there is no band, and which values cannot be told apart."""
    if indicator.theme.startswith("survey_"):
        pairs = survey_queries.differences(visit.release, indicator.indicator_id, "total", None)
        values = survey_queries.values(visit.release, indicator.indicator_id)
        return [visit.say.benchmark_no_band, *survey_words.pair_words(pairs, values, visit.language)]
    period = visit.release.latest_period(indicator.indicator_id)
    return [] if visit.release.peer_band(indicator.indicator_id, period) else [visit.say.benchmark_no_band]


def _rows(indicator: Indicator, visit: Visit) -> Iterator[dict[str, Any]]:
    """The values that the picture shows, each with `who`: the survey, space or period that it is of."""
    release, name = visit.release, indicator.indicator_id
    if indicator.theme in STRUCTURE:
        for row in release.values_by_town(name).iter_rows(named=True):
            yield {**row, "who": ""}
    elif indicator.theme.startswith("survey_"):
        values = survey_queries.values(release, name)
        called = survey_words.called(values, visit.language)
        for row in values.iter_rows(named=True):
            yield {**row, "who": called[row["survey_id"]][1]}
    elif indicator.theme == space_queries.THEME:
        for row in space_queries.values(release, name).iter_rows(named=True):
            yield {**row, "who": row[f"name_{visit.language}"]}
    else:
        for row in release.latest_of_towns(name).iter_rows(named=True):
            yield {**row, "who": "" if row["sign"] == NOT_DELIVERED else visit.numbers.period(row["period"])}


def _reasons(indicator: Indicator, visit: Visit) -> dict[str, list[str]]:
    """Why towns have no value, for surveys and spaces; elsewhere the row's sign says it."""
    say, found = visit.say, dict[str, list[str]]()
    if indicator.theme.startswith("survey_"):
        notes = survey_words.called(survey_queries.surveys(visit.release), visit.language)
        words = say.group("survey_reasons")
        for row in survey_queries.not_asked(visit.release, indicator.indicator_id).iter_rows(named=True):
            who = f"{notes[row['survey_id']][1]}: " if row["survey_id"] else ""
            reason = words[row["reason"]]
            found.setdefault(row["town_id"], []).append(
                f"{who}{reason}." if who else f"{reason[0].upper()}{reason[1:]}."
            )
    elif indicator.theme == space_queries.THEME:
        missing = space_queries.without_space(visit.release)
        towns = visit.release.towns().filter(pl.col("name").is_in(missing))
        found |= {town_id: [say.benchmark_no_space] for town_id in towns["town_id"]}
    return found


def _sentence(row: Mapping[str, Any], band: Band, indicator: Indicator, visit: Visit) -> str:
    say, numbers = visit.say, visit.numbers
    if row["value"] is None and row["interval_low"] is not None:
        text = say.benchmark_range.format(range=charts.label(row, indicator, numbers, whole_unit=True))
        return say.benchmark_of.format(who=row["who"], text=text) if row["who"] else text
    if row["value"] is None:
        text = say.group("benchmark_missing").get(str(row["sign"]), say.group("benchmark_missing")["."])
        return say.benchmark_of.format(who=row["who"], text=text) if row["who"] else text
    value = charts.label(row, indicator, numbers, whole_unit=True)
    between = survey_words.between(row, indicator.unit, visit.language)
    if between and row["interval_low"] != row["interval_high"]:
        value = say.benchmark_between.format(value=value, between=between)
    if row.get("base_n") is not None:
        value = say.benchmark_base.format(value=value, count=numbers.decimal(row["base_n"]))
    place = _place(row, band)
    text = (
        say.group("benchmark_places")[place].format(value=value) if place else say.benchmark_plain.format(value=value)
    )
    return say.benchmark_of.format(who=row["who"], text=text) if row["who"] else text


def _place(row: Mapping[str, Any], band: Band) -> str | None:
    """Where a value lies on the band; "unsure" where its interval reaches over an edge of the middle half."""
    ends = {charts.position(end, band) for side in ("interval_low", "interval_high") if (end := as_float(row[side]))}
    place = charts.position(row["value"], band)
    return "unsure" if place and ends - {None, place} else place


def table(indicators: list[Indicator], visit: Visit) -> pl.DataFrame:
    """All values of a selection as one long table with a sentence each, for the files."""
    say = visit.say
    columns: dict[str, Callable[[Indicator, Mapping[str, Any], str], object]] = {
        say.column_indicator: lambda one, row, text: one.title,
        say.column_town: lambda one, row, text: row["name"],
        say.column_of: lambda one, row, text: row["who"],
        say.column_period: lambda one, row, text: row["period"],
        say.column_value: lambda one, row, text: row["value"],
        say.column_unit: lambda one, row, text: one.unit,
        say.column_sign: lambda one, row, text: "" if row["sign"] == NOT_DELIVERED else row["sign"],
        f"{say.column_between} ({say.gap_column_low})": lambda one, row, text: row["interval_low"],
        f"{say.column_between} ({say.gap_column_high})": lambda one, row, text: row["interval_high"],
        say.column_in_words: lambda one, row, text: text,
        say.column_source: lambda one, row, text: row["source_text"],
        say.column_licence: lambda one, row, text: row["licence"],
        say.sample_tag: lambda one, row, text: say.sample_in_file if row["is_synthetic"] else "",
    }
    rows = []
    for one in indicators:
        band = visit.release.peer_band(one.indicator_id, visit.release.latest_period(one.indicator_id))
        for row in _rows(one, visit):
            text = _sentence(row, band, one, visit)
            rows.append([made(one, row, text) for made in columns.values()])
    return pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)
