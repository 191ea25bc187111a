"""What may be fetched: the sources of sources.yml."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from stadtlabor.base import own_yaml
from stadtlabor.base.errors import BuildError
from stadtlabor.manifest.source import Strict

LIST = Path(__file__).with_name("sources.yml")
# How many years are tried, from the present one on: the offices publish with a delay of one to three.
YEARS_BACK = 3


class SourceFile(Strict):
    """One file of a source: what it is called here, and where it lies; both may name the year of the edition."""

    name: str
    address: str

    def editions(self, today: dt.date) -> Iterator[tuple[str, str]]:
        """Name and address of the editions that there may be, the newest first."""
        ago = {"yy": 0, "before": 1, "before2": 2, "before4": 4}
        for year in range(today.year, today.year - YEARS_BACK - 1, -1):
            parts = {"year": year, **{key: f"{(year - back) % 100:02}" for key, back in ago.items()}}
            yield self.name.format(**parts), self.address.format(**parts)

    def last(self, folder: Path, today: dt.date) -> Path | None:
        """The newest edition that is in a folder."""
        return next((folder / name for name, _ in self.editions(today) if (folder / name).exists()), None)


class Source(Strict):
    """One publisher's figures: files without an account, or tables of a `service` with one."""

    id: str
    title: str
    producer: str
    licence: str
    formats: Annotated[tuple[str, ...], Field(min_length=1)]
    page: str
    files: tuple[SourceFile, ...] = ()
    service: str | None = None
    tables: tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...] = ()


def chosen(only: str | None = None) -> list[Source]:
    """The sources named, comma between, or all; those without an account first. BuildError for an unknown name."""
    known = TypeAdapter(list[Source]).validate_python(own_yaml.read(LIST))
    names = [name.strip() for name in only.split(",")] if only else [one.id for one in known]
    if unknown := [name for name in names if name not in {one.id for one in known}]:
        raise BuildError(f"There is no source {unknown[0]!r}. Known: {', '.join(one.id for one in known)}.")
    return sorted((one for one in known if one.id in names), key=lambda one: one.service is not None)
