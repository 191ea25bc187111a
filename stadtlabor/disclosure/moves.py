"""What may move: cells with their true counts, and the relations that their changes must keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

Key = tuple[str, str, str]

# Hidden, may move freely; published, may be hidden at a price; published for good.
HIDDEN, CANDIDATE, FIXED = range(3)


@dataclass
class Programme:
    """The cells that hang together, and the relations that hold between their changes.

    Each relation is (coefficients by cell, slack): Σ coefficient · change ≤ slack, with equality and
    slack 0 where `slack` is None. `rests`: cells that nobody prints, each with its base.
    """

    keys: list[Key] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    floors: list[int] = field(default_factory=list)
    modes: list[int] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    relations: list[tuple[dict[int, int], int | None]] = field(default_factory=list)
    follows: list[tuple[int, int]] = field(default_factory=list)
    place: dict[Key, int] = field(default_factory=dict)
    rests: list[tuple[Key, Key]] = field(default_factory=list)

    def add(self, key: Key, count: int, mode: int, cost: float, floor: int = 0) -> None:
        """Add a cell; `cost` is the price of hiding it where it is a candidate, `floor` what it is known to hold."""
        self.place[key] = len(self.keys)
        self.keys.append(key)
        self.counts.append(count)
        self.floors.append(min(floor, count))
        self.modes.append(mode)
        self.costs.append(cost)

    def relate(self, coefficients: Iterable[tuple[Key, int]], slack: int | None = None) -> None:
        """Add a relation between the changes of cells.

        Raises:
            ValueError: the true counts break the relation themselves; the tables contradict each other.
        """
        coefficients = list(coefficients)
        if slack is not None and slack < 0:
            raise ValueError(f"the tables contradict each other by {-slack} respondent(s) at {coefficients[0][0]}")
        row: dict[int, int] = {}
        for key, value in coefficients:
            row[self.place[key]] = row.get(self.place[key], 0) + value
        self.relations.append((row, slack))

    def relate_inside(self, whole: Sequence[tuple[Key, int]], part: Sequence[tuple[Key, int]] | None = None) -> None:
        """Some respondents, as coefficients of cells, are no fewer than a part of them; an empty side says nothing."""
        if whole and (part is None or part):
            left = [*whole, *((key, -value) for key, value in part or ())]
            slack = sum(value * self.counts[self.place[key]] for key, value in left)
            self.relate([(key, -value) for key, value in left], slack)

    def add_rest(self, key: Key, base: Key, whole: Sequence[tuple[Key, int]]) -> None:
        """Add a cell that nobody prints, but that follows from others: Σ coefficient · count.

        Raises:
            ValueError: it counts less than nobody; the tables contradict each other.
        """
        self.relate_inside(whole)
        self.relations.pop()
        self.add(key, sum(value * self.counts[self.place[cell]] for cell, value in whole), HIDDEN, 0.0)
        self.relate([*whole, (key, -1)])
        self.rests.append((key, base))

    def hide_with(self, first: Key, then: Key) -> None:
        """Whoever hides `first` hides `then` as well, which is not published for good."""
        self.follows.append((self.place[first], self.place[then]))


@dataclass
class Widths:
    """How far each cell of a programme is known to move, downwards (≤ 0) and upwards (≥ 0)."""

    low: np.ndarray
    high: np.ndarray

    def see(self, change: np.ndarray) -> None:
        """Take note of one feasible change of all cells."""
        np.minimum(self.low, change, out=self.low)
        np.maximum(self.high, change, out=self.high)
