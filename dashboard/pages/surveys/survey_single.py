"""One survey in itself: each of its questions by its scale, made ready for a page."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.pages.surveys import question_words as single_words
from dashboard.pages.surveys import survey_compare, survey_demand, survey_numbers
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.release.release_cache import cached
from dashboard.words import survey_words
from dashboard.words.indicator import Indicator

KIND = "frage"  # the files' folder in their address
# How many answers a question may have before those that nobody gave go into a line of their own.
FEW_ANSWERS = 6

Row = Mapping[str, Any]


def themes(survey_id: str, visit: Visit) -> dict[str, list[Row]]:
    """The questions of a survey by theme, in the dictionary's order; themes as `survey_themes` names them."""
    found: dict[str, list[Row]] = {}
    for row in queries.questions(visit.release, survey_id).iter_rows(named=True):
        found.setdefault(theme_of(row["position"], visit), []).append(row)
    return found


def theme_of(position: int, visit: Visit) -> str:
    """The theme of a question by its place: the dictionary counts a thousand to each theme."""
    order = list(visit.say.group("survey_themes"))
    return order[min(position // 1000, len(order)) - 1]


def head(survey: Row, visit: Visit) -> str:
    """A survey's line beneath its title: who was asked, when, how many, with which tool."""
    say, numbers = visit.say, visit.numbers
    period = "" if survey["period_from"] is None else numbers.period(f"{survey['period_from']}/{survey['period_to']}")
    return say.single_head.format(
        population=say.group("populations").get(survey["population"], survey["population"]),
        period=period,
        completed=numbers.decimal(survey["completed"]),
        tool=survey["tool"] or say.unknown_tool,
    )


@cached
def picture(survey: Row, question: Row, visit: Visit) -> Picture | None:
    """A question by its scale: bars, bars around the middle, a demand curve or quartiles; nothing where hidden."""
    release, survey_id, concept = visit.release, survey["survey_id"], question["concept"]
    name = f"{survey_id}{survey_compare.APART}{concept}"
    if queries.demand(release, concept, survey_id).height:
        return survey_demand.picture(concept, visit, name, KIND, survey_id)
    counts = survey_numbers.counts(survey_id, question, visit)
    if counts.get_column("base_n").is_not_null().any():
        if question["scale"] == "scale":
            return _likert(survey, question, counts, name, visit)
        return _bars(survey, question, counts, name, visit)
    if question["scale"] == "number":
        return _median(survey, question, name, visit)
    return None


def _bars(survey: Row, question: Row, counts: pl.DataFrame, name: str, visit: Visit) -> Picture:
    say, language = visit.say, visit.language
    title = queries.words(visit.release, question["concept"], "concept", language)
    shown, unnamed = _without_unnamed(counts, language)
    is_multiple = question["scale"] == "multiple"
    numbers = queries.numbers_of(visit.release, survey["survey_id"], question["concept"])
    return Picture(
        kind=KIND,
        name=name,
        chart=charts.answer_bars(shown, survey["slot"], language, visit.theme),
        title=single_words.median_title(title, numbers, visit) or single_words.bars_title(title, shown, visit),
        subtitle=single_words.subtitle(question, counts, visit, numbers),
        alt=say.alt_single.format(
            title=title, base=single_words.base(counts, visit), answers=survey_words.counts_words(shown, language)
        ),
        foot=[
            say.survey_multiple if is_multiple else "",
            say.single_unnamed.format(answers=", ".join(unnamed)) if unnamed else "",
            say.survey_bar_key if shown.get_column("interval_low").is_not_null().any() else "",
            say.single_weighted_key if shown.get_column("weighted_share").is_not_null().any() else "",
            say.survey_signs_note if (counts.get_column("sign").fill_null("") != "").any() else "",
            say.survey_source.format(source=survey["title"]),
        ],
        numbers=survey_numbers.of_counts(counts, visit),
        is_synthetic=bool(survey["is_synthetic"]),
        indicator_id=queries.indicator_of(visit.release, question["concept"]),
        has_gaps=counts.get_column("share").is_null().any(),
        has_intervals=shown.get_column("interval_low").is_not_null().any(),
    )


def _without_unnamed(counts: pl.DataFrame, language: str) -> tuple[pl.DataFrame, list[str]]:
    """The answers to draw, and of a long list those that nobody gave, by name."""
    is_unnamed = (pl.col("count") == 0).fill_null(False)
    if counts.height <= FEW_ANSWERS or counts.filter(~is_unnamed).is_empty():
        return counts, []
    unnamed = counts.filter(is_unnamed).get_column(f"answer_label_{language}").to_list()
    return counts.filter(~is_unnamed), unnamed


def _likert(survey: Row, question: Row, counts: pl.DataFrame, name: str, visit: Visit) -> Picture:
    say, language = visit.say, visit.language
    title = queries.words(visit.release, question["concept"], "concept", language)
    known = counts.filter(pl.col("base_n").is_not_null())
    rows = [
        (str(row.get_column(f"item_label_{language}")[0] or say.answers_all), survey_words.counts_words(row, language))
        for _, row in known.group_by(["item"], maintain_order=True)
    ]
    return Picture(
        kind=KIND,
        name=name,
        chart=charts.likert(known, language, visit.theme),
        title=single_words.likert_title(title, known, visit),
        subtitle=single_words.subtitle(question, counts, visit, None),
        alt=say.alt_likert.format(title=title, rows=survey_words.listed_rows(rows)),
        foot=[
            say.single_likert_key,
            say.survey_signs_note if (counts.get_column("sign").fill_null("") != "").any() else "",
            say.survey_source.format(source=survey["title"]),
        ],
        numbers=survey_numbers.of_counts(counts, visit),
        is_synthetic=bool(survey["is_synthetic"]),
        indicator_id=queries.indicator_of(visit.release, question["concept"]),
        has_gaps=counts.get_column("share").is_null().any(),
    )


def _median(survey: Row, question: Row, name: str, visit: Visit) -> Picture | None:
    """A question for numbers without classes: its median on the middle half of what was stated."""
    say, language = visit.say, visit.language
    numbers = queries.numbers_of(visit.release, survey["survey_id"], question["concept"])
    by_name = {row["statistic"]: row for row in numbers.iter_rows(named=True)}
    if "median" not in by_name or by_name["median"]["value"] is None:
        return None
    title = queries.words(visit.release, question["concept"], "concept", language)
    values = pl.DataFrame([_one_row(survey, by_name)], infer_schema_length=None)
    indicator = _as_indicator(title, survey_numbers.unit_words(by_name["median"]["unit"], visit))
    return Picture(
        kind=KIND,
        name=name,
        chart=charts.survey_dots(values, indicator, language, visit.theme),
        title=single_words.median_title(title, numbers, visit),
        subtitle=single_words.subtitle(question, values, visit, numbers),
        alt=say.alt_median.format(title=title, rows=survey_numbers.statistics(numbers, visit)),
        foot=[say.survey_middle_key, say.survey_source.format(source=survey["title"])],
        numbers=numbers.select(
            pl.col("statistic").replace(dict(say.group("statistics"))).alias(say.column_statistic),
            pl.col("value").alias(say.column_value),
            pl.col("base_n").alias(say.column_base),
            pl.col("sign").alias(say.column_sign),
        ),
        is_synthetic=bool(survey["is_synthetic"]),
        indicator_id=queries.indicator_of(visit.release, question["concept"]),
        has_gaps=values.get_column("value").is_null().any(),
    )


def _as_indicator(title: str, unit: str) -> Indicator:
    """A question that is no indicator, in the shape that the standard picture takes."""
    words = dict.fromkeys(("theme", "description", "formula", "method", "caveat", "base", "source"), "")
    return Indicator(
        indicator_id="", title=title, short=title, unit=unit, decimals=1, value_kind="median", licence="", dbt_model="",
        **words,
    )  # fmt: skip


def _one_row(survey: Row, by_name: Mapping[str, Row]) -> dict[str, Any]:
    median = by_name["median"]
    return {
        **{name: survey[name] for name in ("survey_id", "town_id", "name", "slot", "population", "period_from")},
        "code": "",
        "value": median["value"],
        "sign": median["sign"],
        "base_n": median["base_n"],
        "interval_low": None,
        "interval_high": None,
        **{name: by_name[name]["value"] if name in by_name else None for name in ("p25", "p75")},
    }
