"""The events of a delivery, found by number, by title and day, or by start: for counts, statements, registrations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from stadtlabor.base.strict import plain

COLUMNS = ("event_key", "event_uid", "title", "starts_at", "is_all_day", "venue")


@dataclass(frozen=True)
class Known:
    """What one event is found by; `start` is local ISO time, `is_day` whether it has no time of day."""

    key: str
    uid: str | None
    title: str
    start: str
    is_day: bool
    venue: str

    @property
    def day(self) -> str:
        """The day on which it begins, ISO."""
        return self.start[:10]

    def may_be(self, other: "Known") -> bool:
        """Whether two rows of the same title and day may be one event: no start and no place contradicts."""
        times = self.is_day or other.is_day or self.start == other.start
        return times and (not self.venue or not other.venue or self.venue == other.venue)


def known(frame: pl.DataFrame) -> list[Known]:
    """The rows of a landing table of events."""
    return [
        Known(key, uid, plain(title or ""), start, is_day == "true", plain(venue or ""))
        for key, uid, title, start, is_day, venue in frame.select(COLUMNS).iter_rows()
    ]


class Index:
    """The events added so far; one of the same key is added once."""

    def __init__(self, events: Iterable[Known] = ()) -> None:
        self.keys: set[str] = set()
        self._by_uid: dict[str, list[Known]] = defaultdict(list)
        self._by_title: dict[str, list[Known]] = defaultdict(list)
        self._by_start: dict[str, list[Known]] = defaultdict(list)
        for event in events:
            self.add(event)

    def add(self, event: Known) -> None:
        """Make an event findable."""
        if event.key in self.keys:
            return
        self.keys.add(event.key)
        if event.uid:
            self._by_uid[plain(event.uid)].append(event)
        self._by_title[event.title].append(event)
        self._by_start[event.day].append(event)

    def same(self, event: Known) -> list[Known]:
        """The events that a row of another file may be: by number, else by title and day."""
        by_number = [one for one in self._by_uid.get(plain(event.uid or ""), []) if one.day == event.day]
        named = [one for one in self._by_title.get(event.title, []) if one.day == event.day and one.may_be(event)]
        # Of two sessions that day the one at the very time is meant.
        exact = [one for one in named if one.start == event.start and not event.is_day]
        return by_number or exact or named

    def find(self, uid: str | None, title: str | None, start: str | None, is_day: bool = True) -> list[Known]:
        """The events meant by a reference; whatever of it is given must fit.

        A number alone may mean a whole series; a start alone, or a title alone, whatever has it.
        """
        if uid and (found := self._by_uid.get(plain(uid.split("@")[0])) or self._by_uid.get(plain(uid))):
            return self._at(found, start, is_day)
        if title:
            return self._at(self._by_title.get(plain(title), []), start, is_day)
        if start and not uid:
            return self._at(self._by_start.get(start[:10], []), start, is_day)
        return []

    @staticmethod
    def _at(found: list[Known], start: str | None, is_day: bool) -> list[Known]:
        if start is None:
            return found
        on_day = [one for one in found if one.day == start[:10]]
        if is_day or not on_day:
            return on_day
        exact = [one for one in on_day if one.start == start]
        return exact or [one for one in on_day if one.is_day] or (on_day if len(on_day) == 1 else [])
