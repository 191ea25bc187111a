"""What stands behind an indicator's passport: its values, the deliveries, the checks and the report's statements."""

from collections.abc import Iterator

import polars as pl

from dashboard import charts
from dashboard.article.blocks import Block, Column, Empty, Heading, Notes, Notice, Paragraph, Table, way
from dashboard.parts import compare, subjects
from dashboard.parts.picture import is_sample
from dashboard.parts.pieces import delivery_files
from dashboard.parts.visit import Visit
from dashboard.words import survey_words
from dashboard.words.indicator import Indicator

SURVEY = "survey"


def show_values(indicator: Indicator, visit: Visit) -> Iterator[Block]:
    """Every published value of all respondents, towns or spaces, latest first; a sentence where there is none."""
    say, numbers = visit.say, visit.numbers
    mine = visit.release.tables["indicator_values"].filter(
        (pl.col("indicator_id") == indicator.indicator_id)
        & pl.col("breakdown").is_in(["total", "space", SURVEY])
        & (pl.col("value").is_not_null() | pl.col("sources").is_not_null())
    )
    rows = []
    for row in (
        visit.release.with_towns(mine).sort("period_end", "place", descending=[True, False]).iter_rows(named=True)
    ):
        value = charts.label(row, indicator, numbers, whole_unit=True)
        interval = survey_words.between(row, indicator.unit, visit.language)
        base = numbers.count(row["base_n"])
        rows.append([row["name"], numbers.period(row["period"]), value, interval, base, row["source_text"] or ""])
    if not rows:
        yield Empty(say.passport_no_values)
        return
    columns = [Column(say.column_town), Column(say.column_period, is_whole=True), Column(say.column_value, True)]
    columns += [
        Column(say.column_between, True),
        Column(subjects.of(indicator.theme).base_heading(say), True),
        Column(say.column_source),
    ]
    if is_sample(mine):
        yield Notice(say.sample_strip_here)
    folded = say.passport_values.format(count=len(rows))
    yield Table(indicator.title, *compare.without_empty(columns, rows), folded=folded)


def show_deliveries(indicator: Indicator, visit: Visit) -> Iterator[Block]:
    """The deliveries behind the number: when they came, from whom, which files with which fingerprint."""
    say, release = visit.say, visit.release
    deliveries = release.sources_of(indicator.indicator_id)
    yield Heading(say.passport_files)
    if deliveries.is_empty():
        yield Empty(say.passport_no_deliveries)
        return
    for row in deliveries.iter_rows(named=True):
        yield Heading(row["title"] or row["delivery_id"], level=3)
        checks = release.checks_of(row["delivery_id"])
        passed = checks.get_column("outcome").eq("passed").sum()
        yield Notes(
            [
                say.delivery_producer.format(
                    producer=row["producer"] or "–", licence=compare.licence_words([row["licence"] or "–"], visit)
                ),
                say.passport_received.format(
                    received=visit.numbers.date(row["received"]) if row["received"] else "–",
                    state=say.group("delivery_states")[row["state"]],
                ),
                say.passport_delivery_checks.format(passed=passed, count=checks.height) if checks.height else "",
            ]
        )
        yield from delivery_files.show_files(row["delivery_id"], visit, about=row["title"] or row["delivery_id"])
    yield way(say.passport_to_quality, "quality")


def show_checks(indicator: Indicator, visit: Visit) -> Iterator[Block]:
    """The tests of the computation that concern the number: those of its model, and those of all values."""
    say = visit.say
    models = [name for name in (indicator.dbt_model, "indicator_values") if name]
    checks = visit.release.model_checks().filter(
        pl.any_horizontal(pl.col("model").str.contains(name, literal=True) for name in models)
    )
    yield Heading(say.passport_computation)
    yield Paragraph(say.passport_computed_by.format(model=indicator.dbt_model or "–"))
    passed = checks.filter(pl.col("status") == delivery_files.PASSED)
    if checks.is_empty():
        return
    yield Paragraph(say.quality_models_tally.format(passed=passed.height, count=checks.height))
    rows = [[one["name"], one["model"] or ""] for one in checks.iter_rows(named=True)]
    columns = [Column(say.column_check), Column(say.column_model)]
    yield Table(say.passport_model_checks, columns, rows, folded=say.passport_model_checks)


def show_statements(indicator: Indicator, visit: Visit) -> Iterator[Block]:
    """The report's statements that rest on the number, with their verdicts."""
    say, verdicts = visit.say, visit.say.group("verdicts")
    rows = [
        [row["statement_id"], row[f"statement_{visit.language}"], verdicts[row["verdict"]]]
        for row in visit.release.statements().iter_rows(named=True)
        if indicator.indicator_id in [part.strip() for part in (row["indicator_ids"] or "").split(",")]
    ]
    if not rows:
        return
    yield Heading(say.passport_statements)
    columns = [Column(say.column_number), Column(say.column_statement), Column(say.column_outcome)]
    yield Table(say.passport_statements, columns, rows, is_captioned=False)
    yield way(say.passport_to_statements, "statements")
