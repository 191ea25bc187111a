"""Disclosure control: from true count tables to what may be published of them."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import polars as pl
from scipy.cluster.hierarchy import DisjointSet

from stadtlabor.disclosure.moves import Key, Programme
from stadtlabor.disclosure.policy import PARTS, Policy
from stadtlabor.disclosure.secondary import suppress_secondary
from stadtlabor.disclosure.surveys import links, programmes
from stadtlabor.disclosure.surveys.count_tables import (
    BASE,
    SECONDARY,
    SMALL_BASE,
    Nested,
    Recode,
    Table,
    read_tables,
    shows_zeros,
)
from stadtlabor.disclosure.surveys.links import Universe
from stadtlabor.disclosure.surveys.previous import Previous
from stadtlabor.disclosure.surveys.primary import hide_primary, raise_states
from stadtlabor.disclosure.surveys.published import write


class ProtectionError(Exception):
    """A hidden cell that no further hiding makes safe; the message names it, `table_id` its table.

    `only_table`: it is enough to leave that table out, since what it tells is of those without a group.
    """

    def __init__(self, message: str, table_id: str, only_table: bool = False) -> None:
        super().__init__(message)
        self.table_id, self.only_table = table_id, only_table


def protect(
    cells: pl.DataFrame,
    policy: Policy,
    recodes: Iterable[Recode] = (),
    completed: Mapping[str, int] | None = None,
    previous: pl.DataFrame | None = None,
    parts: frozenset[str] = PARTS,
    nested: Iterable[Nested] = (),
) -> pl.DataFrame:
    """Decide for every cell whether its count is published, and publish it rounded.

    First the cells that tell too much by themselves are hidden, then others with them until every
    hidden count can lie in a range of at least k values; only then is anything rounded.

    Args:
        cells: true counts, columns `tables.CELLS`; every table of a release at once, since tables
            that are protected apart can give each other away.
        policy: the thresholds.
        recodes: which questions are others in coarser classes.
        completed: published number of completed responses by universe.
        previous: the last release's frame (columns `tables.RELEASED`); a count that differs from it by
            less than k is hidden, and a cell hidden in it stays hidden.
        parts: parts of the protection that are switched on; all but in experiments.
        nested: which questions were put to those alone who gave an answer to another one.

    Returns:
        Columns `tables.RELEASED`, `count` and `status` (published, small_base, secondary, primary), one
        row per cell, with a row `base` per column. Publish `tables.released(…)` of it, never itself.

    Raises:
        ValueError: the tables contradict each other or themselves.
        ProtectionError: a hidden cell cannot be protected, whatever else is hidden.
    """
    tables = read_tables(cells)
    before = Previous(previous if "previous" in parts else None)
    for universe in links.gather(tables, recodes, completed or {}, nested):
        _protect_universe(universe, policy, before, parts)
    return write(tables, policy, has_shares_of_hidden="shares" not in parts)


def _protect_universe(universe: Universe, policy: Policy, before: Previous, parts: frozenset[str]) -> None:
    tables = {table.table_id: table for table in universe.tables.values()}
    own = links.thresholds(universe, policy)
    k_of = {
        table.table_id: own[table.question] if table.is_total else policy.threshold(table.is_sensitive)
        for table in tables.values()
    }
    _blank_breakdowns_of_small_questions(universe, policy)
    # Totals first: their zeros are known in the breakdowns.
    for table in sorted(tables.values(), key=lambda each: not each.is_total):
        is_shown = shows_zeros(table.is_total, table.is_sensitive) and table.base[0] >= policy.small_base
        table.floor = int(is_shown and "zeros" in parts)
        known = links.known_zeros(table, None if table.is_total else universe.total(table.question))
        hide_primary(table, k_of[table.table_id], policy, parts, known)
        before.hide(table, known, policy.threshold(table.is_sensitive), policy.round_to)
    _hide_more(universe, k_of, parts)
    if parts == PARTS and _is_narrowed(universe, k_of):
        _hide_more(universe, k_of, parts, crosses=True)


def _hide_more(universe: Universe, k_of: dict[str, int], parts: frozenset[str], crosses: bool = False) -> None:
    while unprotected := _suppress_secondary(universe, k_of, parts, crosses):
        if parts != PARTS:
            # An experiment wants to see the harm.
            return
        if not links.hide_margins(universe, unprotected):
            raise ProtectionError(
                f"In {universe.name} the hidden cell {unprotected[0]} cannot be protected: what is published "
                "around it leaves too little room. Merge small answers or classes, or leave the table out.",
                unprotected[0][0],
            )


def _is_narrowed(universe: Universe, k_of: dict[str, int]) -> bool:
    """Whether third questions leave a hidden cell too little room; they seldom do, so it is asked afterwards."""
    for table in universe.tables.values():
        asked = _hidden_targets(universe, [table], k_of)
        for row, column, least, most in links.crossed(universe, table) if asked else ():
            if most - least < asked.get((table.table_id, row, column), 0):
                return True
    return False


def _suppress_secondary(universe: Universe, k_of: dict[str, int], parts: frozenset[str], crosses: bool) -> list[Key]:
    """Secondary suppression over all tables; returns the cells that could not be protected."""
    unprotected: list[Key] = []
    if "classes" in parts:
        for family in _families(universe):
            own = [table for question in sorted(family) if (table := universe.total(question))]
            unprotected += _protect_part(universe, programmes.of_questions(universe, family), own, k_of)
    if "linked" in parts:
        links.close(universe)
    if "cells" in parts:
        for block in _blocks(universe):
            unprotected += _protect_part(universe, programmes.of_breakdown(universe, block, crosses), block, k_of)
    return unprotected


def _protect_part(universe: Universe, programme: Programme, tables: list[Table], k_of: dict[str, int]) -> list[Key]:
    """Protect the hidden cells of the tables; where that fails, withdraw the tables and try again.

    So with the answers hidden in the totals beside, which whoever was put a question may limit group by group.
    """
    by_id = {table.table_id: table for table in tables}
    rests = programmes.small_rests(programme, universe, k_of)
    inside = {table_id for table_id, _, _ in programme.keys} - by_id.keys()
    leading = {one.outer for one in universe.nested}
    margins = [own for own in universe.tables.values() if own.table_id in inside and own.question in leading]

    def hide(key: Key) -> None:
        table_id, row, column = key
        _hide(by_id[table_id], row, column)

    def targets() -> dict[Key, int]:
        return _hidden_targets(universe, [*tables, *margins], k_of) | rests

    # First the tables that fail give way, and if that is not enough all that hang together.
    while unprotected := suppress_secondary(programme, targets, hide):
        for key in unprotected:
            if key in rests:
                raise ProtectionError(
                    f"In {universe.name} {key} cannot be protected: who gave no group follows from the table. "
                    "Leave it out.",
                    key[0],
                    only_table=True,
                )
        withdrawn = [table for table in tables if table.table_id in {table_id for table_id, _, _ in unprotected}]
        if not withdrawn or not _withdraw_all(universe, programme, withdrawn):
            break
    if unprotected and _withdraw_all(universe, programme, tables):
        unprotected = suppress_secondary(programme, targets, hide)
    return unprotected


def _hidden_targets(universe: Universe, tables: Iterable[Table], k_of: dict[str, int]) -> dict[Key, int]:
    """The cells and bases that are hidden for confidentiality, with the width that each needs.

    So does a cell whose base is small where a narrow range around its count would reach below k. A base needs none
    where the size of its class is published: it only adds how many of the class answered.
    """
    found: dict[Key, int] = {}
    for table in tables:
        shown, k = universe.published_answers(table.breakdown), k_of[table.table_id]
        known = links.known_zeros(table, None if table.is_total else universe.total(table.question))
        is_target = (table.states >= SECONDARY) | ((table.states == SMALL_BASE) & (table.counts < 2 * k) & ~known)
        found |= {
            (table.table_id, BASE, column): k
            for column, state in zip(table.columns, table.base_states, strict=True)
            if state >= SECONDARY and column not in shown
        }
        found |= {(table.table_id, table.rows[i], table.columns[j]): k for i, j in np.argwhere(is_target)}
    return found


def _withdraw_all(universe: Universe, programme: Programme, tables: list[Table]) -> bool:
    """Hide whole tables; False where they are hidden already."""
    is_new = False
    for table in tables:
        _withdraw(universe, table)
        for at, (table_id, row, column) in enumerate(programme.keys):
            if table_id == table.table_id and column in table.columns and links.is_hidden(table, row, column):
                is_new |= programme.modes[at] != programmes.HIDDEN
                programme.modes[at] = programmes.HIDDEN
    return is_new


def _hide(table: Table, row: str, column: str) -> None:
    states = table.base_states if row == BASE else table.states[table.rows.index(row)]
    at = table.columns.index(column)
    states[at] = max(states[at], SECONDARY)


def _withdraw(universe: Universe, table: Table) -> None:
    """Hide the whole table but for its known zeros."""
    known = links.known_zeros(table, None if table.is_total else universe.total(table.question))
    raise_states(table.states, ~known & (table.counts >= table.floor), SECONDARY)
    if not table.is_total:
        raise_states(table.base_states, table.base > 0, SECONDARY)


def _blank_breakdowns_of_small_questions(universe: Universe, policy: Policy) -> None:
    """A question too small to be shown is not shown by breakdown either, not even its bases."""
    for table in universe.tables.values():
        own = universe.total(table.question)
        if not table.is_total and own is not None and own.base[0] < policy.small_base:
            raise_states(table.states, np.array(True), SMALL_BASE)
            raise_states(table.base_states, np.array(True), SMALL_BASE)


def _families(universe: Universe) -> Iterator[frozenset[str]]:
    questions = sorted({question for question, _ in universe.tables})
    yield from dict.fromkeys(universe.nested_with([question]) for question in questions)


def _blocks(universe: Universe) -> list[list[Table]]:
    """Breakdown tables of the same two families of questions, either way round, or by breakdowns that are nested."""
    tables = {place: table for place, table in universe.tables.items() if not table.is_total}
    blocks, first = DisjointSet(tables), dict[frozenset[frozenset[str]], tuple[str, str]]()
    for question, breakdown in tables:
        pair = frozenset({universe.family(question), universe.family(breakdown)})
        blocks.merge(first.setdefault(pair, (question, breakdown)), (question, breakdown))
        for one in universe.nested:
            if one.inner == breakdown and (question, one.outer) in tables:
                blocks.merge((question, breakdown), (question, one.outer))
            if one.inner == question:
                for outer in ((one.outer, breakdown), (breakdown, one.outer)):
                    if outer in tables:
                        blocks.merge((question, breakdown), outer)
    return [[tables[place] for place in tables if place in block] for block in blocks.subsets()]
