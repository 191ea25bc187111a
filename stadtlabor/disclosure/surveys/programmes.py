"""What hangs together: the cells of linked tables and the relations between their changes."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from stadtlabor.disclosure.moves import CANDIDATE, FIXED, HIDDEN, Key, Programme
from stadtlabor.disclosure.surveys import count_tables, links
from stadtlabor.disclosure.surveys.count_tables import BASE, OTHERS, PUBLISHED, TOTAL, UNSTATED, Event, Nested, Table
from stadtlabor.disclosure.surveys.links import Universe, known_zeros

# Without its base a whole column has no shares, so a base is hidden only when nothing else helps.
COST_OF_BASE = 50.0
# Every hidden cell costs the reader a number; among cells, a rare answer is missed less.
COST_OF_CELL = 1.0
EVERYONE = (TOTAL, TOTAL)
Tables = Mapping[tuple[str, str], Table]


def of_questions(universe: Universe, family: Iterable[str]) -> Programme:
    """The questions' own tables, linked by recodes and by who was put them."""
    tables = [table for question in sorted(family) if (table := universe.total(question))]
    programme = Programme()
    for table in tables:
        _add_cells(programme, universe, table, may_hide=True)
        _relate_column(programme, table)
        if universe.completed is not None:
            programme.relate([((table.table_id, BASE, table.columns[0]), 1)], universe.completed - int(table.base[0]))
    _relate_nested(programme, universe, tables)
    _relate_recodes(programme, universe, tables)
    return programme


def of_breakdown(universe: Universe, tables: list[Table], crosses: bool = False) -> Programme:
    """Breakdowns of the same two families of questions, with the margins that are published beside.

    What the margins hide may move as well: since `links.close` hid these answers in all tables, any
    respondent can be moved between them without a trace elsewhere. `crosses`: so do third questions.
    """
    programme = Programme()
    questions = {name for table in tables for name in (table.question, table.breakdown)}
    margins = [table for name in sorted(universe.nested_with(questions)) if (table := universe.total(name))]
    for table in (*tables, *margins):
        _add_cells(programme, universe, table, may_hide=table in tables)
        _relate_column(programme, table)
    for table in tables:
        _relate_rows(programme, universe, table)
        _relate_bases(programme, universe, table)
        _relate_transposed(programme, universe, table)
        if crosses:
            _relate_crossed(programme, universe, table)
    _relate_nested(programme, universe, [*tables, *margins])
    _relate_recodes(programme, universe, tables)
    _relate_recodes(programme, universe, margins)
    return programme


def small_rests(programme: Programme, universe: Universe, k_of: Mapping[str, int]) -> dict[Key, int]:
    """The answers of 1 … k−1 persons without a group, with the width that each needs: none is told whole.

    Where the answer itself led to the breakdown, all without a group gave it.
    """
    found = {}
    led = {table.table_id for one in universe.nested if (table := universe.tables.get((one.outer, one.inner)))}
    for key, base in programme.rests:
        count, size = (programme.counts[programme.place[each]] for each in (key, base))
        if key != base and key[0] not in led and 1 <= count < k_of[key[0]]:
            found[key] = min(k_of[key[0]], size)
    return found


def _add_cells(programme: Programme, universe: Universe, table: Table, may_hide: bool) -> None:
    known = known_zeros(table, None if table.is_total else universe.total(table.question))
    for j, column in enumerate(table.columns):
        base, key = int(table.base[j]), (table.table_id, BASE, column)
        may_hide_base = may_hide and not table.is_total and not table.impossible[:, j].all()
        programme.add(key, base, _mode(table.base_states[j], may_hide_base), COST_OF_BASE)
        for i, row in enumerate(table.rows):
            count, cell = int(table.counts[i, j]), (table.table_id, row, column)
            is_open = may_hide and count >= table.floor and not known[i, j]
            mode = FIXED if table.impossible[i, j] else _mode(table.states[i, j], is_open)
            programme.add(cell, count, mode, COST_OF_CELL + count / max(base, 1), table.floor)
            if not known[i, j]:
                programme.hide_with(key, cell)


def _mode(state: int, may_hide: bool) -> int:
    return HIDDEN if state != PUBLISHED else CANDIDATE if may_hide else FIXED


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
    base = (table.table_id, BASE, UNSTATED)
    answers = [(table.table_id, row, UNSTATED) for row in table.rows if row in own.rows]
    for key in (base, *answers):
        parts = [(table.table_id, key[1], column) for column in table.columns]
        programme.add_rest(key, base, _less([(own.table_id, key[1], own.columns[0])], parts))
    if table.shape == "marks":
        # Those who did not state the breakdown are marked or not marked, too.
        for key in answers:
            programme.relate_inside([(base, 1)], [(key, 1)])
        if table.covers_base and own.covers_base and len(answers) == len(own.rows):
            programme.relate_inside([(key, 1) for key in answers], [(base, 1)])


