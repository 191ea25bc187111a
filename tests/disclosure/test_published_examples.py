"""Examples that other tools print with their results: how many cells ours hides beside them, and that none follows.

Figures and results as printed by the packages' own articles:
statisticsnorway/ssb-gausssuppression, articles/Small_count_frequency_table_suppression.md, tables 1, 2 and 4 ("Gauss");
statisticsnorway/ssb-easysdctable, articles/easySdcTableVignette.md, data z2w ("Gauss", and sdcTable's heuristics).
"""

from itertools import product

import numpy as np
import pytest
from scipy.sparse import csr_array

from stadtlabor.disclosure.moves import CANDIDATE, HIDDEN, Programme
from stadtlabor.disclosure.ranges import solve
from stadtlabor.disclosure.secondary import suppress_secondary

EU = ({"young": {"Spain": 5, "Iceland": 2, "Portugal": 0}, "old": {"Spain": 6, "Iceland": 3, "Portugal": 4}},
      {"EU": ("Spain", "Portugal"), "nonEU": ("Iceland",)})  # fmt: skip
AID = dict(zip("ABCDEFGHIJK", (
    (11, 11, 55, 36), (7, 1, 29, 18), (5, 8, 35, 25), (13, 2, 17, 13), (9, 14, 63, 52), (12, 9, 24, 22),
    (6, 4, 22, 8), (9, 3, 38, 15), (3, 0, 9, 2), (9, 0, 32, 20), (4, 2, 18, 11),
), strict=True))  # fmt: skip
AID_BY_KIND = {
    kind: {region: row[place] for region, row in AID.items()}
    for place, kind in enumerate(("annet", "arbeid", "soshjelp", "trygd"))
}
PLACES = {"fylke 1": "AI", "fylke 4": "B", "fylke 5": "CD", "fylke 6": "EF", "fylke 8": "GH", "fylke 10": "JK",
          "kostragr 300": "ABCDEFGH", "kostragr 400": "IJK"}  # fmt: skip


def table(rows, groups):
    """Every cell with its count, totals and sums of groups among them; and which cells add up to which."""
    inner = sorted(next(iter(rows.values())))
    unions = {**{one: (one,) for one in inner}, **groups, "total": tuple(inner)}
    lines = {**{one: (one,) for one in rows}, "total": tuple(rows)}
    counts = {
        (line, column): sum(rows[one][place] for one in lines[line] for place in unions[column])
        for line, column in product(lines, unions)
    }
    sums = [[(("total", column), -1), *(((line, column), 1) for line in rows)] for column in unions]
    for line, (name, inside) in product(lines, unions.items()):
        if name not in inner:
            sums.append([((line, name), -1), *(((line, one), 1) for one in inside)])
    return counts, sums


@pytest.mark.parametrize(
    ("rows", "groups", "small", "protects_zeros", "primary_count", "theirs", "ours"),
    [
        (EU[0], {}, 1, True, 1, 3, 3),
        (*EU, 2, True, 3, 5, 7),
        (*EU, 4, False, 6, 4, 4),
        (AID_BY_KIND, {}, 3, True, 8, 5, 6),
        (AID_BY_KIND, PLACES, 2, False, 7, 21, 17),
    ],
    ids=["gauss-1", "gauss-2", "gauss-4", "sdctable", "sdctable-linked"],
)
def test_secondary_suppressions_beside_those_of_others(
    rows, groups, small, protects_zeros, primary_count, theirs, ours
):
    """Cell after cell is not always the fewest, nor is theirs: `theirs` stands beside `ours`, 38 in all and 37."""
    assert abs(ours - theirs) <= 4
    counts, sums = table(rows, groups)
    primary = {cell for cell, count in counts.items() if (0 if protects_zeros else 1) <= count <= small}
    hidden = set(primary)
    programme = Programme()
    for cell, count in counts.items():
        programme.add((*cell, ""), count, HIDDEN if cell in primary else CANDIDATE, 1.0 + count / 1000)
    for one in sums:
        programme.relate([((*cell, ""), sign) for cell, sign in one])

    left = suppress_secondary(
        programme, lambda: {(*cell, ""): 1 for cell in hidden}, lambda key: hidden.add((key[0], key[1]))
    )

    assert left == []
    assert len(primary) == primary_count
    assert len(hidden) - len(primary) <= ours
    assert all(width >= 1 for width in widths(counts, sums, hidden))


def widths(counts, sums, hidden):
    """How far each hidden count can lie, as an attacker finds it."""
    place = {cell: n for n, cell in enumerate(counts)}
    matrix = np.zeros((len(sums), len(counts)))
    for number, one in enumerate(sums):
        for cell, sign in one:
            matrix[number, place[cell]] += sign
    true = np.array(list(counts.values()), float)
    is_hidden = np.array([cell in hidden for cell in counts])
    low, high = np.where(is_hidden, 0.0, true), np.where(is_hidden, 2 * true.max(), true)
    found = solve(csr_array(matrix), np.full(len(sums), True), low, high, {place[cell]: 1 for cell in hidden})
    return [found.high[place[cell]] - found.low[place[cell]] for cell in hidden]
