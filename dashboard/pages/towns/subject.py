"""What the towns' portraits offer to the pages on all subjects."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from dashboard import texts
from dashboard.pages.towns import portrait
from dashboard.parts import subjects
from dashboard.parts.picture import Picture
from dashboard.parts.search_entries import Entry
from dashboard.parts.subjects import Maker
from dashboard.parts.visit import Visit
from dashboard.release import municipality_queries
from dashboard.release.snapshot import Release
from dashboard.words.numbers import Numbers


def _portrait(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    if municipality_queries.town(visit.release, name):
        visit = replace(visit, added=name)
    elif name not in visit.release.town_names():
        return None
    return portrait.picture_of(name, portrait.figures(visit), visit)


class Towns(subjects.Subject):
    """One town whole."""

    files: ClassVar[Mapping[str, Maker]] = {portrait.KIND: _portrait}

    def entries(self, release: Release, language: str) -> Iterator[Entry]:
        """Each town."""
        say, numbers = texts.of(language), Numbers(language)
        for row in release.towns().iter_rows(named=True):
            yield Entry(
                "towns",
                row["name"],
                say.town_line.format(
                    land=row[f"land_{language}"],
                    population=numbers.decimal(row["population"] or 0),
                    centre=row[f"central_place_{language}"],
                ),
                "towns",
                {"stadt": row["town_id"]},
                more=str(row[f"lab_{language}"] or ""),
            )
