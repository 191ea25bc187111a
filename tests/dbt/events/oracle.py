"""Events counted one by one in Python from a world's rows: slow, and without a line of SQL."""

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stadtlabor.disclosure.events.attack import Print, World, printed
from tests.dbt.events.worlds import Row
from tests.dbt.events.worlds import World as Town

TOLD = ("attended", "registered", "walk_ins", "organisations", "taken_up", "capacity", "organisation_limit",
        "planned_minutes", "actual_minutes", "cost_eur", "venue_id", "venue", "format", "theme",
        "target_group")  # fmt: skip
RECEIVED = {"early": "2023-03-01", "late": "2024-02-01"}
Range = tuple[float, float]


@dataclass
class Event:
    """One true event: what its rows say, and how its counts have to be printed."""

    number: int
    said: Row
    counts: World
    seen: Print
    is_held: bool
    is_synthetic: bool

    @property
    def day(self) -> dt.date:
        return dt.datetime.fromisoformat(self.said["starts_at"]).date()

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"

    @property
    def visits(self) -> Range | None:
        return None if self.seen.low is None else (self.seen.low, self.seen.high or 0)


def events(town: Town) -> list[Event]:
    """The events of a town, each once."""
    rows, lists = defaultdict(list), defaultdict(list)
    for number, row in town.events:
        rows[number].append(row)
    for number, row in town.registrations:
        lists[number].append(row)
    return [_event(number, rows[number], lists[number]) for number in sorted(rows)]


def _event(number: int, rows: list[Row], registrations: list[Row]) -> Event:
    # The newest first: the later delivery, and within one the first file and line.
    rows = sorted(rows, key=lambda row: (row["file"], row["line"]))
    rows = sorted(rows, key=lambda row: (_received(row), row["delivery_id"]), reverse=True)
    said = dict(rows[0])
    for name in TOLD:
        said[name] = next((row[name] for row in rows if row.get(name) is not None), None)
    counted = count_list(registrations) if registrations else {}
    if counted:
        said["registered"] = counted["registered"]
    if counted and counted["attended"] is not None:
        said["attended"], said["walk_ins"] = counted["attended"], counted["walk_ins"]
    if counted and counted["organisations"] is not None:
        said["organisations"] = counted["organisations"]
    if said["status"] == "cancelled":
        said |= dict.fromkeys(("attended", "walk_ins", "organisations", "taken_up"))
    _drop_contradictions(said)
    counts = World(*(said[name] for name in ("registered", "attended", "walk_ins", "taken_up", "organisations")))
    seen = printed(counts)
    assert seen is not None, said
    day = dt.datetime.fromisoformat(said["starts_at"]).date()
    is_past = said["status"] == "confirmed" and day.isoformat() <= _received(rows[0])
    is_held = said["status"] != "cancelled" and (said["attended"] is not None or is_past)
    origins = {row["row_origin"] for row in rows}
    return Event(number, said, counts, seen, is_held, origins == {"synthetic"})


def _received(row: Row) -> str:
    return RECEIVED[row["delivery_id"].split("-")[0]]


def _drop_contradictions(said: Row) -> None:
    attended, registered = said["attended"], said["registered"]
    for part in ("walk_ins", "organisations", "taken_up"):
        if said[part] is not None and attended is not None and said[part] > attended:
            said[part] = None
    walk_ins = said["walk_ins"]
    if None not in (walk_ins, attended, registered) and attended - walk_ins > registered:
        said["walk_ins"] = None


def count_list(rows: list[Row]) -> dict[str, int | None]:
    """Registered, attended, walk-ins and companies of one event's list."""
    people: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        people[row["registration_key"]].append(row)
    is_kept = any(row["checked_in_at"] is not None for row in rows)
    tells_walk_ins = any(row["is_walk_in"] is not None for row in rows)
    registered = attended = walk_ins = 0
    companies, names = set(), False
    for lines in people.values():
        walked = any(line["is_walk_in"] == "true" for line in lines)
        came = walked or any(line["checked_in_at"] not in (None, "no") for line in lines)
        places = lines[0]["quantity"] or 1
        company = lines[0]["organisation_pseudonym"]
        names = names or company is not None
        walk_ins += places if walked else 0
        attended += places if came else 0
        registered += places if not walked and (came or lines[0]["status"] == "registered") else 0
        if came and company:
            companies.add(company)
    return {
        "registered": registered,
        "attended": attended if is_kept else None,
        "walk_ins": walk_ins if is_kept and tells_walk_ins else None,
        "organisations": len(companies) if is_kept and names else None,
    }


