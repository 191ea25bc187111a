"""What an outsider can write down after reading a release: unknown counts and what is known of them.

Knows nothing of how the release was protected. Everything is an *event* ("answered the question",
"gave this answer") or two of them together; what is published bounds the number of respondents for
whom an event holds, and logic relates these numbers to each other:

- answers of a question that takes one add up to "answered"; with several answers each is part of it;
- whoever gave an answer and stated the breakdown stands in one of its columns;
- whoever was put a question for some answers to another gave one of these (`Nested`);
- for events A within A' and B within B', nobody can be in A' but not A, and in B' but not B, fewer
  than zero times: n(A',B') − n(A,B') − n(A',B) + n(A,B) ≥ 0.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from stadtlabor.disclosure.surveys.count_tables import (
    BASE,
    MANY,
    OTHERS,
    TOTAL,
    UNSTATED,
    Bound,
    Event,
    Nested,
    Recode,
    Seen,
    skipped,
)

# Two events together are ordered, so that both ways round are one.
Name = tuple[Event, ...]


@dataclass
class Evidence:
    """The unknown counts of one universe, their bounds, and the linear relations between them.

    Relations are Σ coefficient · count = 0 (`equal`) or ≥ 0.
    """

    names: dict[Name, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    relations: list[tuple[dict[int, int], bool]] = field(default_factory=list)
    cell_of: dict[tuple[str, str, str], int] = field(default_factory=dict)
    bounded: dict[Bound, int] = field(default_factory=dict)

    def count(self, *events: Event) -> int:
        """The number of the unknown "how many respondents are in all these events"."""
        name = tuple(sorted(set(events)))
        if name not in self.names:
            self.names[name] = len(self.low)
            self.low.append(0)
            self.high.append(MANY)
        return self.names[name]

    def relate(self, plus: Iterable[int], minus: Iterable[int], equal: bool) -> None:
        """Σ plus − Σ minus = 0, or ≥ 0."""
        row: dict[int, int] = {}
        for sign, members in ((1, plus), (-1, minus)):
            for member in members:
                row[member] = row.get(member, 0) + sign
        if row := {member: value for member, value in row.items() if value}:
            self.relations.append((row, equal))

    def matrix(self) -> tuple[csr_array, np.ndarray]:
        """The relations as matrix, and which of them are equalities."""
        entries = [(i, j, v) for i, (row, _) in enumerate(self.relations) for j, v in row.items()]
        i, j, v = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.relations), len(self.low))
        matrix = csr_array((np.array(v, float), (np.array(i, int), np.array(j, int))), shape=shape)
        return matrix, np.array([equal for _, equal in self.relations], bool)


def gather(
    tables: Mapping[str, Seen],
    recodes: Iterable[Recode],
    completed: int | None,
    nested: Iterable[Nested] = (),
    printed: Iterable[Bound] = (),
) -> Evidence:
    """Everything that follows from how the tables are made, but for the published numbers."""
    evidence = Evidence()
    everyone = evidence.count()
    if completed is not None:
        evidence.low[everyone] = evidence.high[everyone] = completed
    for table_id, table in tables.items():
        _name_cells(evidence, table_id, table)
    is_partition = {table.question: table.shape == "partition" for table in tables.values()}
    for table in tables.values():
        _relate_answers(evidence, table)
        if table.breakdown != TOTAL:
            _relate_breakdown(evidence, table, is_partition.get(table.breakdown, True))
    for recode in recodes:
        _relate_recode(evidence, recode, tables)
    marks = {table.question: table.rows for table in tables.values() if table.shape == "marks"}
    for one in nested:
        _relate_nested(evidence, one, marks)
    for bound in printed:
        _relate_bound(evidence, bound)
    return evidence


def _events(table: Seen, column: str) -> tuple[Event, ...]:
    return () if table.breakdown == TOTAL else ((table.breakdown, column),)


def _name_cells(evidence: Evidence, table_id: str, table: Seen) -> None:
    for row in (BASE, *table.rows):
        for column in table.columns:
            place = evidence.count((table.question, row), *_events(table, column))
            evidence.cell_of[table_id, row, column] = place


def _relate_answers(evidence: Evidence, table: Seen) -> None:
    """Answers against "answered", in every column, and among those in no column."""
    answered = (table.question, BASE)
    groups = [_events(table, column) for column in table.columns]
    if table.breakdown != TOTAL:
        groups += [((table.breakdown, BASE),), ((table.breakdown, UNSTATED),)]
    for group in groups:
        base = evidence.count(answered, *group)
        answers = [evidence.count((table.question, row), *group) for row in table.rows]
        if table.shape == "partition":
            evidence.relate(answers, [base], equal=True)
            continue
        for answer in answers:
            evidence.relate([base], [answer], equal=False)
        if table.covers_base:
            evidence.relate(answers, [base], equal=False)
    evidence.relate([evidence.count()], [evidence.count(answered)], equal=False)


def _relate_breakdown(evidence: Evidence, table: Seen, is_stated_by_columns: bool) -> None:
    """Columns against "stated the breakdown", and both against those who did not state it."""
    question, breakdown = table.question, table.breakdown
    answered, stated = (question, BASE), (breakdown, BASE)
    for row in (BASE, *table.rows):
        inside = evidence.count((question, row), stated)
        columns = [evidence.count((question, row), (breakdown, column)) for column in table.columns]
        evidence.relate(columns, [inside], equal=True)
        rest = evidence.count((question, row), (breakdown, UNSTATED))
        evidence.relate([evidence.count((question, row))], [inside, rest], equal=True)
    for column in table.columns:
        inside = evidence.count(answered, (breakdown, column))
        evidence.relate([evidence.count((breakdown, column))], [inside], equal=False)
    if is_stated_by_columns:
        parts = [evidence.count((breakdown, column)) for column in table.columns]
        evidence.relate([evidence.count(stated)], parts, equal=False)
    both = evidence.count(answered, stated)
    evidence.relate([evidence.count(), both], [evidence.count(answered), evidence.count(stated)], equal=False)


def _relate_recode(evidence: Evidence, recode: Recode, tables: Mapping[str, Seen]) -> None:
    """A coarse answer is any of its fine ones, whatever else is asked with it."""
    listed = {row for table in tables.values() if table.question == recode.fine for row in table.rows}
    listed |= {column for table in tables.values() if table.breakdown == recode.fine for column in table.columns}
    for coarse in dict.fromkeys(recode.classes.values()):
        parts = [(recode.fine, f) for f, c in recode.classes.items() if c == coarse and f in listed]
        for others in _companions(evidence, (recode.coarse, coarse)):
            known = [tuple(sorted({part, *others})) for part in parts]
            if all(name in evidence.names for name in known):
                whole = evidence.count((recode.coarse, coarse), *others)
                evidence.relate([whole], [evidence.names[name] for name in known], equal=coarse != OTHERS)


def _relate_nested(evidence: Evidence, nested: Nested, marks: Mapping[str, Iterable[str]]) -> None:
    """Whoever answered the inner question gave an answer that leads to it; so do those of any answer to a third, those
    who did not answer the third, and those who left one of its several answers out.
    """
    answered = (nested.inner, BASE)
    leading = [(nested.outer, answer) for answer in nested.answers]
    everyone = _asked_and_away(evidence, leading, answered, ())
    for others in list(_companions(evidence, answered)):
        if (nested.outer, BASE) in others:
            evidence.relate([evidence.count(answered)], [evidence.count(answered, *others)], equal=True)
        if any(question == nested.outer and answer != BASE for question, answer in others):
            if nested.outer not in marks and not set(others) & set(leading):
                evidence.high[evidence.count(answered, *others)] = 0
            continue
        if (here := _asked_and_away(evidence, leading, answered, others)) is None:
            continue
        evidence.relate(*here, equal=False)
        for third, answer in others:
            rest = evidence.count((third, answer), (nested.inner, skipped(nested.outer)))
            evidence.relate(here[0], [*here[1], rest], equal=True)
            if answer != BASE:
                continue
            _relate_rest(evidence, everyone, here)
            for row in marks.get(third, ()):
                _relate_rest(evidence, here, _asked_and_away(evidence, leading, answered, ((third, row),)))


# Unknowns that add up to some respondents, and those that add up to a part of them.
Sides = tuple[list[int], list[int]]


def _asked_and_away(
    evidence: Evidence, leading: Iterable[Event], answered: Event, others: tuple[Event, ...]
) -> Sides | None:
    """Who gave a leading answer and who answered the inner question, among those of other events; None if unnamed."""
    names = [tuple(sorted({event, *others})) for event in (*leading, answered)]
    if not all(name in evidence.names for name in names):
        return None
    *whole, part = (evidence.names[name] for name in names)
    return whole, [part]


def _relate_rest(evidence: Evidence, all_of_them: Sides | None, some: Sides | None) -> None:
    """Those of all who are not among some are no fewer than nobody."""
    if all_of_them and some:
        evidence.relate([*all_of_them[0], *some[1]], [*all_of_them[1], *some[0]], equal=False)


def _relate_bound(evidence: Evidence, bound: Bound) -> None:
    """A sum of counts gets an unknown of its own; what no table counts, nobody asks for."""
    names = [tuple(sorted(set(name))) for name in bound.names]
    if all(name in evidence.names for name in names):
        evidence.bounded[bound] = len(evidence.low)
        evidence.low.append(0)
        evidence.high.append(MANY)
        evidence.relate([evidence.names[name] for name in names], [evidence.bounded[bound]], equal=True)


def _companions(evidence: Evidence, event: Event) -> Iterator[tuple[Event, ...]]:
    """What the event is counted together with, nothing included."""
    for name in list(evidence.names):
        if event in name:
            yield tuple(other for other in name if other != event)
