"""How the surveys came about: a table of their craft, and the line on the protection of those who answered."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.article.blocks import Block, Column, Table
from dashboard.parts.compare import without_empty
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.words import survey_words

Row = Mapping[str, Any]


def show(visit: Visit) -> Iterator[Block]:
    """Two tables: tool, period, questionnaires, rates and reach; grade and why, weighting."""
    say = visit.say
    surveys = queries.surveys(visit.release)
    names = survey_words.called(surveys, visit.language)
    columns = [Column(say.column_survey), Column(say.column_tool), Column(say.column_started, True)]
    columns += [Column(say.column_completed, True), Column(say.column_completion)]
    columns += [Column(say.column_nonresponse, True), Column(say.column_reach)]
    rows = [[_name(row, names), *_cells(row, visit)] for row in surveys.iter_rows(named=True)]
    yield Table(say.made_heading, columns, rows, is_captioned=False)
    graded = [[_name(row, names), *_judged(row, visit)] for row in surveys.iter_rows(named=True)]
    columns = [Column(say.column_survey), Column(say.column_grade), Column(say.column_reason)]
    columns += [Column(say.column_weighting), Column(say.column_besides)]
    yield Table(say.made_grades, *without_empty(columns, graded))


def _name(row: Row, names: Mapping[str, tuple[str, str]]) -> str:
    name, note = names[row["survey_id"]]
    return name if note in name else f"{name} ({note})"


def _cells(row: Row, visit: Visit) -> list[str]:
    say, numbers = visit.say, visit.numbers
    period = "" if row["period_from"] is None else numbers.period(f"{row['period_from']}/{row['period_to']}")
    nonresponse = row["item_nonresponse"]
    return [
        "; ".join(part for part in (row["tool"] or say.unknown_tool, period) if part),
        numbers.decimal(row["started"]),
        numbers.decimal(row["completed"]),
        _completion(row, visit),
        "" if nonresponse is None else numbers.quantity(nonresponse, "%", 1),
        _reach(row, visit),
    ]


def _judged(row: Row, visit: Visit) -> list[str]:
    return [row["grade"], row[f"grade_reason_{visit.language}"], _weighting(row, visit), _besides(row, visit)]


def _besides(row: Row, visit: Visit) -> str:
    """What is counted neither as started nor as completed, and how many were invited by name."""
    say, numbers = visit.say, visit.numbers
    named = {say.made_tests: row["tests"], say.made_duplicates: row["duplicates"], say.made_invited: row["invited"]}
    return ", ".join(words.format(count=numbers.decimal(count)) for words, count in named.items() if count)


def _completion(row: Row, visit: Visit) -> str:
    if row["completion_rate"] is None:
        return visit.say.made_rate_unknown
    rate = visit.say.made_rate.format(
        rate=visit.numbers.quantity(row["completion_rate"], "%"),
        low=visit.numbers.decimal(row["completion_low"]),
        high=visit.numbers.quantity(row["completion_high"], "%"),
    )
    if row["median_minutes"] is None:
        return rate
    minutes = visit.numbers.decimal(row["median_minutes"], 1)
    return f"{rate}; " + visit.say.made_minutes.format(minutes=minutes)


def _reach(row: Row, visit: Visit) -> str:
    if row["reach_per_1000"] is None:
        return ""
    return visit.say.group("reach_bases")[row["reach_base"]].format(
        value=visit.numbers.decimal(row["reach_per_1000"], 1)
    )


def _weighting(row: Row, visit: Visit) -> str:
    state_text = visit.say.group("weighting_states")[row["weighting_state"]]
    reason = row[f"weighting_reason_{visit.language}"] or ""
    size = "" if row["n_eff"] is None else visit.say.weighting_n.format(count=visit.numbers.decimal(row["n_eff"]))
    return "; ".join(part.rstrip(".") for part in (state_text, size, reason) if part)
