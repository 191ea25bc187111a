"""What may be published of a space's use: what rests on a handful of people is hidden, and what would disclose it.

Of use in hours the total, months, weeks, and weekdays by part of the day are published, no single days. Months and
weeks consist of segments: the days of one week in one month. Two rules make every difference of published sums one that
may be published itself. A week is published only where each of its segments may be; so no two months are tied together
by it. And what is hidden of a published month, or of all hidden months together, passes the rule as a sum. Every
difference is then a union of published segments and of such rests, and the rule holds for the union of sets that pass.

Nothing is optimised: a hidden number's range is wide enough where hours can be moved between it and what is hidden
beside it, on the same weekdays, so that every published sum stays as it is. `audit` attacks what comes of it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import polars as pl

from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.spaces.space_cells import Cell, Space, passes_rule

# One row per number: published, primary (it fails the rule itself), secondary (it would disclose others) or internal.
PROTECTED: Mapping[str, type[pl.DataType]] = {
    "space_id": pl.String,
    "family": pl.String,
    "cell": pl.String,
    "status": pl.String,
}
# Never published, whoever stands behind them.
INTERNAL = frozenset({"day", "profile", "holidays", "summer", "segment"})
# Numbers that add up to a known one, each family by itself.
PARTITIONS = ("part", "level", "purpose", "lead_time", "stay")
HOUR = 3600

Numbers = np.ndarray


def protected(cells: pl.DataFrame, contributions: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Decide for every number of every space whether it may be published.

    Args:
        cells: space_id, family, cell, amount, reason (null where the number passes the rule by itself),
            available_seat_seconds (null where there is no such limit). Cells of the family `segment` are named
            week/month, of `day` by their date.
        contributions: space_id, family, cell, user_id ('' for all who are not named), amount > 0.
        previous: space_id, family, cell; what readers know already, and what is published again where it can be.

    Returns:
        Columns PROTECTED. Where a space's whole use fails the rule nothing of it is published.
    """
    by_user, known = (_by_space(frame) for frame in (contributions, previous))
    rows = []
    for name, mine in sorted(_by_space(cells).items()):
        keys = list(mine.select("family", "cell").iter_rows())
        failing = {key for key, reason in zip(keys, mine["reason"], strict=True) if reason is not None}
        if ("total", "") in failing or ("total", "") not in keys:
            hidden = set(keys)
        else:
            hidden = _hidden(_space(mine, keys, by_user.get(name), known.get(name), failing))
        rows += [(name, *key, _status(key, failing, hidden)) for key in keys]
    return pl.DataFrame(rows, schema=dict(PROTECTED), orient="row")


