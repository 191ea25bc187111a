"""What hangs together: the cells of linked tables and the relations between their changes."""

from collections.abc import Iterable, Iterator, Mapping

from stadtlabor.disclosure.moves import CANDIDATE, FIXED, HIDDEN, Key, Programme
from stadtlabor.disclosure.surveys.count_tables import BASE, PUBLISHED, SECONDARY, Nested, Table
from stadtlabor.disclosure.surveys.links import Universe, known_zeros

# Without its base a whole column has no shares, so a base is hidden only when nothing else helps.
COST_OF_BASE = 50.0
# Every hidden cell costs the reader a number; among cells, a rare answer is missed less.
COST_OF_CELL = 1.0


def of_questions(universe: Universe, family: Iterable[str]) -> Programme:
    """The questions' own tables, linked by recodes."""
    tables = [table for question in sorted(family) if (table := universe.total(question))]
    programme = Programme()
    for table in tables:
        _add_cells(programme, universe, table, may_hide=True)
    for table in tables:
        _relate_column(programme, table)
        if universe.completed is not None:
            room = universe.completed - int(table.base[0])
            programme.relate([((table.table_id, BASE, table.columns[0]), 1)], room)
    _relate_recodes(programme, universe, tables)
    return programme


def of_breakdown(universe: Universe, tables: list[Table]) -> Programme:
    """Breakdowns of the same two families of questions, with the margins that are published beside.

    What the margins hide may move as well: since `links.close` hid these answers in all tables, any
    respondent can be moved between them without a trace elsewhere.
    """
    programme = Programme()
    questions = {name for table in tables for name in (table.question, table.breakdown)}
    families = sorted({member for name in questions for member in universe.family(name)})
    margins = [table for question in families if (table := universe.total(question))]
    for table in tables:
        _add_cells(programme, universe, table, may_hide=True)
    for table in margins:
        _add_cells(programme, universe, table, may_hide=False)
    for table in (*tables, *margins):
        _relate_column(programme, table)
    for table in tables:
        _relate_rows(programme, universe, table)
        _relate_bases(programme, universe, table)
        _relate_transposed(programme, universe, table)
    _relate_nested(programme, universe, tables)
    _relate_recodes(programme, universe, tables)
    _relate_recodes(programme, universe, margins)
    return programme


def _add_cells(programme: Programme, universe: Universe, table: Table, may_hide: bool) -> None:
    known = known_zeros(table, None if table.is_total else universe.total(table.question))
    for j, column in enumerate(table.columns):
        base = int(table.base[j])
        state = table.base_states[j]
        may_hide_base = may_hide and not table.is_total
        mode = HIDDEN if state != PUBLISHED else CANDIDATE if may_hide_base else FIXED
        key = (table.table_id, BASE, column)
        programme.add(key, base, mode, COST_OF_BASE, *universe.bounds(table, BASE))
        for i, row in enumerate(table.rows):
            state = table.states[i, j]
            count = int(table.counts[i, j])
            is_open = may_hide and count >= table.floor and not known[i, j]
            mode = HIDDEN if state != PUBLISHED else CANDIDATE if is_open else FIXED
            cell = (table.table_id, row, column)
            low, high = universe.bounds(table, row)
            programme.add(cell, count, mode, COST_OF_CELL + count / max(base, 1), max(low, table.floor), high)
            if not known[i, j]:
                programme.hide_with(key, cell)


def _cells(table: Table, column: str) -> Iterator[Key]:
    return ((table.table_id, row, column) for row in table.rows)


def _relate_column(programme: Programme, table: Table) -> None:
    """The answers of a column add up to its base, or are marks of it."""
    for j, column in enumerate(table.columns):
        base = (table.table_id, BASE, column)
        if table.shape == "partition":
            programme.relate([*((cell, 1) for cell in _cells(table, column)), (base, -1)])
            continue
        for i, cell in enumerate(_cells(table, column)):
            programme.relate([(cell, 1), (base, -1)], int(table.base[j] - table.counts[i, j]))
        if table.covers_base:
            spare = int(table.counts[:, j].sum() - table.base[j])
            programme.relate([*((cell, -1) for cell in _cells(table, column)), (base, 1)], spare)


def _relate_rows(programme: Programme, universe: Universe, table: Table) -> None:
    """An answer's breakdown never exceeds its total; the rest did not state the breakdown."""
    own = universe.total(table.question)
    if own is None:
        return
    unstated = int(own.base[0] - table.base.sum())
    total_base = (own.table_id, BASE, own.columns[0])
    bases = [((table.table_id, BASE, column), 1) for column in table.columns]
    programme.relate([*bases, (total_base, -1)], unstated)
    for i, row in enumerate(table.rows):
        if row not in own.rows:
            continue
        rest = int(own.counts[own.rows.index(row), 0] - table.counts[i].sum())
        total = (own.table_id, row, own.columns[0])
        parts = [((table.table_id, row, column), 1) for column in table.columns]
        programme.relate([*parts, (total, -1)], rest)
        if table.shape == "marks":
            # Those who did not state the breakdown are marked or not marked, too.
            away = [(key, -value) for key, value in (*parts, (total, -1))]
            programme.relate([*away, *bases, (total_base, -1)], unstated - rest)


