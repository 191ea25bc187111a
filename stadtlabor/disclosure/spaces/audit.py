"""The attack on a finished release's tables of spaces, from everything that is printed of them.

Reads the release as anybody could. For each hidden number it asks in which range all numbers lie that agree with
everything printed, in this release and in the one that still serves: none may follow exactly, or nearly. And every sum
of days that printed numbers tell by subtraction must be one that could be printed. From the private warehouse it takes
who was there on which day, to hold such sums to the rule, and the true use as one that agrees with what is printed.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.spaces import differences
from stadtlabor.disclosure.spaces import printed as space_printed
from stadtlabor.disclosure.spaces.printed import Tables
from stadtlabor.disclosure.spaces.spans import TOLERANCE, ContradictionError, Printed, exchanged, widths

# How wide a hidden number's range must be: an hour of one desk, as many bookings as people must be.
ENOUGH: Mapping[str, float] = {"hours": POLICY.least_hours, "bookings": float(POLICY.k), "stays": float(POLICY.k)}
RULE = (
    f"users >= {POLICY.k}, largest <= {POLICY.largest_share:.0%}, "
    f"two largest <= {POLICY.two_largest_share:.0%} of seat-hours; ranges >= {ENOUGH['hours']:.0f} seat-hour, "
    f">= {ENOUGH['bookings']:.0f} bookings"
)
# Who was there, by day; the true use by part.
CONTRIBUTIONS = """
    select space_id, 'day ' || cell as part, user_id, amount
    from warehouse.core.core__space_contributions where family = 'day'
"""
TRUTH = """
    select
        space_id,
        case family when 'lead_time' then 'lead' else family end || ' ' || cell as part,
        case when family in ('lead_time', 'stay') then amount else amount / 3600 end as amount
    from warehouse.core.core__space_cells
    where family in ('day', 'part', 'level', 'kind', 'purpose', 'lead_time', 'stay')
"""
# Sums of all parts: that they changed says nothing of a single day.
WHOLES = frozenset({"the whole", "kind desk", "all bookings", "all stays"})
Row = tuple[str, int, int, int, int | None, str]
Key = tuple[str, str]


@dataclass(frozen=True)
class SpaceAudit:
    """The rows for `disclosure_audit` (none where there is no space), and in words what must not go out."""

    rows: list[Row]
    findings: list[str]


@dataclass
class _Tally:
    """What one attack found: hidden numbers, the narrowest of their ranges in seat-hours, findings."""

    findings: list[str] = field(default_factory=list)
    hidden: int = 0
    narrowest: float = np.inf

    def row(self, name: str) -> Row:
        """The tally as a row of `disclosure_audit`."""
        narrowest = None if np.isinf(self.narrowest) else int(self.narrowest)
        return (name, len(space_printed.TABLES), self.hidden, len(self.findings), narrowest, RULE)

    def add(self, key: Key, names: Sequence[str], ranges: np.ndarray) -> None:
        """Count one space's hidden numbers."""
        space, sort = key
        self.hidden += len(names)
        if sort == "hours" and len(ranges):
            self.narrowest = min(self.narrowest, float(ranges.min()))
        for name, width in zip(names, ranges, strict=True):
            if width < TOLERANCE:
                self.findings.append(f"{space}: {name} follows from what is printed")
            elif width < ENOUGH[sort] - TOLERANCE:
                self.findings.append(f"{space}: {name} can be inferred to within {width:.2f} {sort}")


def attack_spaces(release: Path, warehouse: Path, serving_release: Path | None = None) -> SpaceAudit:
    """Attack the tables of spaces of a release file, alone and together with the release that still serves."""
    with duckdb.connect() as connection:
        files = {"release": release, "warehouse": warehouse}
        for name, path in {**files, **({"serving": serving_release} if serving_release else {})}.items():
            connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
        tables = space_printed.read(connection, "release")
        before = space_printed.read(connection, "serving") if serving_release else None
        people = _by_space(connection.sql(CONTRIBUTIONS).pl())
        truth = _by_space(connection.sql(TRUTH).pl())
    assert tables is not None
    alone, together = _Tally(), _Tally()
    for key in sorted(tables.parts):
        now = _Space.of(tables, key)
        is_of_hours = key[1] == "hours" and key[0] in people
        harmless = differences.harmless_days(people[key[0]]) if is_of_hours else set()
        now = replace(now, hidden=now.hidden - harmless)
        _attack(key, now, dict(truth[key[0]].select("part", "amount").iter_rows()), before, alone, together)
        if is_of_hours:
            disclosed = differences.disclosed(now.sums, now.printed, people[key[0]])
            alone.findings += [f"{key[0]}: {name} tells of too few people" for name in disclosed]
    rows = [alone.row("space_hours"), together.row("space_previous_release")] if tables.parts else []
    return SpaceAudit(
        rows, [*alone.findings, *(finding for finding in together.findings if finding not in alone.findings)]
    )


