"""The last release: what it published is known for good, so small changes since must not show."""

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.count_tables import BASE, KEY, PRIMARY, PUBLISHED, SECONDARY, Table


class Previous:
    """Look-up of the last release's cells; without one, nothing is retained."""

    def __init__(self, released: pl.DataFrame | None) -> None:
        self._counts: dict[tuple[str, ...], int | None] = {}
        if released is not None:
            rows = released.select(*KEY, "published_count").iter_rows()
            self._counts = {tuple(key): count for *key, count in rows}

    def retained(self, table: Table, row: str, column: str, count: int, policy: Policy) -> int | None:
        """The old value where it stays in force, else None."""
        old = self._counts.get((table.universe, table.table_id, row, column))
        is_retained = old is not None and abs(count - old) < policy.threshold(table.is_sensitive)
        return old if is_retained else None

    def keep_hidden(self, table: Table, known_zeros: NDArray[np.bool_]) -> None:
        """Hide what the last release hid: a count that appears tells how many came since.

        Known zeros, also beneath a hidden base, are printed as hidden, but nothing protects them; and what is blank
        anyway needs no more room for having been blank.
        """
        for i, j, row, column in _places(table):
            key = (table.universe, table.table_id, row, column)
            is_known = table.impossible[:, j].all() if i is None else known_zeros[i, j]
            if self._counts.get(key, 0) is not None or is_known:
                continue
            states, at = (table.base_states, j) if i is None else (table.states[i], j)
            states[at] = states[at] or SECONDARY

    def open_retained(self, table: Table, policy: Policy) -> None:
        """A cell that keeps its old value says nothing new; its new count needs no hiding."""
        for i, j, row, column in _places(table):
            count = int(table.base[j] if i is None else table.counts[i, j])
            if self.retained(table, row, column, count, policy) is None:
                continue
            if i is None and table.base_states[j] == PRIMARY:
                table.base_states[j] = PUBLISHED
            elif i is not None and table.states[i, j] == PRIMARY:
                table.states[i, j] = PUBLISHED


def _places(table: Table) -> Iterator[tuple[int | None, int, str, str]]:
    for j, column in enumerate(table.columns):
        yield None, j, BASE, column
        for i, row in enumerate(table.rows):
            yield i, j, row, column
