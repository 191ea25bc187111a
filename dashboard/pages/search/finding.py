"""The search: what can be found in a release, and what of it answers a few words.

Case, umlauts and their spellings ("Moelln") do not matter; every word may be a part of a compound. A word
that stands nowhere is taken for the most similar one that does.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl

from dashboard import charts, texts
from dashboard.parts import whereabouts as where
from dashboard.parts.visit import Visit
from dashboard.release.store import Release
from dashboard.words.indicator import Indicator, alphabetical_key
from dashboard.words.numbers import Numbers

# In the order in which results are shown.
GROUPS = ("pages", "towns", "indicators", "journal", "events", "statements")
# From so many letters on a word may mean a town or be misspelt.
LONG_ENOUGH = 4
SIMILAR = 0.72  # of difflib's ratio; one wrong letter in five is forgiven
LINE_CHARACTERS = 160


@dataclass(frozen=True)
class Entry:
    """Something that can be found: its title, one line about it, and where it is."""

    group: str
    title: str
    line: str
    page: str
    selection: Mapping[str, str] = field(default_factory=dict)
    more: str = ""  # further words that it is found by
    indicator_id: str = ""
    town_id: str = ""

    @property
    def text(self) -> str:
        """All its words, folded."""
        return fold(f"{self.title} {self.line} {self.more}")


@dataclass(frozen=True)
class Found:
    """What answers a question: entries by group, and which words were read as which others."""

    by_group: Mapping[str, Sequence[Entry]]
    read_as: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many entries there are in all groups."""
        return sum(len(entries) for entries in self.by_group.values())


def fold(words: str) -> str:
    """Words without case, umlauts and the two spellings of these: Mölln, MOELLN and molln are one."""
    plain = alphabetical_key(words)
    return re.sub(r"ae|oe|ue", lambda pair: pair[0][0], plain)


def search(visit: Visit, question: str) -> Found:
    """The entries in which every word of the question stands; a town's name may stand beside any of them."""
    entries = [one for one in index(visit.release, visit.language) if one.page in visit.pages]
    asked = fold(question).split()
    read_as = _nearest(asked, entries)
    words = [fold(read_as.get(word, word)) for word in asked]
    towns = {
        word: str(row["town_id"])
        for word in words
        for row in visit.release.towns().iter_rows(named=True)
        if len(word) >= LONG_ENOUGH and fold(row["name"]).startswith(word)
    }
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if words and _answers(entry, words, towns):
            found.setdefault(entry.group, []).append(_of_town(entry, words, towns, visit))
    for of_group in found.values():
        of_group.sort(key=lambda one: not all(word in fold(one.title) for word in words if word not in towns))
    return Found({name: found[name] for name in GROUPS if name in found}, read_as)


def _answers(entry: Entry, words: Sequence[str], towns: Mapping[str, str]) -> bool:
    missing = [word for word in words if word not in entry.text]
    # "Mölln Pendler" means the commuters of Mölln; "Mölln" alone does not mean every indicator.
    is_of_towns = entry.indicator_id and len(missing) < len(words)
    return not missing or bool(is_of_towns and all(word in towns for word in missing))


def _of_town(entry: Entry, words: Sequence[str], towns: Mapping[str, str], visit: Visit) -> Entry:
    """An indicator's entry with the value of the town that was asked for."""
    asked = [towns[word] for word in words if word in towns]
    indicator = visit.release.indicator(entry.indicator_id, visit.language) if entry.indicator_id else None
    if not asked or indicator is None:
        return entry
    line = _value_line(indicator, asked[0], visit) or entry.line
    return Entry(entry.group, entry.title, line, entry.page, {**entry.selection, "stadt": asked[0]})


def _value_line(indicator: Indicator, town_id: str, visit: Visit) -> str:
    mine = visit.release.tables["indicator_values"].filter(
        (pl.col("indicator_id") == indicator.indicator_id)
        & (pl.col("town_id") == town_id)
        & (pl.col("breakdown") == "total")
        & (pl.col("value").is_not_null() | pl.col("interval_low").is_not_null())
    )
    if mine.is_empty():
        return ""
    row = mine.sort("period_end").row(-1, named=True)
    names = dict(visit.release.towns().select("town_id", "name").iter_rows())
    return visit.say.found_value.format(
        town=names[town_id],
        value=charts.label(row, indicator, visit.numbers, whole_unit=True),
        period=visit.numbers.period(row["period"]),
    )


