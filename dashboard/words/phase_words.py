"""The labs in time, in words: what is known of a period, and the picture's text alternative."""

from datetime import date

import polars as pl

from dashboard import texts
from dashboard.words.event_words import dates_words
from dashboard.words.numbers import Numbers


def period_words(start: date | None, end: date | None, language: str) -> str:
    """A period with what is known of it: both days, one of them, or that none was written down."""
    say, numbers = texts.of(language), Numbers(language)
    if start and end:
        return numbers.date(start) if start == end else numbers.period(f"{start}/{end}")
    if start:
        return say.period_from_only.format(start=numbers.date(start))
    return say.period_to_only.format(end=numbers.date(end)) if end else say.period_unknown


def describe_phases(
    labs: pl.DataFrame, phases: pl.DataFrame, events: pl.DataFrame, towns: pl.DataFrame, language: str
) -> str:
    """The text alternative: each town's lab with its period, its phases, and how many events it had."""
    say, seen = texts.of(language), []
    for town in towns.iter_rows(named=True):
        mine = [frame.filter(pl.col("town_id") == town["town_id"]) for frame in (labs, phases, events)]
        sentences = [
            f"{row[f'title_{language}']}: {period_words(row['period_from'], row['period_to'], language)}"
            for row in mine[0].iter_rows(named=True)
        ]
        sentences += [
            f"{row[f'phase_{language}']}: {period_words(row['period_from'], row['period_to'], language)}"
            for row in mine[1].iter_rows(named=True)
        ]
        if mine[2].height:
            sentences.append(dates_words(mine[2].height, language))
        seen.append(f"{town['name']}: {'; '.join(sentences) or say.journal_none_here}.")
    return say.alt_phases.format(rows=" ".join(seen))
