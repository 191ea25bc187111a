"""A statement of the report with its verdict and the figures the verdict rests on."""

from collections.abc import Mapping

import polars as pl

from dashboard import parts
from dashboard.visit import Visit


def show(statement: Mapping[str, object], visit: Visit) -> None:
    """One entry of the ledger."""
    say, language = visit.say, visit.language
    evidence = visit.release.evidence_of(str(statement["statement_id"]))
    evidence = evidence.filter(pl.col("value").is_not_null())
    parts.show(
        "statement",
        verdict=statement["verdict"],
        verdict_words=say.group("verdicts")[str(statement["verdict"])],
        statement=statement[f"statement_{language}"],
        note=statement[f"note_{language}"],
        evidence=say.statement_evidence.format(parts=figures(evidence, visit)) if evidence.height else "",
        sample=say.sample_tag if statement["is_synthetic"] else "",
        origin=f"{statement['statement_id']} · {say.statement_section.format(section=statement['section'])}",
    )


def figures(evidence: pl.DataFrame, visit: Visit) -> str:
    """The evidence as one line: measure, then each town's value with its period."""
    parts_of_line = []
    for (indicator_id,), rows in evidence.group_by(["indicator_id"], maintain_order=True):
        indicator = visit.release.indicator(str(indicator_id), visit.language)
        short = indicator.short if indicator else str(indicator_id)
        # The answers of one survey share town and period; saying them once is enough.
        is_one = rows.select("town_id", "period").n_unique() == 1 and rows[f"label_{visit.language}"].null_count() == 0
        if is_one:
            period = visit.numbers.period(str(rows["period"][0] or ""))
            short = f"{short} ({', '.join(part for part in (rows['name'][0], period) if part)})"
        said = "; ".join(
            _figure(row, indicator.decimals if indicator else 1, visit, is_one) for row in rows.iter_rows(named=True)
        )
        parts_of_line.append(f"{short}: {said}")
    return " – ".join(parts_of_line)


def _figure(row: Mapping[str, object], decimals: int, visit: Visit, is_label_only: bool) -> str:
    value = None if row["value"] is None else float(str(row["value"]))
    unit = str(row[f"unit_{visit.language}"] or "")
    number = visit.numbers.published(value, str(row["sign"] or ""), unit, decimals, whole_unit=True)
    label = str(row[f"label_{visit.language}"] or "")
    if is_label_only:
        return f"{label} {number}"
    period = visit.numbers.period(str(row["period"] or ""))
    return " ".join(part for part in (str(row["name"] or ""), label, number, f"({period})" if period else "") if part)
