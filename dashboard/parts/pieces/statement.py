"""A statement of the report with its verdict, the figures the verdict rests on, and the way to their page."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.article.subject_blocks import Statement
from dashboard.parts import locations
from dashboard.parts.visit import Visit
from dashboard.words.indicator import Indicator


def entry(statement: Mapping[str, object], visit: Visit, level: int = 2) -> Statement:
    """One entry of the ledger; `level` is that of its heading."""
    say, language = visit.say, visit.language
    evidence = visit.release.evidence_of(str(statement["statement_id"]))
    evidence = evidence.filter(pl.col("value").is_not_null() | pl.col("interval_low").is_not_null())
    is_computed = statement["verdict"] != "not_computable"
    note = str(statement[f"note_{language}"] or "")
    reading = say.statement_reading if is_computed else say.statement_reading_missing
    return Statement(
        verdict=str(statement["verdict"]),
        verdict_words=say.group("verdicts")[str(statement["verdict"])],
        statement=str(statement[f"statement_{language}"]),
        points={
            say.statement_data: figures(evidence, visit) or [say.statement_no_data],
            reading: [note] if note else [],
        },
        links=locations.links(_indicators(statement), visit),
        links_words=say.statement_links,
        level=level,
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
    return str(visit.release.town_names().get(str(statement["town_id"]), visit.say.statements_shared))


def _indicators(statement: Mapping[str, object]) -> str:
    return str(statement["indicator_ids"] or "")


def figures(evidence: pl.DataFrame, visit: Visit) -> Sequence[str]:
    """The evidence, a line for each measure: each town's value with its base and period; what all share, once."""
    lines = []
    for (indicator_id,), rows in evidence.group_by(["indicator_id"], maintain_order=True):
        indicator = visit.release.indicator(str(indicator_id), visit.language)
        short = indicator.short if indicator else str(indicator_id)
        around = [_around(row, visit) for row in rows.iter_rows(named=True)]
        shared = {name for name in AROUND if len(around) > 1 and len({one[name] for one in around}) == 1}
        if "town" not in shared:
            # Said once of several towns, a base would look like that of all together.
            shared -= {"base"}
        of_all = ", ".join(around[0][name] for name in AROUND if name in shared and around[0][name])
        sentences = [
            _figure({name: one[name] for name in AROUND if name not in shared}, row, indicator, visit)
            for one, row in zip(around, rows.iter_rows(named=True), strict=True)
        ]
        lines.append(f"{short[:1].upper()}{short[1:]}{f' ({of_all})' if of_all else ''}: {'; '.join(sentences)}")
    return lines


# What stands around a figure, in the order it is said: whose it is, of how many, of when.
AROUND = ("town", "base", "period")


def _around(row: Mapping[str, Any], visit: Visit) -> dict[str, str]:
    base = "" if row["base_n"] is None else visit.say.base_n.format(count=visit.numbers.decimal(row["base_n"]))
    return {"town": row["name"] or "", "base": base, "period": visit.period(str(row["period"] or ""))}


def _figure(around: Mapping[str, str], row: Mapping[str, Any], indicator: Indicator | None, visit: Visit) -> str:
    label, behind = row[f"label_{visit.language}"], [around.get(name) for name in ("base", "period")]
    context = ", ".join(part for part in behind if part)
    words = (around.get("town"), label, _number(row, indicator, visit), f"({context})" if context else "")
    return " ".join(part for part in words if part)


def _number(row: Mapping[str, Any], indicator: Indicator | None, visit: Visit) -> str:
    unit, numbers = str(row[f"unit_{visit.language}"] or ""), visit.numbers
    if row["value"] is None and row["interval_low"] is not None and row["interval_high"] is not None:
        # A hidden number of which the range it lies in is public.
        low, high = numbers.decimal(row["interval_low"], 0), numbers.measured(row["interval_high"], unit)
        return visit.say.between_two.format(low=low, high=high)
    value = None if row["value"] is None else float(row["value"])
    kind, precision = (indicator.value_kind, indicator.decimals) if indicator else ("", 1)
    decimals = numbers.decimals_for(kind, precision, row["base_n"])
    return numbers.published(value, str(row["sign"] or ""), unit, decimals, True, kind == "balance")
