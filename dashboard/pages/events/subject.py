"""What events offer to the pages on all subjects."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from dashboard.article.blocks import Block, Empty, Heading, way
from dashboard.pages.events import event_pictures
from dashboard.pages.events.sections import THEME
from dashboard.parts import compare, subjects
from dashboard.parts.picture import Picture, Pictures
from dashboard.parts.search_entries import Entry, joined
from dashboard.parts.subjects import Maker
from dashboard.parts.visit import Visit
from dashboard.release.snapshot import STRUCTURE, Release
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import Numbers


def _latest(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    indicator = visit.release.indicator(name, visit.language)
    is_counted = indicator is not None and indicator.theme not in STRUCTURE
    return compare.latest_picture(indicator, visit, highlighted) if is_counted else None


class Events(subjects.Subject):
    """What the towns invited to; of each measure a town has its own latest value."""

    themes = (THEME,)
    files: ClassVar[Mapping[str, Maker]] = {event_pictures.KIND: event_pictures.by_name, "neueste": _latest}

    def place(self, indicator: Indicator) -> tuple[str, dict[str, str]]:
        """The page of events with the measure chosen."""
        return "events", {"kennzahl": indicator.indicator_id}

    def portray(self, town: Mapping[str, Any], shown: Pictures, visit: Visit) -> Iterator[Block]:
        """A town's events in time; a sentence where it had none."""
        say, found = visit.say, event_pictures.one_line(visit, town["town_id"])
        yield Heading(say.portrait_events)
        if found is None:
            yield Empty(say.portrait_events_none.format(town=town["name"]))
            return
        yield from shown.show(found)
        yield way(say.portrait_to_events.format(town=town["name"]), "events", stadt=town["town_id"])

    def entries(self, release: Release, language: str) -> Iterator[Entry]:
        """Each event with a title and a day."""
        names, numbers = release.town_names(), Numbers(language)
        for row in release.tables["events"].sort("starts_at", nulls_last=True).iter_rows(named=True):
            if row["title"] and row["event_date"]:
                about = (names[row["town_id"]], numbers.date(row["event_date"]), row[f"format_{language}"])
                yield Entry(
                    "events",
                    row["title"],
                    " · ".join(part for part in about if part),
                    "events",
                    {"stadt": row["town_id"]},
                    more=joined(row, language, "theme", "target_group"),
                )
