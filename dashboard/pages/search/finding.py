"""The search: what can be found in a release, and what of it answers a few words.

Case, umlauts and their spellings ("Moelln") do not matter; every word may be a part of a compound. A word
that stands nowhere is taken for the most similar one that does.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from dashboard import charts, texts
from dashboard.parts import subjects
from dashboard.parts.choosing import MOST_CHARACTERS
from dashboard.parts.search_entries import Entry, fold, shortened
from dashboard.parts.visit import Visit
from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from dashboard.words.indicator import Indicator

# In the order in which results are shown.
GROUPS = ("pages", "towns", "indicators", "journal", "events", "statements")
# From so many letters on a word may mean a town or be misspelt.
LONG_ENOUGH = 4
MOST_WORDS = 12  # of a question that are looked for; each that stands nowhere is held against all words there are
SIMILAR = 0.72  # of difflib's ratio; one wrong letter in five is forgiven


@dataclass(frozen=True)
class Found:
    """What answers a question: entries by group, and which words were read as which others."""

    by_group: Mapping[str, Sequence[Entry]]
    read_as: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many entries there are in all groups."""
        return sum(len(entries) for entries in self.by_group.values())


def search(visit: Visit, question: str) -> Found:
    """The entries in which every word of the question stands; a town's name may stand beside any of them."""
    entries = index(visit.release, visit.language)
    asked = fold(question[:MOST_CHARACTERS]).split()[:MOST_WORDS]
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
    return visit.say.found_value.format(
        town=visit.release.town_names()[town_id],
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


@cached
def index(release: Release, language: str) -> tuple[Entry, ...]:
    """Everything that can be found in a release, in one language."""
    own = [*_pages(texts.of(language)), *_indicators(release, language)]
    offered = [one for subject in subjects.every() for one in subject.entries(release, language)]
    return tuple(sorted([*own, *offered], key=lambda one: GROUPS.index(one.group)))


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
    found = subjects.of(indicator.theme).place(indicator)
    return found or ("passport", {"kennzahl": indicator.indicator_id})
