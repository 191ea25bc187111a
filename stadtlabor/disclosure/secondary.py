"""Secondary suppression: the cheapest further cells that protect a hidden one, as an integer programme.

For a hidden cell the programme looks for two ways to move respondents between cells, `up` and `down`,
such that every published number stays as it is and the cell's two values lie at least k apart. Moving
a published cell costs hiding it. Both ways, added to the true counts, are counts an attacker cannot
rule out, so the cell's range is at least k wide by construction, whatever is hidden later.

The programme of one hidden cell is the model of Fischetti and Salazar (2001) for cell suppression,
solved cell after cell as in Kelly, Golden and Assad (1992); each solution also vouches for every other
cell it happens to move. What is hidden already is tried first.
"""

from collections.abc import Callable

import numpy as np

from stadtlabor.disclosure.moves import FIXED, HIDDEN, Key, Programme, Widths
from stadtlabor.disclosure.search import Search


def suppress_secondary(
    programme: Programme, targets: Callable[[], dict[Key, int]], hide: Callable[[Key], None]
) -> list[Key]:
    """Hide cells until every target's range is as wide as asked; returns the targets that cannot be protected.

    Args:
        programme: modes are changed in place as cells are hidden.
        targets: gives the hidden cells with the width each needs; asked anew after every hiding.
        hide: called with every cell that gets hidden.
    """
    search = Search(programme)
    widths = Widths(np.zeros(len(programme.keys)), np.zeros(len(programme.keys)))
    asked = targets()
    unprotected = [key for key in asked if programme.modes[programme.place[key]] == FIXED]

    def still() -> list[tuple[int, int]]:
        """Place and width of the targets that are known to move less, the smallest first."""
        width = widths.high - widths.low
        places = ((programme.place[key], k) for key, k in asked.items() if key not in unprotected)
        return sorted((pair for pair in places if width[pair[0]] < pair[1]), key=smallest_first)

    def smallest_first(pair: tuple[int, int]) -> tuple[int, Key]:
        return programme.counts[pair[0]], programme.keys[pair[0]]

    search.look_around(widths, still)
    while found := still():
        solution = search.free(*found[0]) or search.cheapest(*found[0])
        if solution is None:
            unprotected.append(programme.keys[found[0][0]])
            continue
        up, down, hidden = solution
        widths.see(up)
        widths.see(down)
        for index in hidden:
            programme.modes[index] = HIDDEN
            hide(programme.keys[index])
        if hidden:
            asked = targets()
            search.look_around(widths, still)
    return unprotected
