"""Secondary suppression: the cheapest further cells that protect a hidden one, as an integer programme.

For a hidden cell the programme looks for two ways to move respondents between cells, `up` and `down`,
such that every published number stays as it is and the cell's two values lie at least k apart. Moving
a published cell costs hiding it. Both ways, added to the true counts, are counts an attacker cannot
rule out, so the cell's range is at least k wide by construction, whatever is hidden later.

The programme of one hidden cell is the model of Fischetti and Salazar (2001) for cell suppression,
solved cell after cell as in Kelly, Golden and Assad (1992); each solution also vouches for every other
cell it happens to move.
"""

from collections.abc import Callable

import numpy as np

from stadtlabor.disclosure.moves import HIDDEN, Key, Programme, Widths
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
    unprotected: list[Key] = []

    def still() -> list[tuple[int, Key, int]]:
        width = widths.high - widths.low
        open_targets = ((programme.place[key], key, k) for key, k in targets().items() if key not in unprotected)
        return sorted((programme.counts[i], key, k) for i, key, k in open_targets if width[i] < k)

    search.look_around(widths, lambda: [(programme.place[key], k) for _, key, k in still()])
    while found := still():
        _, key, k = found[0]
        solution = search.cheapest(programme.place[key], k)
        if solution is None:
            unprotected.append(key)
            continue
        up, down, hidden = solution
        widths.see(up)
        widths.see(down)
        for index in hidden:
            programme.modes[index] = HIDDEN
            hide(programme.keys[index])
        if hidden:
            search.look_around(widths, lambda: [(programme.place[key], k) for _, key, k in still()])
    return unprotected
