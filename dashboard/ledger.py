"""A statement of the report with its verdict, the figures the verdict rests on, and the way to their page."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import learning, parts
from dashboard.visit import Visit

SHARED = "gemeinsam"  # in the address: the statements on all towns together


def show(statement: Mapping[str, object], visit: Visit) -> None:
    """One entry of the ledger."""
    say, language = visit.say, visit.language
    evidence = visit.release.evidence_of(str(statement["statement_id"]))
    evidence = evidence.filter(pl.col("value").is_not_null() | pl.col("interval_low").is_not_null())
    is_computed = statement["verdict"] != "not_computable"
    note = str(statement[f"note_{language}"] or "")
    reading = say.statement_reading if is_computed else say.statement_reading_missing
    parts.show(
        "statement",
        verdict=statement["verdict"],
        verdict_words=say.group("verdicts")[str(statement["verdict"])],
        statement=statement[f"statement_{language}"],
        points={
            say.statement_data: figures(evidence, visit) or [say.statement_no_data],
            reading: [note] if note else [],
        },
        links=learning.links(_indicators(statement), visit),
        links_words=say.statement_links,
        sample=say.sample_tag if statement["is_synthetic"] else "",
        origin=" · ".join(
            (
                str(statement["statement_id"]),
                say.statement_section.format(section=statement["section"]),
                who(statement, visit),
            )
        ),
    )


def who(statement: Mapping[str, object], visit: Visit) -> str:
    """The town a statement is about, or all of them."""
    names = dict(visit.release.towns().select("town_id", "name").iter_rows())
    return str(names.get(statement["town_id"], visit.say.statements_shared))


def _indicators(statement: Mapping[str, object]) -> str:
    return str(statement["indicator_ids"] or "")


def tally(statements: pl.DataFrame, visit: Visit) -> str:
    """How many statements agree, differ and cannot be computed, as one sentence."""
    say, said = visit.say, []
    for verdict, words in say.group("verdict_counts").items():
        count = statements.filter(pl.col("verdict") == verdict).height
        if count:
            form = say.group("verdict_counts_one")[verdict] if count == 1 else words
            said.append(form.format(count=visit.numbers.decimal(count)))
    total = visit.numbers.decimal(statements.height)
    return say.statements_sentence.format(count=total, parts=visit.numbers.listed(said))


def chosen(statements: pl.DataFrame, verdict: str, town: str) -> pl.DataFrame:
    """The statements of a verdict and of a town (SHARED: on all towns together); empty ones keep all."""
    rows = statements.filter(pl.col("verdict") == verdict) if verdict else statements
    if town == SHARED:
        return rows.filter(pl.col("town_id").is_null())
    return rows.filter(pl.col("town_id") == town) if town else rows


def figures(evidence: pl.DataFrame, visit: Visit) -> Sequence[str]:
    """The evidence, a line for each measure: each town's value with its base and period."""
    lines = []
    for (indicator_id,), rows in evidence.group_by(["indicator_id"], maintain_order=True):
        indicator = visit.release.indicator(str(indicator_id), visit.language)
        short = indicator.short if indicator else str(indicator_id)
        # The answers of one survey share town, base and period; saying them once is enough.
        shared = rows.select("town_id", "period", "base_n").n_unique() == 1
        is_one = shared and rows[f"label_{visit.language}"].null_count() == 0
        if is_one:
            row = rows.row(0, named=True)
            around = (row["name"], _base(row, visit), visit.numbers.period(str(row["period"] or "")))
            short = f"{short} ({', '.join(part for part in around if part)})"
        decimals = indicator.decimals if indicator else 1
        said = "; ".join(_figure(row, decimals, visit, is_one) for row in rows.iter_rows(named=True))
        lines.append(f"{short}: {said}")
    return lines


def _figure(row: Mapping[str, Any], decimals: int, visit: Visit, is_label_only: bool) -> str:
    number = _number(row, decimals, visit)
    label = str(row[f"label_{visit.language}"] or "")
    if is_label_only:
        return f"{label} {number}"
    around = ", ".join(part for part in (_base(row, visit), visit.numbers.period(str(row["period"] or ""))) if part)
    return " ".join(part for part in (str(row["name"] or ""), label, number, f"({around})" if around else "") if part)


def _number(row: Mapping[str, Any], decimals: int, visit: Visit) -> str:
    unit, numbers = str(row[f"unit_{visit.language}"] or ""), visit.numbers
    if row["value"] is None and row["interval_low"] is not None and row["interval_high"] is not None:
        # A hidden number of which the range it lies in is public.
        low, high = numbers.decimal(row["interval_low"], 0), numbers.measured(row["interval_high"], unit)
        return visit.say.between_two.format(low=low, high=high)
    value = None if row["value"] is None else float(row["value"])
    return numbers.published(value, str(row["sign"] or ""), unit, decimals, whole_unit=True)


def _base(row: Mapping[str, Any], visit: Visit) -> str:
    return "" if row["base_n"] is None else visit.say.base_n.format(count=visit.numbers.decimal(row["base_n"]))
