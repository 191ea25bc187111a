"""The numbers of one question of one survey: counts, quantiles, and both as tables."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard.article.blocks import Column, Table
from dashboard.pages.surveys import survey_demand
from dashboard.parts import compare
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.words import survey_words

Row = Mapping[str, Any]


def counts(survey_id: str, question: Row, visit: Visit) -> pl.DataFrame:
    """The distribution of a question, of a number in the classes it was asked or is published in."""
    rows = queries.counts(visit.release, survey_id, question["concept"])
    if rows.is_empty() and question["scale"] == "number":
        rows = queries.counts(visit.release, survey_id, question["concept"] + queries.CLASSES)
    return rows


def unit_words(code: str | None, visit: Visit) -> str:
    """A concept's unit in the reader's language."""
    return visit.say.group("units").get(code or "", code or "")


def decimals(value: float) -> int:
    """How many decimals a stated number needs."""
    return 0 if float(value).is_integer() else 1


def quartiles(numbers: pl.DataFrame, visit: Visit) -> str:
    """Between which two numbers the middle half of the answers lies; empty where that is hidden."""
    known = {row["statistic"]: row for row in numbers.iter_rows(named=True) if row["value"] is not None}
    if not {"p25", "p75"} <= set(known):
        return ""

    def text_of(name: str) -> str:
        value = known[name]["value"]
        return visit.numbers.measured(value, unit_words(known[name]["unit"], visit), decimals(value))

    low = known["p25"]["value"]
    return visit.say.single_quartiles.format(low=visit.numbers.decimal(low, decimals(low)), high=text_of("p75"))


def statistics(numbers: pl.DataFrame, visit: Visit) -> str:
    """Median and quantiles as one list, for a text alternative."""
    words = visit.say.group("statistics")
    amounts = []
    for row in numbers.iter_rows(named=True):
        value = "." if row["value"] is None else visit.numbers.decimal(row["value"], decimals(row["value"]))
        amounts.append(f"{words.get(row['statistic'], row['statistic'])} {value} {unit_words(row['unit'], visit)}")
    return "; ".join(amounts)


def of_counts(counts: pl.DataFrame, visit: Visit) -> pl.DataFrame:
    """The counts for the table files; numbers stay numbers, columns without any value go."""
    say, language = visit.say, visit.language
    table = counts.select(
        pl.col(f"item_label_{language}").alias(say.choose_item),
        pl.col(f"answer_label_{language}").alias(say.column_answer),
        pl.col("count").alias(say.column_count),
        pl.col("base_n").alias(say.column_base),
        pl.col("share").alias(f"{say.column_share} (%)"),
        *compare.interval(say.column_between, visit),
        pl.col("weighted_share").alias(f"{say.column_share} {say.column_weighted} (%)"),
        pl.col("sign").alias(say.column_sign),
    )
    return table[[one.name for one in table if one.null_count() < table.height]]


def show_table(survey: Row, question: Row, visit: Visit) -> Iterator[Table]:
    """The numbers of one question as a table, or that they are hidden."""
    say, numbers, language = visit.say, visit.numbers, visit.language
    title = queries.words(visit.release, question["concept"], "concept", language)
    if queries.demand(visit.release, question["concept"], survey["survey_id"]).height:
        yield from survey_demand.show_table(question["concept"], visit, title, survey["survey_id"])
        return
    columns = [Column(say.choose_item), Column(say.column_answer), Column(say.column_share, True)]
    columns += [Column(say.column_between, True), Column(f"{say.column_share} {say.column_weighted}", True)]
    columns += [Column(say.column_count, True), Column(say.column_base, True)]
    rows = []
    for row in counts(survey["survey_id"], question, visit).iter_rows(named=True):
        is_hidden = row["share"] is None
        figure = row["sign"] or "." if is_hidden else survey_words.percent(row["share"], row["base_n"], numbers)
        weighted = row["weighted_share"]
        rows.append(
            [
                row[f"item_label_{language}"] or "",
                row[f"answer_label_{language}"] or row["answer"],
                figure if is_hidden else numbers.signed_text(figure, row["sign"]),
                survey_words.between(row, "%", language),
                "" if weighted is None else survey_words.percent(weighted, row["base_n"], numbers),
                numbers.count(row["count"]),
                numbers.count(row["base_n"]),
            ]
        )  # fmt: skip
    if rows:
        yield Table(title, *compare.without_empty(columns, rows))
    yield from _statistics_table(survey, question, visit, title)


def _statistics_table(survey: Row, question: Row, visit: Visit, title: str) -> Iterator[Table]:
    say, words = visit.say, visit.say.group("statistics")
    numbers = queries.numbers_of(visit.release, survey["survey_id"], question["concept"])
    rows = []
    for row in numbers.iter_rows(named=True):
        unit = unit_words(row["unit"], visit)
        value = visit.numbers.published(row["value"], row["sign"] or "", unit, decimals(row["value"] or 0), True)
        count = visit.numbers.count(row["base_n"])
        rows.append([words.get(row["statistic"], row["statistic"]), value, count])
    if rows:
        yield Table(
            title, [Column(say.column_statistic), Column(say.column_value, True), Column(say.column_base, True)], rows
        )