def _by_space(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {str(name): rows for (name,), rows in frame.partition_by("space_id", as_dict=True).items()}


def _status(cell: Cell, failing: set[Cell], hidden: set[Cell]) -> str:
    if cell[0] in INTERNAL:
        return "internal"
    return "primary" if cell in failing else "secondary" if cell in hidden else "published"


def _space(
    mine: pl.DataFrame,
    keys: list[Cell],
    rows: pl.DataFrame | None,
    known: pl.DataFrame | None,
    failing: set[Cell],
) -> Space:
    people: dict[Cell, Numbers] = {}
    width = 1
    if rows is not None:
        names = {user: n for n, user in enumerate(["", *sorted(set(rows["user_id"]) - {""})])}
        width = len(names)
        for family, cell, user, amount in rows.select("family", "cell", "user_id", "amount").iter_rows():
            people.setdefault((family, cell), np.zeros(width))[names[user]] += amount
    return Space(
        dict(zip(keys, mine["amount"], strict=True)),
        dict(zip(keys, mine["available_seat_seconds"], strict=True)),
        people,
        frozenset() if known is None else frozenset(known.select("family", "cell").iter_rows()),
        width,
        set(failing),
    )


def _hidden(space: Space) -> set[Cell]:
    if any(kind in space.hidden for kind in space.family("kind")):
        # Purposes and kinds add up to the same; with both, a hidden kind could be worked out.
        space.hidden |= set(space.family("purpose"))
    if len({cell.split("-")[0] for _, cell in space.family("level")}) > 1:
        # The levels of one number of desks add up to the days that had so many.
        space.hidden |= set(space.family("level"))
    for name in PARTITIONS:
        _protect_partition(space, space.family(name))
    _Calendar(space).protect()
    return space.hidden


def _protect_partition(space: Space, cells: list[Cell]) -> None:
    """Hide more until the sum of what is hidden passes the rule and leaves each of it an hour of room."""
    while secret := [cell for cell in cells if cell in space.hidden]:
        if len(secret) > 1 and space.passes(secret) and min(_ranges(space, secret)) >= POLICY.least_hours * HOUR:
            return
        more = space.cheapest([cell for cell in cells if cell not in space.hidden])
        if more is None:
            return
        space.hidden.add(more)


def _ranges(space: Space, secret: Sequence[Cell]) -> Iterator[float]:
    """The widths of cells of which the sum is known; counts have no limit, and no unit that could be too small."""
    if secret[0][0] in ("lead_time", "stay"):
        yield np.inf
        return
    total = sum(space.amounts[cell] for cell in secret)
    limits = [total if space.limits[cell] is None else space.limits[cell] or 0 for cell in secret]
    for limit in limits:
        yield min(limit, total) - max(0, total - (sum(limits) - limit))


class _Calendar:
    """Months and weeks of one space, by their segments."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._days: dict[Cell, dict[int, Numbers]] = {}
        for cell in space.family("day"):
            day = dt.date.fromisoformat(cell[1])
            weekday, held = day.weekday(), float(space.amounts[cell])
            week = day - dt.timedelta(weekday)
            segment = ("segment", f"{week}/{cell[1][:7]}")
            # What the day holds, and what more it could hold.
            room = np.array([held, (space.limits[cell] or held) - held])
            days = self._days.setdefault(segment, {})
            days[weekday] = days.get(weekday, np.zeros(2)) + room
        self._weeks: dict[Cell, list[Cell]] = {}
        self._months: dict[Cell, list[Cell]] = {}
        for segment in sorted(self._days):
            monday, month = segment[1].split("/")
            self._weeks.setdefault(("week", monday), []).append(segment)
            self._months.setdefault(("month", month), []).append(segment)

    def protect(self) -> None:
        """Hide weeks and months until every difference may be published and every range is wide enough."""
        hidden = self._space.hidden
        for week, segments in self._weeks.items():
            if not all(self._space.passes([segment]) for segment in segments):
                hidden.add(week)
        while (more := self._more()) is not None:
            hidden.add(more)

    def _more(self) -> Cell | None:
        """What else has to be hidden; None where nothing has."""
        return next((cell for cell in (*self._in_months(), *self._in_total(), *self._by_weekday()) if cell), None)

    def _secret(self, segments: Sequence[Cell]) -> list[Cell]:
        is_hidden = self._space.hidden
        return [segment for segment in segments if ("week", segment[1].split("/")[0]) in is_hidden]

    def _in_months(self) -> Iterator[Cell | None]:
        for month, segments in self._months.items():
            secret = self._secret(segments)
            if month in self._space.hidden or not secret or self._holds([[one] for one in secret], secret):
                continue
            yield self._week_of(segments)

    def _in_total(self) -> Iterator[Cell | None]:
        space = self._space
        months = [month for month in self._months if month in space.hidden]
        if not months:
            return
        secret = [self._secret(self._months[month]) for month in months]
        together = [segment for one in secret for segment in one]
        targets = [*secret, *([segment] for segment in together)]
        if not space.passes(months) or not self._holds(targets, together):
            shown = [month for month in self._months if month not in space.hidden]
            yield self._week_of([one for month in months for one in self._months[month]]) or space.cheapest(shown)

    def _by_weekday(self) -> Iterator[Cell | None]:
        """Weekdays add up, too: all of them less the segments known of such days alone has to pass the rule."""
        known = [segment for segment in self._days if segment not in set(self._secret(list(self._days)))]
        everyday = frozenset(day for days in self._days.values() for day in days)
        narrow = {segment: frozenset(self._days[segment]) for segment in known}
        kinds = {days for days in narrow.values() if days != everyday}
        unions = {frozenset().union(*some) for n in range(1, min(len(kinds), 3) + 1) for some in combinations(kinds, n)}
        for days in sorted(unions - {everyday}, key=sorted):
            inside = [segment for segment in known if narrow[segment] <= days]
            parts = [cell for cell in self._space.family("part") if int(cell[1].split("-")[0]) - 1 in days]
            sums = sum((self._space.people.get(cell, 0) for cell in parts), np.zeros(self._space.width))
            sums = sums - sum((self._space.people.get(cell, 0) for cell in inside), np.zeros(self._space.width))
            if bool(np.any(sums > 0)) and not passes_rule(np.maximum(sums, 0)):
                yield self._week_of(inside)

    def _week_of(self, segments: Sequence[Cell]) -> Cell | None:
        weeks = [("week", segment[1].split("/")[0]) for segment in segments]
        return self._space.cheapest([week for week in dict.fromkeys(weeks) if week not in self._space.hidden])

    def _holds(self, targets: Sequence[Sequence[Cell]], secret: Sequence[Cell]) -> bool:
        """Whether the sum of the secret may be known, and each target keeps an hour of room beside the rest."""
        if not self._space.passes(secret):
            return False
        tables = {segment: self._table(segment) for segment in secret}
        whole = sum(tables.values(), np.zeros((7, 2)))
        for target in targets:
            mine = sum((tables[segment] for segment in target), np.zeros((7, 2)))
            rest = whole - mine
            moved = np.minimum(mine[:, 0], rest[:, 1]).sum() + np.minimum(mine[:, 1], rest[:, 0]).sum()
            if moved < POLICY.least_hours * HOUR:
                return False
        return True

    def _table(self, segment: Cell) -> Numbers:
        table = np.zeros((7, 2))
        for weekday, room in self._days[segment].items():
            table[weekday] = room
        return table
