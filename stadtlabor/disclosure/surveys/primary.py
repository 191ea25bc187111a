"""Primary suppression: which cells tell too much by themselves.

Choices, beyond counts of 1 … k−1:

- A zero is published. Nobody is counted in it, and taking part in a self-selected survey is not
  publicly known; official tables print zeros too.
- With several answers, a cell whose "not marked" counts 1 … k−1 is hidden: the base stands beside it.
- In a sensitive table an answer that *everybody* of a base gave is hidden, and with it the zeros
  beside it: whoever knows that a person took part would know the answer.
- The base of a breakdown's column below k is not shown, but needs no range where the breakdown's own
  table shows the size of the class: it only adds how many of the class answered.
- Who did not state the breakdown stands in no column, but follows from totals less columns: their answers of
  1 … k−1 get a range by secondary suppression (`programmes.small_rests`). By a question that leads to others
  everybody stands in a column.
- Who did not answer is no protected group: nothing is said of them. They count as unknown when ranges are computed.
"""

import numpy as np
from numpy.typing import NDArray

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.count_tables import PRIMARY, SMALL_BASE, Counts, States, Table


def hide_primary(table: Table, k: int, policy: Policy, parts: frozenset[str], known_zeros: NDArray[np.bool_]) -> None:
    """Set the states of cells and bases that must be hidden for what they say themselves.

    Args:
        table: changed in place.
        k: the threshold that holds for this table.
        policy: gives `small_base`.
        parts: the parts of the protection that are switched on.
        known_zeros: cells that are zero by what is published elsewhere; nothing hides them.
    """
    raise_states(table.states, table.base < policy.small_base, SMALL_BASE)
    if "primary" in parts:
        raise_states(table.states, _is_small(table.counts, k), PRIMARY)
        raise_states(table.base_states, _is_small(table.base, k), PRIMARY)
    if "complement" in parts and table.shape == "marks":
        # Where the base itself is small it is hidden, and nothing follows from a cell of it.
        raise_states(table.states, _is_small(table.base - table.counts, k) & (table.base >= k), PRIMARY)
    if "group" in parts and table.is_sensitive:
        everybody = (table.counts == table.base) & (table.base > 0)
        if table.shape == "partition":
            everybody = np.broadcast_to(everybody.any(axis=0), everybody.shape)
        raise_states(table.states, everybody & ~known_zeros, PRIMARY)


def _is_small(counts: Counts, k: int) -> np.ndarray:
    return (counts >= 1) & (counts < k)


def raise_states(states: States, where: np.ndarray, state: int) -> None:
    """Hide cells for a reason, in place, where no stronger one hides them already."""
    np.maximum(states, np.where(where, state, 0), out=states, casting="unsafe")
