"""One survey indicator across the surveys that asked it, made ready for a page: picture, words and tables."""

from collections.abc import Iterator

import polars as pl

from dashboard import charts
from dashboard.article.blocks import Block, Column, Heading, Notes, Paragraph, Table
from dashboard.pages.surveys import survey_demand
from dashboard.parts import compare
from dashboard.parts.picture import Picture, marks
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.release.release_cache import cached
from dashboard.release.share_differences import differences
from dashboard.words import survey_words
from dashboard.words.indicator import Indicator

KIND = "befragt"  # the files' folder in their address
APART = "~"  # between the parts of a picture's name


@cached
def picture(indicator: Indicator, visit: Visit, breakdown: str, code: str, highlighted: str | None = None) -> Picture:
    """The surveys side by side: all respondents, one answer or row (`code`), or the groups of a breakdown.

    A question for prices is drawn as a demand curve whatever is asked for.
    """
    if breakdown == "price":
        concept = queries.concept_of(visit.release, indicator.indicator_id)
        return survey_demand.picture(concept, visit, f"{indicator.indicator_id}{APART}price", KIND, indicator=indicator)
    values = shown_values(indicator, visit, breakdown, code)
    about = "" if breakdown == "total" or breakdown not in queries.OWN else _label(values, visit)
    language = visit.language
    return Picture(
        kind=KIND,
        name=APART.join(part for part in (indicator.indicator_id, breakdown, code) if part),
        chart=charts.survey_dots(values, indicator, language, visit.theme, highlighted),
        title=_title(values, indicator, visit, breakdown, about),
        subtitle=charts.subtitle(indicator, None, language),
        alt=survey_words.describe_values(values, indicator, language, about),
        foot=_foot(values, indicator, visit),
        numbers=_numbers(values, indicator, visit),
        indicator_id=indicator.indicator_id,
        **marks(values),
    )


def shown_values(indicator: Indicator, visit: Visit, breakdown: str, code: str) -> pl.DataFrame:
    """The rows of the picture: of a breakdown each survey's total, then its groups (column `group`)."""
    release, indicator_id = visit.release, indicator.indicator_id
    values = queries.values(release, indicator_id, breakdown)
    if breakdown not in queries.OWN:
        totals = queries.values(release, indicator_id).with_columns(group=pl.lit(None, pl.String))
        groups = values.with_columns(group=pl.col(f"label_{visit.language}"))
        return pl.concat([totals, groups]).sort("place", "code_order", nulls_last=False, maintain_order=True)
    if breakdown in ("item", "answer"):
        return values.filter(pl.col("code") == code)
    if indicator.value_kind == "median":
        return values.join(queries.quartiles(release, indicator_id), on="survey_id", how="left", maintain_order="left")
    return values


def codes(indicator: Indicator, visit: Visit, breakdown: str) -> dict[str, str]:
    """The answers or rows of an indicator with their words, in the dictionary's order, that any survey offers."""
    values = queries.values(visit.release, indicator.indicator_id, breakdown)
    # An answer that no survey offered has nobody in it anywhere.
    given = values.filter(pl.col("value").is_null() | (pl.col("value") > 0))
    ordered = given.sort("code_order", "code", nulls_last=True).unique("code", keep="first", maintain_order=True)
    return {row["code"]: row[f"label_{visit.language}"] or row["code"] for row in ordered.iter_rows(named=True)}


def say_more(indicator: Indicator, visit: Visit, breakdown: str, code: str) -> Iterator[Block]:
    """Beneath the picture: what cannot be told apart, who was not asked, and how unsure each value is."""
    values = shown_values(indicator, visit, breakdown, code)
    lines: list[str] = []
    if breakdown in ("total", "item", "answer"):
        pairs = differences(visit.release, indicator.indicator_id, breakdown, code or None)
        lines += survey_words.pair_words(pairs, values, visit.language)
    missing = missing_words(indicator, visit)
    for line in (*lines, missing):
        if line:
            yield Paragraph(line)
    if breakdown in ("total", "item", "answer"):
        yield Notes(survey_words.spread_words(values, indicator, visit.language))


def missing_words(indicator: Indicator, visit: Visit) -> str:
    """Which towns or surveys have no value, and why: "Dießen: nicht gefragt · Mölln: keine Befragung"."""
    say, rows = visit.say, queries.not_asked(visit.release, indicator.indicator_id)
    notes = survey_words.called(queries.surveys(visit.release), visit.language)
    sentences = []
    for row in rows.iter_rows(named=True):
        who = row["name"] if row["survey_id"] is None else notes[row["survey_id"]][0]
        sentences.append(say.survey_reason.format(who=who, reason=say.group("survey_reasons")[row["reason"]]))
    return " · ".join(sentences)


