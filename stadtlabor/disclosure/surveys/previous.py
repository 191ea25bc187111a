"""The last release: what it published is known for good, so small changes since must not show."""

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stadtlabor.disclosure.surveys.count_tables import BASE, KEY, SECONDARY, Table
from stadtlabor.disclosure.surveys.published import rounded


class Previous:
    """Look-up of the last release's cells."""

    def __init__(self, released: pl.DataFrame | None) -> None:
        self._counts: dict[tuple[str, ...], int | None] = {}
        if released is not None:
            rows = released.select(*KEY, "published_count").iter_rows()
            self._counts = {tuple(key): count for *key, count in rows}

    def hide(self, table: Table, known_zeros: NDArray[np.bool_], k: int, round_to: int) -> None:
        """Hide what the last release hid, and what has changed by less than k: both would tell how many came since.

        Known zeros, also beneath a hidden base, are printed as hidden, but nothing protects them; and what is blank
        anyway needs no more room for having been blank.
        """
        for i, j, row, column in _places(table):
            key = (table.universe, table.table_id, row, column)
            is_known = table.impossible[:, j].all() if i is None else known_zeros[i, j]
            count = rounded(int(table.base[j] if i is None else table.counts[i, j]), round_to)
            old = self._counts.get(key, count)
            if i is None and old == sum(rounded(int(part), round_to) for part in table.counts[:, j]):
                continue
            if is_known or (old is not None and not 0 < abs(count - old) < k):
                continue
            states, at = (table.base_states, j) if i is None else (table.states[i], j)
            states[at] = states[at] or SECONDARY


def _places(table: Table) -> Iterator[tuple[int | None, int, str, str]]:
    for j, column in enumerate(table.columns):
        yield None, j, BASE, column
        for i, row in enumerate(table.rows):
            yield i, j, row, column
