"""Several indicators for all towns side by side: which are chosen, their pictures, a sentence for each town."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.article.subject_blocks import Sentences
from dashboard.charts import palette
from dashboard.parts import compare, subjects
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.words import survey_words
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import NOT_DELIVERED
from dashboard.words.sentences import Band, as_float, band_of

MOST = 12  # indicators of one selection
ACROSS, OWN = "", "eigene"


def by_theme(visit: Visit) -> dict[str, list[Indicator]]:
    """The indicators for which any town has a value of its own, by theme, in the catalogue's order."""
    values = visit.release.tables["indicator_values"].filter(
        (pl.col("value").is_not_null() | pl.col("interval_low").is_not_null())
        & pl.col("breakdown").is_in(["total", "space"])
    )
    known = set(values.get_column("indicator_id"))
    found: dict[str, list[Indicator]] = {}
    for one in visit.release.indicators(visit.language):
        if one.indicator_id in known and subjects.of(one.theme).is_compared(one.theme):
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


def sentences_of_towns(indicator: Indicator, visit: Visit) -> list[Sentences]:
    """Every town in the fixed order with a neutral sentence for each of its values, or why it has none."""
    say, subject = visit.say, subjects.of(indicator.theme)
    band = _band(indicator, visit)
    rows, reasons = list(subject.values(indicator, visit)), subject.missing(indicator, visit)
    found = []
    for town in visit.release.towns().iter_rows(named=True):
        mine = [row for row in rows if row["town_id"] == town["town_id"]]
        sentences = [_sentence(row, band, indicator, visit) for row in mine]
        sentences += reasons.get(town["town_id"], [] if mine else [say.group("benchmark_missing")[NOT_DELIVERED]])
        found.append(Sentences(town["town_id"], town["name"], palette.place(town["slot"]), sentences))
    for row in rows if visit.added else ():
        if row["town_id"] == visit.added:
            found.append(
                Sentences(
                    visit.added, row["name"], palette.place(row["slot"]), [_sentence(row, band, indicator, visit)]
                )
            )
    return found


def _band(indicator: Indicator, visit: Visit) -> Band:
    """The band of the chosen group; none where each town has one of its own, which its row holds."""
    if visit.group in small_towns.OWN:
        return None
    period = visit.release.latest_period(indicator.indicator_id)
    return small_towns.band(visit.release, indicator.indicator_id, period, visit.group)


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
    place = _place(row, band_of(row, band))
    text = (
        visit.of_group(say.group("benchmark_places")[place]).format(value=value)
        if place
        else say.benchmark_plain.format(value=value)
    )
    return say.benchmark_of.format(who=row["who"], text=text) if row["who"] else text


def _place(row: Mapping[str, Any], band: Band) -> str | None:
    """Where a value lies on the band; "unsure" where its interval reaches over an edge of the middle half."""
    people = row.get("population")
    sides = ("interval_low", "interval_high")
    ends = {charts.position(end, band, people) for side in sides if (end := as_float(row[side]))}
    place = charts.position_of(row, band)
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
        band = _band(one, visit)
        for row in subjects.of(one.theme).values(one, visit):
            text = _sentence(row, band, one, visit)
            rows.append([made(one, row, text) for made in columns.values()])
    return pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)