def _less(these: Iterable[Key], those: Iterable[Key]) -> list[tuple[Key, int]]:
    return [*((key, 1) for key in these), *((key, -1) for key in those)]


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
    for row, column in product(table.rows, table.columns):
        mirrored = (other.table_id, column, row)
        if mirrored in programme.place:
            programme.relate([((table.table_id, row, column), 1), (mirrored, -1)])


def _relate_crossed(programme: Programme, universe: Universe, table: Table) -> None:
    for row, column, least, most in links.crossed(universe, table):
        key = (table.table_id, row, column)
        count = programme.counts[programme.place[key]]
        programme.relate([(key, -1)], count - least)
        programme.relate([(key, 1)], most - count)


def _relate_nested(programme: Programme, universe: Universe, tables: Iterable[Table]) -> None:
    """Whoever answered an inner question gave an answer that leads to it: of all, of those of each answer to a third
    question, of those who did not answer the third, and of those who answered it and left one of several answers out.
    """
    at = {(table.question, table.breakdown): table for table in tables}
    thirds = {table.question: table for table in tables if table.is_total}
    for one in universe.nested:
        total, among = (_respondents(programme, at, (one.inner, BASE), each) for each in (EVERYONE, (one.outer, BASE)))
        if among:
            programme.relate(_less(among, total))
        everyone = _inside(programme, at, one, EVERYONE)
        programme.relate_inside(everyone)
        for name, third in thirds.items():
            if name in (one.inner, one.outer) or not {(one.inner, name), (name, one.inner)} & at.keys():
                continue
            stated = _inside(programme, at, one, (third.question, BASE))
            programme.relate_inside(everyone, stated)
            by_inner = at.get((third.question, one.inner))
            for row in (BASE, *third.rows):
                gave = _inside(programme, at, one, (third.question, row))
                if by_inner and gave:
                    key, base = ((by_inner.table_id, each, count_tables.skipped(one.outer)) for each in (row, BASE))
                    programme.add_rest(key, base, gave)
                elif row != BASE:
                    programme.relate_inside(gave)
                if third.shape == "marks" and row != BASE:
                    programme.relate_inside(stated, gave)


def _inside(programme: Programme, at: Tables, one: Nested, other: Event) -> list[tuple[Key, int]]:
    """Who gave a leading answer less who answered the inner question, among those of one event; empty if unknown."""
    whole = [_respondents(programme, at, (one.outer, answer), other) for answer in one.answers]
    part = _respondents(programme, at, (one.inner, BASE), other)
    if not part or not all(whole):
        return []
    return _less([key for keys in whole for key in keys], part)


def _respondents(programme: Programme, at: Tables, event: Event, other: Event) -> list[Key]:
    """The cells that add up to the respondents of both events, whichever of the two breaks the other down."""
    for (question, row), (breakdown, column) in ((event, other), (other, event)):
        if table := at.get((question, breakdown)):
            columns = table.columns if column == BASE else (column,)
            keys = [(table.table_id, row, each) for each in columns]
            if all(key in programme.place for key in keys):
                return keys
    return []


def _relate_recodes(programme: Programme, universe: Universe, tables: list[Table]) -> None:
    """A coarse answer is the sum of its fine ones, whichever of two questions breaks the other down."""
    at = {(table.question, table.breakdown): table for table in tables}
    for recode in universe.recodes:
        members: dict[str, list[Event]] = {}
        for fine, coarse in recode.classes.items():
            members.setdefault(coarse, []).append((recode.fine, fine))
        for table in tables:
            for answer, parts in members.items():
                for whole, other in _wholes(table, recode.coarse, answer):
                    if (recode.fine, other[0]) in at or (other[0], recode.fine) in at:
                        keys = [key for part in parts for key in _respondents(programme, at, part, other)]
                        _sum_up(programme, whole, keys)


def _wholes(table: Table, coarse: str, answer: str) -> Iterator[tuple[Key, Event]]:
    """The cells of a coarse answer, each with what is counted together with it."""
    if table.question == coarse:
        yield from (((table.table_id, answer, column), (table.breakdown, column)) for column in table.columns)
    if table.breakdown == coarse:
        yield from (((table.table_id, row, answer), (table.question, row)) for row in (BASE, *table.rows))


def _sum_up(programme: Programme, whole: Key, parts: list[Key]) -> None:
    """A part that no table lists counts nobody; OTHERS are no fewer than their parts."""
    if whole not in programme.place:
        return
    if OTHERS in whole:
        programme.relate_inside(_less([whole], parts))
        return
    if len({sum(programme.counts[programme.place[key]] for key in keys) for keys in ([whole], parts)}) > 1:
        raise ValueError(f"{whole} is not the sum of its recoded parts {parts}")
    programme.relate(_less([whole], parts))
