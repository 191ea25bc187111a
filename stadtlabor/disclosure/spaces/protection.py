"""What may be published of a space's use: what rests on a handful of people is hidden, and what would disclose it.

Four steps per space: numbers that fail the rule of dominance are hidden; of numbers that add up to a known
one, further ones are hidden until what the hidden ones sum up to passes the rule itself; of the rest as
much is published, the most useful first, as discloses no hidden number by adding and subtracting; and
more is hidden where bounds (no less than nothing, no more than was available) make a range too narrow.

`audit` attacks what comes of it; the two share the rule, no more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from stadtlabor.disclosure.dominance import dominance_reason
from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.spaces.algebra import Known
from stadtlabor.disclosure.spaces.spans import Printed, widths

# One row per number: published, primary (it fails the rule itself) or secondary (it would disclose others).
PROTECTED: Mapping[str, type[pl.DataType]] = {
    "space_id": pl.String,
    "family": pl.String,
    "cell": pl.String,
    "status": pl.String,
}
# What is suppressed first where there is a choice; the whole of a space is never suppressed for a part.
SUPPRESSIBLE = ("level", "day", "profile", "week", "month", "summer", "holidays", "purpose", "lead_time", "stay")
HOUR = 3600

Cell = tuple[str, str]
Numbers = np.ndarray


@dataclass(frozen=True)
class _Space:
    """One space's numbers by (family, cell): amounts, why hidden, who contributed, and how they hang together."""

    amounts: Mapping[Cell, int]
    reasons: Mapping[Cell, str | None]
    users: Mapping[Cell, tuple[Numbers, Numbers]]
    lines: Sequence[Sequence[Cell]]
    members: Mapping[Cell, Mapping[str, int]]
    available: Mapping[Cell, int | None]
    previous: frozenset[Cell]


def protected(
    cells: pl.DataFrame,
    lines: pl.DataFrame,
    contributions: pl.DataFrame,
    members: pl.DataFrame,
    previous: pl.DataFrame,
) -> pl.DataFrame:
    """Decide for every number of every space whether it may be published.

    Args:
        cells: space_id, family, cell, amount, reason (null where the number passes the rule by itself),
            available_seat_seconds (null where there is no such limit).
        lines: space_id, line, family, cell; the numbers of a line add up to something known.
        contributions: space_id, family, cell, user_id ('' for all who are not named), amount > 0.
        members: space_id, family, cell, atom, factor; numbers as sums of days and of hours of the week.
        previous: space_id, family, cell; what readers know already, and what is published again where it can be.

    Returns:
        Columns PROTECTED. Where a space's whole use fails the rule nothing of it is published.
    """
    rows = [
        (name, *cell, status)
        for name, space in _spaces(cells, lines, contributions, members, previous)
        for cell, status in _decided(space).items()
    ]
    return pl.DataFrame(rows, schema=dict(PROTECTED), orient="row")


def _decided(space: _Space) -> dict[Cell, str]:
    hidden = {cell for cell, reason in space.reasons.items() if reason is not None}
    primary = set(hidden)
    if ("total", "") in hidden or ("total", "") not in space.reasons:
        hidden = set(space.reasons)
    else:
        if any(family == "kind" for family, _ in hidden):
            # Purposes and kinds add up to the same; with both, a hidden kind could be worked out.
            hidden |= {cell for cell in space.reasons if cell[0] == "purpose"}
        before = None
        # What is hidden by one rule may have to be protected by another.
        while before != hidden:
            before = set(hidden)
            _suppress_secondary(space, hidden)
            _prevent_exact_disclosure(space, hidden)
            if before == hidden:
                _widen_protection_intervals(space, hidden)
    return {
        cell: "primary" if cell in primary else "secondary" if cell in hidden else "published" for cell in space.reasons
    }


def _suppress_secondary(space: _Space, hidden: set[Cell]) -> None:
    """Hide more of each line until the sum of what is hidden passes the rule, or nothing is left of it."""
    is_settled = False
    while not is_settled:
        is_settled = True
        for line in space.lines:
            while (secret := [cell for cell in line if cell in hidden]) and _too_few_contributors(space, secret):
                shown = [cell for cell in line if cell not in hidden]
                if not shown:
                    break
                hidden.add(min(shown, key=lambda cell: _price(space, cell)))
                is_settled = False


def _too_few_contributors(space: _Space, secret: Sequence[Cell]) -> bool:
    # What days and hours are part of is looked after by algebra; of other numbers one alone follows from the sum.
    is_alone = len(secret) == 1 and secret[0] not in space.members
    return is_alone or _fails(space, secret)


def _fails(space: _Space, secret: Sequence[Cell]) -> bool:
    found = [space.users[cell] for cell in secret if cell in space.users]
    if not found:
        return True
    people = np.concatenate([who for who, _ in found])
    amounts = np.concatenate([amount for _, amount in found])
    sums = np.bincount(people, weights=amounts, minlength=1)
    # Nobody knows who the unnamed are: they make no further person, and may all be the largest one.
    named = sorted(sums[1:][sums[1:] > 0].tolist(), reverse=True)
    return not named or dominance_reason([named[0] + sums[0], *named[1:]]) is not None


def _price(space: _Space, cell: Cell) -> tuple[bool, int, int, str]:
    """What hiding a number costs its readers: whether they know it already, then its kind, then its size."""
    return cell in space.previous, SUPPRESSIBLE.index(cell[0]), space.amounts[cell], cell[1]


