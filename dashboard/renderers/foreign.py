"""German words on an English page: titles, sources and notes as the towns wrote them, marked as German.

A screen reader then speaks them as German (WCAG 3.1.2). Words that the release holds in both languages need no mark.
"""

import re

import polars as pl
from markupsafe import escape

from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release

# What is delivered in German alone, by table.
GERMAN_ONLY = {
    "deliveries": ("title", "producer", "note"),
    "surveys": ("title",),
    "events": ("title", "venue", "note"),
    "space_days": ("closure",),
    "labs": ("source",),
    "lab_activities": ("source", "venue"),
    "learnings": ("source",),
}
# What has two languages in which a town may have said the same.
SAID_ALIKE = {"spaces": ("name",), "lab_activities": ("title", "date_note")}


def marked(html: str, release: Release) -> str:
    """A piece of a page that is not in German with its German words in `<span lang="de">`."""
    words = _words(release)
    return words.sub(_marked, html) if words else html


def _marked(found: re.Match[str]) -> str:
    seen = found.group()
    return seen if seen.startswith("<") else f'<span lang="de">{seen}</span>'


@cached
def _words(release: Release) -> re.Pattern[str] | None:
    """The release's German words as they stand in HTML; tags as well, so that nothing within one is found."""
    known = sorted({str(escape(one)) for one in german(release)}, key=lambda one: (-len(one), one))
    return re.compile("|".join(["<[^>]*>", *map(re.escape, known)])) if known else None


def german(release: Release) -> set[str]:
    """Titles, sources and notes that are in German alone; single words are left out, they may be names."""
    found = [_column(release, table, name) for table, names in GERMAN_ONLY.items() for name in names]
    for table, names in SAID_ALIKE.items():
        found += [_alike(release, table, name) for name in names]
    return {one for words in found for one in words if len(one.split()) > 1}


def _column(release: Release, table: str, name: str) -> list[str]:
    return release.tables[table].get_column(name).drop_nulls().to_list()


def _alike(release: Release, table: str, name: str) -> list[str]:
    rows = release.tables[table].filter(pl.col(f"{name}_de") == pl.col(f"{name}_en"))
    return rows.get_column(f"{name}_de").to_list()