def missed(event: Event) -> tuple[Range, Range] | None:
    """Who had registered and stayed away, and who came, each from the lowest to the highest; None if not told."""
    seen, visits = event.seen, event.visits
    if seen.registered == "x" or visits is None:
        return None
    walked = seen.walk_ins if isinstance(seen.walk_ins, int) else 0
    came = (0 if seen.walk_ins == "." else visits[0] - walked, visits[1] - walked)
    if isinstance(seen.registered, str):
        return (0, 8 if seen.attended == "." else 4 + walked), came
    if seen.walk_ins == "x" and visits[0] > seen.registered:
        return None
    if seen.attended != "." and seen.walk_ins != ".":
        stayed = seen.registered - visits[0] + walked
        return (stayed, stayed), came
    return (max(seen.registered - visits[1], 0), seen.registered - (0 if seen.walk_ins == "." else visits[0])), came


def families(event: Event, week: tuple[dt.date, dt.date] | None) -> Iterable[tuple[str, str | None]]:
    """The groups an event counts in."""
    said = event.said
    yield "total", None
    yield "month", event.month
    for name in ("format", "theme", "target_group"):
        if said[name]:
            yield name, said[name]
    if said["venue_id"] or said["venue"]:
        yield "venue", said["venue_id"] or said["venue"]
    if said["format"]:
        yield "format_month", f"{said['format']}/{event.month}"
    if said["format"] and said["target_group"]:
        yield "format_target_group", f"{said['format']}/{said['target_group']}"
    if week and week[0] <= event.day <= week[1]:
        yield "opening_week", None


def opening_week(everything: Sequence[Event]) -> tuple[dt.date, dt.date] | None:
    """The seven days from the last opening that was held."""
    days = [event.day for event in everything if event.is_held and event.said["format"] == "opening"]
    return (max(days), max(days) + dt.timedelta(days=6)) if days else None


def _visits(group: list[Event]) -> Range | None:
    found = [event.visits for event in group if event.visits]
    return _sum(found)


def _sum(ranges: Sequence[Range]) -> Range | None:
    return (sum(low for low, _ in ranges), sum(high for _, high in ranges)) if ranges else None


def _quantile(share: float) -> Callable[[list[Event]], Range | None]:
    def of(group: list[Event]) -> Range | None:
        found = [event.visits for event in group if event.visits]
        if not found:
            return None
        low, high = (float(np.quantile([one[end] for one in found], share)) for end in (0, 1))
        return low, high

    return of


def _fill(group: list[Event]) -> Range | None:
    known = [(event.visits, _room(event)) for event in group if event.visits and _room(event)]
    if not known:
        return None
    places = sum(room for _, room in known if room)
    low, high = (100 * sum(visits[end] for visits, _ in known if visits) / places for end in (0, 1))
    return low, high


def _room(event: Event) -> int | None:
    room = event.said["capacity"]
    return room if room and room >= 5 else None


def _no_show(group: list[Event]) -> Any:
    known = [one for one in map(missed, group) if one]
    if not known or sum(stayed[1] + came[1] for stayed, came in known) == 0:
        return None
    stayed, came = ([part[index] for part in known] for index in (0, 1))
    ends = []
    for end in (0, 1):
        away, there = sum(one[end] for one in stayed), sum(one[1 - end] for one in came)
        ends.append(100 * away / (away + there) if away + there else None)
    return tuple(ends)


def _walk_ins(group: list[Event]) -> Any:
    known = [event.seen for event in group if event.seen.walk_ins != "x"]
    if any(isinstance(seen.walk_ins, str) or isinstance(seen.attended, str) for seen in known):
        return (None, None)
    visits = sum(seen.attended for seen in known if isinstance(seen.attended, int))
    share = 100 * sum(seen.walk_ins for seen in known if isinstance(seen.walk_ins, int)) / visits if visits else None
    return None if share is None else (share, share)


def _companies(group: list[Event]) -> Range | None:
    cells = [event.seen.organisations for event in group if event.seen.organisations != "x"]
    return _sum([(1, 4) if isinstance(cell, str) else (cell, cell) for cell in cells])