def _relate_bases(programme: Programme, universe: Universe, table: Table) -> None:
    """A column's base never exceeds those who stated it; both together never exceed the completed."""
    own = universe.total(table.breakdown)
    if own is None or own.shape != "partition":
        return
    for j, column in enumerate(table.columns):
        if column in own.rows:
            room = int(own.counts[own.rows.index(column), 0] - table.base[j])
            stated = (own.table_id, column, own.columns[0])
            programme.relate([((table.table_id, BASE, column), 1), (stated, -1)], room)
    of_question = universe.total(table.question)
    if universe.completed is not None and of_question is not None:
        room = int(universe.completed + table.base.sum() - of_question.base[0] - own.base[0])
        bases = [((table.table_id, BASE, column), -1) for column in table.columns]
        margins = [((each.table_id, BASE, each.columns[0]), 1) for each in (of_question, own)]
        programme.relate([*bases, *margins], room)


def _relate_transposed(programme: Programme, universe: Universe, table: Table) -> None:
    """A question by a second one, and the second by the first, are the same counts."""
    other = universe.tables.get((table.breakdown, table.question))
    if other is None or (table.question, table.breakdown) > (other.question, other.breakdown):
        return
    for row in table.rows:
        for column in table.columns:
            mirrored = (other.table_id, column, row)
            if mirrored in programme.place:
                programme.relate([((table.table_id, row, column), 1), (mirrored, -1)])


def _relate_nested(programme: Programme, universe: Universe, tables: list[Table]) -> None:
    """Whoever stated an inner breakdown gave one answer of the outer: row by row no more than stand there."""
    at = {(table.question, table.breakdown): table for table in tables}
    for one in universe.nested:
        for (question, breakdown), inner in at.items():
            outer = at.get((question, one.outer))
            if breakdown != one.inner or outer is None or one.answer not in outer.columns:
                continue
            j = outer.columns.index(one.answer)
            bases = _inside(inner, outer, BASE, one.answer)
            rest = int(outer.base[j] - inner.base.sum())
            programme.relate(bases, rest)
            for i, row in enumerate(inner.rows):
                parts = _inside(inner, outer, row, one.answer)
                away = int(outer.counts[outer.rows.index(row), j] - inner.counts[i].sum())
                programme.relate(parts, away)
                if inner.shape == "marks":
                    programme.relate([*bases, *((key, -value) for key, value in parts)], rest - away)
        for inner in tables:
            if inner.question == one.inner:
                _relate_base_to_answer(programme, at, inner, one)


def _relate_base_to_answer(
    programme: Programme, at: Mapping[tuple[str, str], Table], inner: Table, one: Nested
) -> None:
    """Whoever answered the inner question gave one answer to the outer: so do those of one answer to a third."""
    outer, mirrored = at.get((one.outer, inner.breakdown)), at.get((inner.breakdown, one.outer))
    for j, column in enumerate(inner.columns):
        if outer is not None:
            leading = (outer.table_id, one.answer, column)
        elif mirrored is not None:
            leading = (mirrored.table_id, column, one.answer)
        if (outer or mirrored) and leading in programme.place:
            rest = programme.counts[programme.place[leading]] - int(inner.base[j])
            programme.relate([((inner.table_id, BASE, column), 1), (leading, -1)], rest)


def _inside(inner: Table, outer: Table, row: str, answer: str) -> list[tuple[Key, int]]:
    return [*(((inner.table_id, row, column), 1) for column in inner.columns), ((outer.table_id, row, answer), -1)]


def _relate_recodes(programme: Programme, universe: Universe, tables: list[Table]) -> None:
    """A coarse answer is the sum of its fine ones, as rows and as columns."""
    at = {(table.question, table.breakdown): table for table in tables}
    for recode in universe.recodes:
        members: dict[str, list[str]] = {}
        for fine_answer, coarse_answer in recode.classes.items():
            members.setdefault(coarse_answer, []).append(fine_answer)
        for coarse in tables:
            if coarse.question == recode.coarse and (fine := at.get((recode.fine, coarse.breakdown))):
                for column in coarse.columns:
                    for row, parts in members.items():
                        whole = (coarse.table_id, row, column)
                        _sum_up(programme, whole, [(fine.table_id, part, column) for part in parts])
            if coarse.breakdown == recode.coarse and (fine := at.get((coarse.question, recode.fine))):
                for row in (BASE, *coarse.rows):
                    for column, parts in members.items():
                        whole = (coarse.table_id, row, column)
                        _sum_up(programme, whole, [(fine.table_id, row, part) for part in parts])


def _sum_up(programme: Programme, whole: Key, parts: list[Key]) -> None:
    """A part that no table lists counts nobody."""
    listed = [part for part in parts if part in programme.place]
    if whole not in programme.place:
        return
    at, counts = programme.place, programme.counts
    if counts[at[whole]] != sum(counts[at[part]] for part in listed):
        raise ValueError(f"{whole} is not the sum of its recoded parts {listed}")
    programme.relate([(whole, 1), *((part, -1) for part in listed)])


def is_hidden(table: Table, row: str, column: str) -> bool:
    """True where a cell or base is not published, for whatever reason."""
    j = table.columns.index(column)
    state = table.base_states[j] if row == BASE else table.states[table.rows.index(row), j]
    return bool(state != PUBLISHED)


def hidden_targets(universe: Universe, tables: Iterable[Table], k_of: dict[str, int]) -> dict[Key, int]:
    """The cells and bases that are hidden for confidentiality, with the width that each needs.

    A base needs none where the size of its class is published: it only adds how many of the class answered.
    """
    found: dict[Key, int] = {}
    for table in tables:
        shown = universe.published_answers(table.breakdown)
        for j, column in enumerate(table.columns):
            if table.base_states[j] >= SECONDARY and column not in shown:
                found[table.table_id, BASE, column] = k_of[table.table_id]
            for i, row in enumerate(table.rows):
                if table.states[i, j] >= SECONDARY:
                    found[table.table_id, row, column] = k_of[table.table_id]
    return found