def _nearest(asked: Sequence[str], entries: Sequence[Entry]) -> dict[str, str]:
    """For each word that stands nowhere the most similar one that does, as it is written there."""
    strange = [word for word in asked if len(word) >= LONG_ENOUGH and not any(word in one.text for one in entries)]
    if not strange:
        return {}
    written = {fold(word): word for one in entries for word in re.findall(r"\w{4,}", f"{one.title} {one.line}")}
    near = {word: difflib.get_close_matches(word, written, n=1, cutoff=SIMILAR) for word in strange}
    return {word: written[found[0]] for word, found in near.items() if found}


@lru_cache(maxsize=4)
def index(release: Release, language: str) -> tuple[Entry, ...]:
    """Everything that can be found in a release, in one language."""
    say = texts.of(language)
    return (
        *_pages(say),
        *_towns(release, language),
        *_indicators(release, language),
        *_lessons(release, language),
        *_events(release, language),
        *_statements(release, language),
    )


def _pages(say: texts.Texts) -> list[Entry]:
    titles, lines, more = say.group("pages"), say.group("search_pages"), say.group("search_words")
    found = [
        Entry("pages", titles[name], lines[name], name, more=more.get(name, "")) for name in titles if name in lines
    ]
    ways = say.group("search_ways")
    views = say.group("survey_views")
    found += [Entry("pages", views[name], ways[name], "surveys", {"ansicht": name}) for name in ways]
    topics, answers = say.group("help_topics"), say.group("help_answers")
    return found + [
        Entry("pages", title, shortened(answers[name]), "help", {"frage": name}, more=answers[name])
        for name, title in topics.items()
    ]


def _towns(release: Release, language: str) -> list[Entry]:
    say, numbers = texts.of(language), Numbers(language)
    return [
        Entry(
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
            town_id=row["town_id"],
        )
        for row in release.towns().iter_rows(named=True)
    ]


def _indicators(release: Release, language: str) -> list[Entry]:
    themes = texts.of(language).group("themes")
    return [
        Entry(
            "indicators",
            one.title,
            f"{themes.get(one.theme, one.theme)} · {shortened(one.description)}",
            *_where(one),
            more=f"{one.short} {one.formula} {one.source} {one.base} {one.caveat} {one.dbt_model} {one.indicator_id}",
            indicator_id=one.indicator_id,
        )
        for one in release.indicators(language)
    ]


def _where(indicator: Indicator) -> tuple[str, dict[str, str]]:
    found = where.place_of(indicator)
    return found or ("passport", {"kennzahl": indicator.indicator_id})


def _lessons(release: Release, language: str) -> list[Entry]:
    return [
        Entry(
            "journal",
            row[f"title_{language}"],
            shortened(_joined(row, language, "tried", "why")),
            "journal",
            {"stadt": row["town_id"]} if row["town_id"] else {},
            more=_joined(row, language, "outcome", "advice", "theme", "again"),
        )
        for row in _rows(release, "learnings", "position")
    ]


def _events(release: Release, language: str) -> list[Entry]:
    names, numbers = dict(release.towns().select("town_id", "name").iter_rows()), Numbers(language)
    return [
        Entry(
            "events",
            row["title"],
            " · ".join(
                part
                for part in (names[row["town_id"]], numbers.date(row["event_date"]), row[f"format_{language}"])
                if part
            ),
            "events",
            {"stadt": row["town_id"]},
            more=_joined(row, language, "theme", "target_group"),
        )
        for row in _rows(release, "events", "starts_at")
        if row["title"] and row["event_date"]
    ]


def _statements(release: Release, language: str) -> list[Entry]:
    say = texts.of(language)
    verdicts = say.group("verdicts")
    return [
        Entry(
            "statements",
            row[f"statement_{language}"],
            " · ".join(
                (verdicts[row["verdict"]], row["statement_id"], say.statement_section.format(section=row["section"]))
            ),
            "statements",
            more=str(row[f"note_{language}"] or ""),
        )
        for row in release.statements().iter_rows(named=True)
    ]


def _rows(release: Release, table: str, order: str) -> list[dict[str, Any]]:
    frame = release.tables.get(table)
    return [] if frame is None else frame.sort(order, nulls_last=True).to_dicts()


def _joined(row: Mapping[str, Any], language: str, *names: str) -> str:
    return " ".join(str(row[f"{name}_{language}"]) for name in names if row[f"{name}_{language}"])


def shortened(words: str) -> str:
    """The first sentence, or as much of it as makes one line."""
    first = re.split(r"(?<=[a-zäöüß)]\.)\s", words.strip(), maxsplit=1)[0]
    return first if len(first) <= LINE_CHARACTERS else first[:LINE_CHARACTERS].rsplit(" ", 1)[0] + " …"
