"""What the overview and a town's portrait tell: a few pictures of surveys, spaces, events and figures, chosen by rule.

Nothing is chosen by how its value lies: the first of its kind that the release can show is taken.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Any

import polars as pl

from dashboard import parts
from dashboard.pages.journal import learning
from dashboard.pages.spaces import space_compare, space_pictures
from dashboard.pages.surveys import survey_compare, survey_single
from dashboard.parts import compare
from dashboard.parts import picture as pictures
from dashboard.parts.memo import kept
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import journal_queries as journal
from dashboard.release import space_queries as spaces
from dashboard.release import survey_queries as surveys
from dashboard.words.indicator import Indicator

# In which themes a question is looked for that tells of digital work.
SURVEY_THEMES = ("survey_coworking", "survey_work", "survey_commuting", "survey_town", "survey_lab")
STRUCTURE_THEMES = ("commuting", "broadband", "housing")
QUESTIONS = 3  # of a survey on a town's portrait
MOST_ANSWERS = 7  # that a small picture has room for

# Up to a full stop that a capital letter follows; an abbreviation before it is too short to be a sentence.
SENTENCE = re.compile(r".{24,}?[^\W\d_]{3}[.!?](?=\s+[^\W\d_a-zäöü])", re.DOTALL)

Row = Mapping[str, Any]


class Told:
    """The pictures of one page: the first of sample data carries the strip, the others its word."""

    def __init__(self, visit: Visit, has_strip: bool = False) -> None:
        self.visit, self.has_strip = visit, has_strip

    def strip(self, shown: Sequence[Picture]) -> None:
        """The strip above several pictures that stand side by side, where one of them needs it."""
        if not self.has_strip and any(one.is_synthetic for one in shown):
            parts.show("strip", words=self.visit.say.sample_strip_here)
            self.has_strip = True

    def show(self, picture: Picture, level: int = 3) -> None:
        """One picture more."""
        pictures.show(picture, self.visit, level, is_first=not self.has_strip)
        self.has_strip |= picture.is_synthetic


def labs_of(town_id: str, visit: Visit) -> pl.DataFrame:
    """The labs of a town."""
    return journal.of_town(journal.labs(visit.release), town_id)


def tried_and_outcome(town: Row, visit: Visit) -> dict[str, str]:
    """What a town tried and what came of it, in one line each; the town's own line where no lab is entered."""
    say, language = visit.say, visit.language
    labs = labs_of(town["town_id"], visit)
    if labs.is_empty():
        return {"": town[f"lab_{language}"] or say.portrait_tried_none}
    lab = labs.row(0, named=True)
    lines = {say.card_tried: lab[f"tried_{language}"], say.line_outcome: lab[f"outcome_{language}"]}
    return {term: first_sentence(words) for term, words in lines.items() if words}


def first_sentence(words: str) -> str:
    """The first sentence of a text; a stop within it (an abbreviation, a number) does not end it."""
    found = SENTENCE.match(words)
    return found[0] if found else words


def survey_indicator(visit: Visit) -> Indicator | None:
    """The share that most surveys asked for, in the first theme that has any."""
    for theme in SURVEY_THEMES:
        found = [one for one in surveys.indicators(visit.release, theme, visit.language) if one.value_kind == "share"]
        counted = [(surveys.values(visit.release, one.indicator_id)["value"].count(), one) for one in found]
        most = max((count for count, _ in counted), default=0)
        if most:
            return next(one for count, one in counted if count == most)
    return None


def survey_finding(visit: Visit) -> tuple[Picture, Indicator] | None:
    """The overview's survey picture with its indicator; nothing where no survey was delivered."""
    indicator = survey_indicator(visit)
    return (survey_compare.picture(indicator, visit, "total", ""), indicator) if indicator else None


def structure_finding(visit: Visit) -> tuple[Picture, Indicator] | None:
    """The overview's official figure with its indicator; nothing where there is none."""
    found = compare.first_of_themes(STRUCTURE_THEMES, visit)
    return (compare.standard_picture(found[0], visit), found[0]) if found else None


@kept
def space_finding(visit: Visit) -> Picture | None:
    """The overview's space: the weeks of the space of which most weeks are published, of two alike the first."""
    rows = _spaces(visit)
    if not rows:
        return None
    shown = [spaces.weeks(visit.release, row["space_id"])["utilisation"].count() for row in rows]
    row = rows[shown.index(max(shown))]
    picture = space_pictures.picture(space_pictures.WEEKS, row["space_id"], visit, _year(row))
    if picture is None:
        return None
    # On a page of all towns a picture says which space it is of.
    return replace(picture, subtitle=f"{space_compare.called(row, visit.language)} · {picture.subtitle}")


def space_year(town_id: str, visit: Visit) -> Picture | None:
    """The year of a town's space at a glance; nothing where the town has none."""
    mine = (row for row in _spaces(visit) if row["town_id"] == town_id)
    drawn = (space_pictures.picture(space_pictures.YEAR, row["space_id"], visit, _year(row)) for row in mine)
    return next((one for one in drawn if one), None)


def _spaces(visit: Visit) -> list[dict[str, Any]]:
    return list(spaces.spaces(visit.release).iter_rows(named=True))


def _year(space: Row) -> str:
    """The last year of a record that is too long for one picture; empty where it is not."""
    return next(iter(spaces.years(space)), "")


def survey_of(town_id: str, visit: Visit) -> Row | None:
    """The survey of a town that most answered."""
    own = surveys.surveys(visit.release).filter(pl.col("town_id") == town_id)
    rows = own.sort("completed", descending=True, nulls_last=True, maintain_order=True)
    return rows.row(0, named=True) if rows.height else None


def questions(survey: Row, visit: Visit) -> Sequence[Picture]:
    """Up to QUESTIONS pictures of a survey with few answers to draw: the first of each theme, then the second."""
    by_theme = survey_single.themes(survey["survey_id"], visit)
    small = [islice(_small(survey, by_theme.get(theme, []), visit), QUESTIONS) for theme in SURVEY_THEMES]
    in_turn = (picture for row in zip_longest(*small) for picture in row if picture)
    return list(islice(in_turn, QUESTIONS))


def _small(survey: Row, rows: Sequence[Row], visit: Visit) -> Iterator[Picture]:
    for row in rows:
        if row["scale"] != "single":
            continue
        counts = surveys.counts(visit.release, survey["survey_id"], row["concept"])
        known = counts.get_column("share").drop_nulls().len()
        if known > 1 and counts.height <= MOST_ANSWERS:
            picture = survey_single.picture(survey, row, visit)
            if picture:
                yield picture


def lessons(town_id: str, visit: Visit) -> None:
    """A town's entries of the ledger as cards, and the way to them; a sentence where there are none."""
    say = visit.say
    rows = journal.learnings(visit.release).filter(pl.col("town_id") == town_id)
    if rows.is_empty():
        name = dict(visit.release.towns().select("town_id", "name").iter_rows())[town_id]
        parts.empty(say.portrait_learned_none.format(town=name))
        return
    learning.show_cards(rows.head(QUESTIONS), visit)
    if rows.height > QUESTIONS:
        visit.link("journal", say.portrait_to_journal.format(count=rows.height), stadt=town_id)