def _prevent_exact_disclosure(space: _Space, hidden: set[Cell]) -> None:
    """Hide more until no hidden number is a sum or difference of published ones."""
    atoms = {atom: n for n, atom in enumerate(sorted({atom for one in space.members.values() for atom in one}))}
    vectors = {cell: _vector(parts, atoms) for cell, parts in space.members.items()}
    known = Known(_rows([vectors[cell] for cell in sorted(hidden) if cell in vectors], atoms))
    known.take(_rows([vectors[cell] for cell in sorted(vectors) if cell[0] not in SUPPRESSIBLE], atoms))
    if known.determined.any():
        # The whole and what everybody knows suffice to infer it: then the whole goes, too.
        hidden |= set(space.reasons)
        return
    offered = [cell for cell in vectors if cell[0] in SUPPRESSIBLE and cell not in hidden]
    offered.sort(key=lambda cell: _price(space, cell), reverse=True)
    refused = known.publish(_rows([vectors[cell] for cell in offered], atoms))
    hidden |= {offered[position] for position in refused}


def _widen_protection_intervals(space: _Space, hidden: set[Cell]) -> None:
    """Hide one number more where a hidden one can be inferred to within an hour of one desk."""
    secret = sorted(cell for cell in hidden if cell in space.members)
    if not secret or ("total", "") in hidden:
        return
    atoms = {atom: n for n, atom in enumerate(sorted({atom for one in space.members.values() for atom in one}))}
    known = sorted(cell for cell in space.members if cell not in hidden)
    printed = Printed(
        _rows([_vector(space.members[cell], atoms) for cell in known], atoms),
        np.array([space.amounts.get(cell, 0) / HOUR for cell in known]),
        np.array([_limit(space, atom) / HOUR for atom in atoms]),
    )
    found = widths(printed, _rows([_vector(space.members[cell], atoms) for cell in secret], atoms), POLICY.least_hours)
    narrow = [cell for cell, width in zip(secret, found, strict=True) if width < POLICY.least_hours]
    if narrow:
        parts = space.members[narrow[0]].keys()
        shown = [cell for cell in space.reasons if cell[0] in SUPPRESSIBLE and cell not in hidden]
        beside = [cell for cell in shown if parts & space.members.get(cell, {}).keys()]
        alike = [cell for cell in shown if cell[0] == narrow[0][0]]
        # Only what it is a part of, or else its like, widens its range; without any the whole goes.
        more = min(beside or alike, key=lambda cell: _price(space, cell), default=None)
        hidden |= {more} if more else set(space.reasons)


def _limit(space: _Space, atom: str) -> int:
    """The most a part can hold: what was available of that day or hour; of all time, where neither."""
    found = (space.available.get((family, atom)) for family in ("day", "profile"))
    return next((limit for limit in found if limit is not None), space.available.get(("total", "")) or 0)


def _vector(parts: Mapping[str, int], atoms: Mapping[str, int]) -> Numbers:
    vector = np.zeros(len(atoms))
    vector[[atoms[atom] for atom in parts]] = list(parts.values())
    return vector


def _rows(vectors: Sequence[Numbers], atoms: Mapping[str, int]) -> Numbers:
    return np.array(vectors).reshape(len(vectors), len(atoms))


def _spaces(
    cells: pl.DataFrame,
    lines: pl.DataFrame,
    contributions: pl.DataFrame,
    members: pl.DataFrame,
    previous: pl.DataFrame,
) -> Iterator[tuple[str, _Space]]:
    def parts(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
        return {str(name): rows for (name,), rows in frame.group_by(["space_id"])}

    by_line, by_user, by_member = parts(lines), parts(contributions), parts(members)
    by_told = parts(previous)
    for name, mine in sorted(parts(cells).items()):
        keys = list(mine.select("family", "cell").iter_rows())
        yield (
            name,
            _Space(
                dict(zip(keys, mine["amount"].to_list(), strict=True)),
                dict(zip(keys, mine["reason"].to_list(), strict=True)),
                _users(by_user.get(name, contributions.clear())),
                _lines(by_line.get(name, lines.clear())),
                _members(by_member.get(name, members.clear())),
                dict(zip(keys, mine["available_seat_seconds"].to_list(), strict=True)),
                frozenset(by_told.get(name, previous.clear()).select("family", "cell").iter_rows()),
            ),
        )


def _users(rows: pl.DataFrame) -> dict[Cell, tuple[Numbers, Numbers]]:
    if rows.is_empty():
        return {}
    # 0 is kept for those without a name.
    named = sorted(set(rows["user_id"]) - {""})
    codes = pl.DataFrame({"user_id": ["", *named], "user": range(len(named) + 1)})
    coded = rows.join(codes, on="user_id").sort("family", "cell")
    sizes = coded.group_by("family", "cell", maintain_order=True).len()
    ends = np.cumsum(sizes["len"].to_numpy())[:-1]
    people, amounts = (np.split(coded[name].to_numpy(), ends) for name in ("user", "amount"))
    cells = sizes.select("family", "cell").iter_rows()
    return {(family, cell): (who, much) for (family, cell), who, much in zip(cells, people, amounts, strict=True)}


def _lines(rows: pl.DataFrame) -> list[list[Cell]]:
    grouped = sorted(rows.group_by(["line"]), key=lambda pair: str(pair[0]))
    return [sorted(one.select("family", "cell").iter_rows()) for _, one in grouped]


def _members(rows: pl.DataFrame) -> dict[Cell, dict[str, int]]:
    found: dict[Cell, dict[str, int]] = {}
    for family, cell, atom, factor in (
        rows.select("family", "cell", "atom", "factor").sort("family", "cell").iter_rows()
    ):
        found.setdefault((family, cell), {})[atom] = factor
    return found
