"""Under which licence and from which source the rows of a table may be passed on, by what the release says of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from dashboard.release.snapshot import Release

# Licences by the pattern of their words in a delivery: short name, title, where they are read, and their name in the
# list of DCAT-AP.de (http://dcat-ap.de/def/licenses/). What is none of these counts as restricted.
KNOWN = (
    (r"\bCC0\b", "CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "cc-zero"),
    (r"^CC BY 4\.0$", "CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "cc-by/4.0"),
    (
        r"^dl-de/by-2-0$",
        "DL-DE-BY-2.0",
        "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
        "dl-by-de/2.0",
    ),
    (r"^(reproduction|use) with attribution$", "other-open", "reproduction with attribution", "", "other-open"),
)
CLOSED = "other-closed"
# From the widest to the narrowest: where the rows of a table have several, the table goes out under the last.
WIDEST_FIRST = [name for *_, name in KNOWN] + [CLOSED]
# Words in the place of a licence that name none.
NO_LICENCE = ("", "–", "as stated by the delivery")


@dataclass(frozen=True)
class Licence:
    """A licence; `path` is empty where its words are read nowhere, `listed` its name in the list of DCAT-AP.de."""

    name: str
    title: str
    path: str
    listed: str

    @property
    def uri(self) -> str:
        """Its address in the list of DCAT-AP.de."""
        return f"http://dcat-ap.de/def/licenses/{self.listed}"


@dataclass(frozen=True)
class Origin:
    """The licences of a table's rows, from the widest to the narrowest, and their sources."""

    licences: tuple[Licence, ...]
    sources: tuple[str, ...]

    @property
    def narrowest(self) -> Licence:
        """The licence under which the table as a whole goes out."""
        return self.licences[-1] if self.licences else Licence(CLOSED, "", "", CLOSED)


def origin_of(release: Release, table: pl.DataFrame, kind: str) -> Origin:
    """What the rows of a table say of themselves; where they say nothing, the deliveries of a kind (all for "")."""
    told = [name for name in ("licence", "source_text") if name in table.columns]
    if len(told) == 2:
        return Origin(_licences(_known(table, "licence")), _sources(_known(table, "source_text")))
    deliveries = release.deliveries().filter(pl.col("state") != "refused")
    if kind:
        deliveries = deliveries.filter(pl.col("kind") == kind)
    return Origin(_licences(_known(deliveries, "licence")), _sources(_known(deliveries, "producer")))


def _known(table: pl.DataFrame, column: str) -> list[str]:
    return table.get_column(column).drop_nulls().unique().sort().to_list()


def _licences(texts: Iterable[str]) -> tuple[Licence, ...]:
    parts = {part.strip() for text in texts for part in text.split(";")} - {*NO_LICENCE}
    found = {_licence(part) for part in parts}
    return tuple(sorted(found, key=lambda one: (WIDEST_FIRST.index(one.listed), one.title)))


def _licence(words: str) -> Licence:
    for pattern, *licence in KNOWN:
        if re.search(pattern, words):
            return Licence(*licence)
    return Licence(CLOSED, words, "", CLOSED)


def _sources(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for text in texts for part in text.split(";")} - {""}))