def _taken_up(group: list[Event]) -> Any:
    cells = [event.seen.taken_up for event in group if event.seen.taken_up != "x"]
    if not cells:
        return None
    return (None, None) if "." in cells else (sum(cells), sum(cells))  # type: ignore[arg-type]


def _cost(by_hour: bool) -> Callable[[list[Event]], Any]:
    def of(group: list[Event]) -> Any:
        cost, low, high = 0.0, 0.0, 0.0
        for event in group:
            minutes = event.said["actual_minutes"] if event.said["actual_minutes"] is not None else event.said[
                "planned_minutes"]  # fmt: skip
            if event.visits is None or event.said["cost_eur"] is None or (by_hour and minutes is None):
                continue
            hours = minutes / 60 if by_hour else 1
            cost += float(event.said["cost_eur"])
            low, high = low + event.visits[0] * hours, high + event.visits[1] * hours
        return None if not high else (cost / high, cost / low if low else None)

    return of


def _same(value: float | None) -> Any:
    return None if value is None else (value, value)


def _median_of(name: str) -> Callable[[list[Event]], Any]:
    def of(group: list[Event]) -> Any:
        found = [event.said[name] for event in group if event.said[name] is not None]
        return _same(statistics.median(found)) if found else None

    return of


def _duration(group: list[Event]) -> Any:
    both = [(event.said["actual_minutes"], event.said["planned_minutes"]) for event in group
            if event.said["actual_minutes"] is not None and event.said["planned_minutes"]]  # fmt: skip
    return _same(sum(actual for actual, _ in both) / sum(planned for _, planned in both)) if both else None


def _venues(group: list[Event]) -> Any:
    return _same(len({event.said["venue_id"] or event.said["venue"] for event in group} - {None}) or None)


# indicator → its range from the held events of a group; None where nothing can be told.
OF_HELD: dict[str, Callable[[list[Event]], Any]] = {
    "event_visits": _visits,
    "event_attendance_median": _quantile(0.5),
    "event_attendance_lower_quartile": _quantile(0.25),
    "event_attendance_upper_quartile": _quantile(0.75),
    "event_fill": _fill,
    "event_no_show": _no_show,
    "event_walk_ins": _walk_ins,
    "event_organisations": _companies,
    "event_take_up": _taken_up,
    "event_planned_duration": _median_of("planned_minutes"),
    "event_actual_duration": _median_of("actual_minutes"),
    "event_duration_ratio": _duration,
    "event_cost_per_visit": _cost(by_hour=False),
    "event_cost_per_visit_hour": _cost(by_hour=True),
    "event_venues": _venues,
    "events_held": lambda group: _same(len(group)),
}


def _limit(group: list[Event]) -> Any:
    limits = [event.said["organisation_limit"] for event in group if event.said["status"] != "cancelled"]
    return _same(max((limit for limit in limits if limit and limit >= 5), default=None))


# … and from all its events.
OF_ALL: dict[str, Callable[[list[Event]], Any]] = {
    "events_cancelled": lambda group: _same(
        100 * sum(event.said["status"] == "cancelled" for event in group) / len(group)
    ),
    "event_organisation_limit": _limit,
}


def opening_lead(everything: list[Event]) -> Any:
    """The lead of the opening over the others of its week."""
    week = opening_week(everything)
    if not week:
        return None
    there = [event for event in everything if event.is_held and week[0] <= event.day <= week[1]]
    if any(event.visits is None for event in there):
        return None
    of = [event.visits for event in there if event.said["format"] == "opening" and event.visits]
    others = [event.visits for event in there if event.said["format"] != "opening" and event.visits]
    if not others:
        return None
    return (
        max(low for low, _ in of) - max(high for _, high in others),
        max(high for _, high in of) - max(low for low, _ in others),
    )


def autumn_ratio(everything: list[Event]) -> Any:
    """Events per day in October and November 2022 against the other months of June to December."""
    held = [event for event in everything if event.is_held]
    autumn = sum(event.day.month in (10, 11) for event in held)
    if len(held) - autumn == 0:
        return None
    return "/" if len(held) < 5 else _same((autumn / 61) / ((len(held) - autumn) / (214 - 61)))
