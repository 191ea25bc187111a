"""One survey in itself, in words: a question's headline by its scale, how it was asked and of how many."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.pages.surveys import survey_numbers
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.words import survey_words

Row = Mapping[str, Any]


def bars_title(title: str, counts: pl.DataFrame, visit: Visit) -> str:
    """The most frequent answer with its share; the mere title where a hidden one might be more frequent."""
    known = counts.filter(pl.col("share").is_not_null())
    rest = 100 - float(known.get_column("share").sum())
    most = known.sort("share", descending=True, maintain_order=True).head(1)
    is_marks = float(known.get_column("share").sum()) > 100
    is_sure = known.height == counts.height or (not is_marks and most.height and rest < most["share"][0])
    if most.is_empty() or not is_sure:
        return title
    row = most.row(0, named=True)
    figure = survey_words.percent(row["share"], row["base_n"], visit.numbers)
    return visit.say.single_finding.format(title=title, answer=row[f"answer_label_{visit.language}"], share=figure)


def likert_title(title: str, counts: pl.DataFrame, visit: Visit) -> str:
    """The two best answers together; of a grid from the lowest row to the highest, where all are published."""
    say, language = visit.say, visit.language
    first, second = charts.scale_of(counts, language)[:2]
    best = counts.sort("answer_order").group_by("item", maintain_order=True).head(2)
    top = best.group_by("item", maintain_order=True).agg(
        pl.col("share").sum(),
        pl.col("share").null_count().alias("hidden"),
        pl.first("base_n", f"item_label_{language}"),
    )
    top = top.filter(pl.col("hidden") == 0).sort("share", maintain_order=True)
    if top.is_empty():
        return title

    def figure(row: Row) -> str:
        return survey_words.percent(row["share"], row["base_n"], visit.numbers)

    low, high = top.row(0, named=True), top.row(-1, named=True)
    if top.height == 1:
        return say.single_finding_scale.format(title=title, top=figure(low), first=first, second=second)
    return say.single_finding_scale_many.format(
        title=title,
        low=figure(low),
        low_item=low[f"item_label_{language}"],
        high=figure(high),
        high_item=high[f"item_label_{language}"],
        first=first,
        second=second,
    )


def median_title(title: str, numbers: pl.DataFrame, visit: Visit) -> str:
    """The median of what was stated; empty where there is none."""
    found = numbers.filter((pl.col("statistic") == "median") & pl.col("value").is_not_null())
    if found.is_empty():
        return ""
    row = found.row(0, named=True)
    unit = survey_numbers.unit_words(row["unit"], visit)
    value = visit.numbers.published(
        row["value"], row["sign"] or "", unit, survey_numbers.decimals(row["value"]), whole_unit=True
    )
    return visit.say.single_finding_median.format(title=title, median=value if " " in value else f"{value} {unit}")


def base(counts: pl.DataFrame, visit: Visit) -> str:
    """Of how many the answers are; empty where that is hidden."""
    most = queries.largest(counts, "base_n")
    return visit.say.single_base.format(count=visit.numbers.decimal(most)) if most else ""


def subtitle(question: Row, counts: pl.DataFrame, visit: Visit, numbers: pl.DataFrame | None) -> str:
    """How it was asked in the dictionary's words, how many answered of how many, and the quartiles."""
    say = visit.say
    asked = queries.words(visit.release, question["concept"], "question", visit.language)
    parts_of_line = [say.asked_as.format(question=asked)]
    if question["asked"] is not None and question["answered"] is not None:
        figures = {name: visit.numbers.decimal(question[name]) for name in ("answered", "asked")}
        parts_of_line.append(say.single_asked.format(**figures))
    else:
        parts_of_line.append(base(counts, visit))
    if numbers is not None:
        parts_of_line.append(survey_numbers.quartiles(numbers, visit))
    return " · ".join(part for part in parts_of_line if part)
