"""One space's numbers and who contributed to them, as protection sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from stadtlabor.disclosure.dominance import dominance_reason

Cell = tuple[str, str]
Numbers = np.ndarray


@dataclass
class Space:
    """One space's numbers: amounts, limits and contributions (a column per person, the first for all unnamed)."""

    amounts: Mapping[Cell, int]
    limits: Mapping[Cell, int | None]
    people: Mapping[Cell, Numbers]
    previous: frozenset[Cell]
    width: int
    hidden: set[Cell] = field(default_factory=set)

    def family(self, name: str) -> list[Cell]:
        """The cells of a family."""
        return [cell for cell in self.amounts if cell[0] == name]

    def passes(self, cells: Sequence[Cell]) -> bool:
        """Whether the sum of the cells may be published."""
        sums = np.zeros(self.width)
        for cell in cells:
            sums += self.people.get(cell, 0)
        return passes_rule(sums)

    def cheapest(self, cells: Sequence[Cell]) -> Cell | None:
        """What is missed least: what readers do not know already, and then the smallest."""
        return min(cells, key=lambda cell: (cell in self.previous, self.amounts[cell], cell[1]), default=None)


def passes_rule(sums: Numbers) -> bool:
    """Whether a sum may be published, from what each person contributed, the unnamed first."""
    # Nobody knows who the unnamed are: they make no further person, and may all be the largest one.
    named = np.sort(sums[1:][sums[1:] > 0])[::-1]
    return len(named) > 0 and dominance_reason([named[0] + sums[0], *named[1:]]) is None