def show_tables(indicator: Indicator, visit: Visit, breakdown: str, code: str) -> Iterator[Block]:
    """The numbers of the picture, and of a question with several answers all of them at a glance."""
    say = visit.say
    yield Heading(say.the_numbers)
    if breakdown == "price":
        concept = queries.concept_of(visit.release, indicator.indicator_id)
        yield from survey_demand.show_table(concept, visit, indicator.title)
        return
    values = shown_values(indicator, visit, breakdown, code)
    columns, rows = _table(values, indicator, visit)
    about = _label(values, visit) if breakdown in ("item", "answer") else ""
    caption = say.finding_of.format(short=indicator.title, about=about) if about else indicator.title
    yield Table(caption, *compare.without_empty(columns, rows))
    if breakdown in ("item", "answer"):
        yield from _all_answers(indicator, visit, breakdown)


def _title(values: pl.DataFrame, indicator: Indicator, visit: Visit, breakdown: str, about: str) -> str:
    if breakdown in queries.OWN:
        return survey_words.finding(values, indicator, visit.language, about)
    words = queries.words(visit.release, breakdown, "concept", visit.language)
    return survey_words.group_finding(values, indicator, visit.language, words)


def _label(values: pl.DataFrame, visit: Visit) -> str:
    if values.is_empty():
        return ""
    row = values.row(0, named=True)
    return str(row[f"label_{visit.language}"] or row["code"] or "")


def _foot(values: pl.DataFrame, indicator: Indicator, visit: Visit) -> list[str]:
    say = visit.say
    sources = "; ".join(dict.fromkeys(values.get_column("source_text").drop_nulls()))
    return [
        say.survey_middle_key if "p25" in values.columns else "",
        say.survey_interval_key if values.get_column("interval_low").is_not_null().any() else "",
        say.survey_multiple if _is_multiple(indicator, visit) else "",
        say.survey_signs_note if (values.get_column("sign").fill_null("") != "").any() else "",
        say.foot_caveat.format(caveat=indicator.caveat) if indicator.caveat else "",
        say.survey_source.format(source=sources) if sources else "",
    ]


def _is_multiple(indicator: Indicator, visit: Visit) -> bool:
    """Whether respondents could mark several answers."""
    concept = queries.concept_of(visit.release, indicator.indicator_id)
    return "multiple" in visit.release.tables["survey_questions"].filter(pl.col("concept") == concept)["scale"]


def _table(values: pl.DataFrame, indicator: Indicator, visit: Visit) -> tuple[list[Column], list[list[str]]]:
    say, numbers = visit.say, visit.numbers
    names = survey_words.called(values, visit.language)
    columns = [Column(say.column_survey), Column(say.column_group), Column(say.column_value, True)]
    columns += [Column(say.column_between, True), Column(say.column_numerator, True)]
    columns += [Column(say.column_base, True), Column(say.column_period)]
    rows = []
    for row in values.iter_rows(named=True):
        rows.append(
            [
                names[row["survey_id"]][0],
                str(row.get("group") or (say.breakdown_none if "group" in row else "")),
                charts.label(row, indicator, numbers, whole_unit=True),
                survey_words.between(row, indicator.unit, visit.language),
                numbers.count(row["numerator"]),
                numbers.count(row["base_n"]),
                numbers.period(row["period"]),
            ]
        )
    return columns, rows


def _all_answers(indicator: Indicator, visit: Visit, breakdown: str) -> Iterator[Block]:
    values = queries.values(visit.release, indicator.indicator_id, breakdown)
    names = survey_words.called(values, visit.language)
    by_cell = {(row["code"], row["survey_id"]): row for row in values.iter_rows(named=True)}
    columns = [Column(visit.say.column_answer), *(Column(names[one][0], True) for one in names)]
    rows = [
        [words]
        + [
            charts.label(by_cell[code, one], indicator, visit.numbers) if (code, one) in by_cell else ""
            for one in names
        ]
        for code, words in codes(indicator, visit, breakdown).items()
    ]
    yield Table(visit.say.all_answers, columns, rows)


def _numbers(values: pl.DataFrame, indicator: Indicator, visit: Visit) -> pl.DataFrame:
    """The numbers behind the picture for the table files; numbers stay numbers."""
    say, names = visit.say, survey_words.called(values, visit.language)
    group = pl.col("group") if "group" in values.columns else pl.lit(None, pl.String)
    answer = pl.col(f"label_{visit.language}") if "group" not in values.columns else pl.lit(None, pl.String)
    table = values.select(
        pl.col("survey_id").replace_strict({one: name for one, (name, _) in names.items()}).alias(say.column_survey),
        pl.col("period").alias(say.column_period),
        group.alias(say.column_group),
        answer.alias(say.column_answer),
        pl.col("value").alias(say.column_value),
        pl.lit(indicator.unit).alias(say.column_unit),
        pl.col("sign").alias(say.column_sign),
        *compare.interval(say.column_between, visit),
        pl.col("numerator").alias(say.column_numerator),
        pl.col("base_n").alias(say.column_base),
        pl.lit(indicator.title).alias(say.column_indicator),
        pl.col("source_text").alias(say.column_source),
        pl.col("licence").alias(say.column_licence),
    )
    return table[[one.name for one in table if one.null_count() < table.height]]
