"""Which tables of a universe speak of the same respondents' answers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import DisjointSet

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.count_tables import (
    BASE,
    MANY,
    PUBLISHED,
    SECONDARY,
    TOTAL,
    Event,
    Nested,
    Recode,
    Table,
)
from stadtlabor.disclosure.surveys.primary import raise_states


@dataclass(eq=False)
class Universe:
    """The tables of one survey, by question and breakdown, with its recodes.

    `completed` is the published number of completed responses, None where none is published.
    """

    name: str
    tables: Mapping[tuple[str, str], Table]
    recodes: Sequence[Recode]
    completed: int | None
    families: Mapping[str, frozenset[str]]
    nested: Sequence[Nested] = ()

    def total(self, question: str) -> Table | None:
        """The table of a question without breakdown."""
        return self.tables.get((question, TOTAL))

    def published_answers(self, question: str) -> list[str]:
        """The answers to a question whose number is published."""
        return _answers(self.total(question), lambda own: own.states[:, 0] == PUBLISHED)

    def family(self, question: str) -> frozenset[str]:
        """The question and all that are recodes of it, in either direction."""
        return self.families.get(question, frozenset({question}))

    def nested_with(self, questions: Iterable[str]) -> frozenset[str]:
        """The questions and all that are nested in them, or they in those, with their recodes."""
        found = frozenset[str]().union(*map(self.family, questions))
        pairs = [self.family(one.inner) | self.family(one.outer) for one in self.nested]
        while more := frozenset[str]().union(*(pair for pair in pairs if pair & found)) - found:
            found |= more
        return found


def gather(
    tables: Iterable[Table], recodes: Iterable[Recode], completed: Mapping[str, int], nested: Iterable[Nested] = ()
) -> list[Universe]:
    """Group tables by universe.

    Raises:
        ValueError: two tables of a universe show the same question by the same breakdown, or a
            question with several answers is used as a breakdown or recoded (its answers overlap).
    """
    by_universe: dict[str, dict[tuple[str, str], Table]] = defaultdict(dict)
    for table in tables:
        place = by_universe[table.universe]
        if other := place.get((table.question, table.breakdown)):
            raise ValueError(f"{table.table_id} and {other.table_id} show the same question and breakdown")
        place[table.question, table.breakdown] = table
    found = []
    for name, members in by_universe.items():
        mine = [recode for recode in recodes if recode.universe == name]
        _check_overlaps(members, mine)
        related = DisjointSet({question for recode in mine for question in (recode.fine, recode.coarse)})
        for recode in mine:
            related.merge(recode.fine, recode.coarse)
        families = {question: frozenset(related.subset(question)) for question in related}
        inside = [one for one in nested if one.universe == name]
        _mark_impossible(members, inside, mine)
        found.append(Universe(name, members, mine, completed.get(name), families, inside))
    return found


def _mark_impossible(
    tables: Mapping[tuple[str, str], Table], nested: Iterable[Nested], recodes: Iterable[Recode]
) -> None:
    """Nobody who gave another answer to the outer question answered the inner one, nor any finer classes of it."""
    for one in nested:
        if (table := tables.get((one.inner, one.outer))) is not None:
            table.impossible |= ~np.isin(table.columns, one.answers)[None, :]
        table = tables.get((one.outer, one.inner))
        if table is not None and table.shape == "partition":
            table.impossible |= ~np.isin(table.rows, one.answers)[:, None]
    for recode in recodes:
        for table in tables.values():
            whole = tables.get((recode.coarse, table.breakdown))
            if table.question == recode.fine and whole is not None:
                for i, j in np.argwhere(whole.impossible):
                    parts = [recode.classes.get(row) == whole.rows[i] for row in table.rows]
                    table.impossible[np.ix_(parts, [column == whole.columns[j] for column in table.columns])] = True


def _check_overlaps(tables: Mapping[tuple[str, str], Table], recodes: Sequence[Recode]) -> None:
    overlapping = {question for (question, _), table in tables.items() if table.shape == "marks"}
    used = {breakdown for _, breakdown in tables} | {q for each in recodes for q in (each.fine, each.coarse)}
    if wrong := sorted(overlapping & used):
        raise ValueError(f"{wrong[0]} has several answers per respondent: no breakdown, no recode")


def thresholds(universe: Universe, policy: Policy) -> dict[str, int]:
    """The k of each question's own table.

    A question that is recoded from, or used to break down, a sensitive one takes over its k: a hidden
    cell of the breakdown can never be wider than the margins beside it.
    """
    found: dict[str, int] = defaultdict(lambda: policy.k)
    for table in universe.tables.values():
        k = policy.threshold(table.is_sensitive)
        for name in universe.family(table.question) | universe.family(table.breakdown):
            found[name] = max(found[name], k)
    return found


def hide_margins(universe: Universe, cells: Iterable[tuple[str, str, str]]) -> bool:
    """Hide the totals beside breakdown cells, given as (table, row, column); False where all are hidden."""
    by_id = {table.table_id: table for table in universe.tables.values()}
    is_new = False
    for table_id, row, column in cells:
        table = by_id[table_id]
        for question, answer in ((table.question, row), (table.breakdown, column)):
            own = universe.total(question)
            if table.is_total or own is None or answer not in own.rows:
                continue
            i = own.rows.index(answer)
            if own.counts[i, 0] >= own.floor and own.states[i, 0] < SECONDARY:
                own.states[i, 0], is_new = SECONDARY, True
    return is_new


def close(universe: Universe) -> None:
    """Hide, in every breakdown, the answers that are hidden in their question's own table.

    Otherwise the parts would add up to what the total hides. It also makes hiding sound: moving a
    respondent from one hidden answer to another then changes hidden cells only, in all tables at once.
    """
    for (question, breakdown), table in universe.tables.items():
        if breakdown == TOTAL:
            continue
        of_question, of_breakdown = universe.total(question), universe.total(breakdown)
        hidden_rows = np.isin(table.rows, _answers(of_question, lambda own: own.states[:, 0] >= SECONDARY))
        hidden_columns = np.isin(table.columns, _answers(of_breakdown, lambda own: own.states[:, 0] >= SECONDARY))
        # What one answer alone leads to counts there as by itself.
        hidden_rows &= not _is_alone(table.impossible.all(axis=1))
        hidden_columns &= not _is_alone(table.impossible.all(axis=0))
        # Even an empty base: that nobody of a hidden class answered limits the size of the class.
        raise_states(table.base_states, hidden_columns & ~table.impossible.all(axis=0), SECONDARY)
        hidden = hidden_rows[:, None] | hidden_columns[None, :]
        raise_states(table.states, hidden & ~known_zeros(table, of_question), SECONDARY)


def _is_alone(impossible: np.ndarray | np.bool_) -> bool:
    return bool(impossible.any() and np.sum(~impossible) == 1)


def known_zeros(table: Table, of_question: Table | None) -> NDArray[np.bool_]:
    """Cells (rows × columns) that a published empty base or empty answer says are zero; nothing hides them."""
    empty_columns = (table.base == 0) & (table.base_states < SECONDARY)
    empty_rows = np.isin(
        table.rows, _answers(of_question, lambda own: (own.counts[:, 0] == 0) & (own.states[:, 0] == PUBLISHED))
    )
    return empty_rows[:, None] | empty_columns[None, :] | table.impossible


# How many respondents a group has, how many of them answered a question, and its answers, these two where published.
Group = tuple[int, int | None, Mapping[str, int]]


def crossed(universe: Universe, table: Table) -> Iterator[tuple[str, str, int, int]]:
    """Row, column, and the least and most that a cell may count by any third question that its table's two break down.

    Class by class of the third, no fewer than are too many for one of the two, and no more than the smaller. What is
    not published of one of them is one class; of several answers each is a question of its own.
    """
    by_third = []
    for third in dict.fromkeys(question for question, _ in universe.tables):
        everyone, total = _group(universe, third, (TOTAL, TOTAL)), universe.total(third)
        if everyone and total:
            answers = [total.rows] if total.shape == "partition" else [(each,) for each in total.rows]
            rows = {row: _group(universe, third, (table.question, row)) for row in table.rows}
            columns = {column: _group(universe, third, (table.breakdown, column)) for column in table.columns}
            by_third.append((answers, rows, columns, everyone))
    for row, column in product(table.rows, table.columns):
        least, most = 0, MANY
        for answers, rows, columns, everyone in by_third:
            if (first := rows[row]) and (second := columns[column]):
                for each in answers:
                    classes = list(_classes(each, (first, second, everyone)))
                    least = max(least, sum(max(0, a + b - c) for a, b, c in classes))
                    most = min(most, sum(min(a, b) for a, b, _ in classes))
        yield row, column, least, most


def _group(universe: Universe, third: str, event: Event) -> Group | None:
    question, answer = event
    table, own = universe.tables.get((third, question)), universe.total(question)
    everyone = MANY if universe.completed is None else universe.completed
    if table is None or answer not in table.columns or (own and answer not in universe.published_answers(question)):
        return None
    size = int(own.counts[own.rows.index(answer), 0]) if own else everyone
    j = table.columns.index(answer)
    answered = int(table.base[j]) if table.base_states[j] == PUBLISHED else None
    shown = {row: int(table.counts[i, j]) for i, row in enumerate(table.rows) if table.states[i, j] == PUBLISHED}
    return size, answered, shown


def _classes(rows: Iterable[str], groups: Sequence[Group]) -> Iterator[tuple[int, ...]]:
    """The groups' respondents by what is published of all of them: answers, others, and no answer."""
    sizes, answered, shown = zip(*groups, strict=True)
    left = sizes if None in answered else answered
    for row in rows:
        if all(row in each for each in shown):
            counts = tuple(each[row] for each in shown)
            left = tuple(a - b for a, b in zip(left, counts, strict=True))
            yield counts
    yield left
    if None not in answered:
        yield tuple(a - b for a, b in zip(sizes, answered, strict=True))


def _answers(own: Table | None, where: Callable[[Table], NDArray[np.bool_]]) -> list[str]:
    return [] if own is None else list(np.array(own.rows)[where(own)])


def is_hidden(table: Table, row: str, column: str) -> bool:
    """True where a cell or base is not published, for whatever reason."""
    j = table.columns.index(column)
    state = table.base_states[j] if row == BASE else table.states[table.rows.index(row), j]
    return bool(state != PUBLISHED)