def _by_space(rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {str(space): found for (space,), found in rows.partition_by("space_id", as_dict=True).items()}


def _attack(
    key: Key, now: "_Space", truth: Mapping[str, float], before: Tables | None, alone: _Tally, together: _Tally
) -> None:
    """Ask for the ranges of a space's hidden numbers, by this release and by both."""
    names = sorted(now.hidden & now.sums.keys())
    try:
        ranges = _ranges(now.known(), now, names, ENOUGH[key[1]], truth)
    except ContradictionError as fault:
        alone.findings.append(f"{key[0]}: the numbers printed contradict each other ({fault})")
        return
    alone.add(key, names, ranges)
    more = _Space.of(before, key).unchanged(now) if before and key in before.parts else {}
    if more:
        # Where both cannot be true, bookings came in between: the older numbers are of another record.
        with suppress(ContradictionError):
            ranges = _ranges([*now.known(), *more.values()], now, names, ENOUGH[key[1]], truth)
    together.add(key, names, ranges)


@dataclass(frozen=True)
class _Space:
    """One space's numbers of one sort: sums of parts by name, printed values, hidden names, limits of parts."""

    sums: Mapping[str, Mapping[str, float]]
    printed: Mapping[str, float]
    hidden: frozenset[str]
    limits: Mapping[str, float]

    @classmethod
    def of(cls, tables: Tables, key: Key) -> "_Space":
        """Read from a release's tables."""
        sums: dict[str, dict[str, float]] = {}
        limits: dict[str, float] = {}
        for part, most, factor, name in tables.parts[key].select("part", "most", "factor", "name").iter_rows():
            sums.setdefault(name, {})[part] = factor
            limits[part] = most
        numbers = tables.numbers[key].select("name", "value", "is_hidden").rows()
        printed = {name: value for name, value, is_hidden in numbers if not is_hidden}
        return cls(sums, printed, frozenset(name for name, _, is_hidden in numbers if is_hidden), limits)

    def known(self) -> list[tuple[Mapping[str, float], float]]:
        """Sums with their values: what is printed, and what everybody knows."""
        laws = [(sums, 0.0) for name, sums in self.sums.items() if name.startswith("law ")]
        return [*laws, *((self.sums[name], value) for name, value in self.printed.items() if name in self.sums)]

    def unchanged(self, now: "_Space") -> dict[str, tuple[Mapping[str, float], float]]:
        """What this older release prints beyond the newer one, of parts in which nothing changed since."""
        both = self.printed.keys() & now.printed.keys()
        changed = [name for name in both if abs(self.printed[name] - now.printed[name]) > TOLERANCE]
        parts = {part for name in changed for part in now.sums.get(name, {}) if name not in WHOLES}
        if any(name in WHOLES for name in changed):
            parts |= {part for part in now.limits if not part.startswith("day ")}
        return {
            name: (self.sums[name], value)
            for name, value in self.printed.items()
            if name in self.sums
            and name not in both
            and self.sums[name].keys() <= now.limits.keys()
            and not parts & self.sums[name].keys()
        }


def _ranges(
    known: Sequence[tuple[Mapping[str, float], float]],
    space: _Space,
    names: Sequence[str],
    enough: float,
    truth: Mapping[str, float],
) -> np.ndarray:
    """The widths of the hidden sums' ranges; those that are certain to be wide enough are not measured further."""
    if not names:
        return np.zeros(0)
    if not space.printed:
        return np.array([sum(space.limits[part] for part in space.sums[name]) for name in names])
    parts = sorted(space.limits)
    at = {part: n for n, part in enumerate(parts)}
    sums, hidden = _matrix([row for row, _ in known], at), _matrix([space.sums[name] for name in names], at)
    limits, values = np.array([space.limits[part] for part in parts]), np.array([value for _, value in known])
    found = exchanged(sums, values, limits, hidden, np.array([truth.get(part, 0.0) for part in parts]))
    if (narrow := np.flatnonzero(found < enough)).size:
        found[narrow] = widths(Printed(sums, values, limits), hidden[narrow], enough)
    return found


def _matrix(rows: Sequence[Mapping[str, float]], at: Mapping[str, int]) -> np.ndarray:
    matrix = np.zeros((len(rows), len(at)))
    for number, parts in enumerate(rows):
        matrix[number, [at[part] for part in parts]] = list(parts.values())
    return matrix
