"""The parts of the overview: the towns in a list and in a table, each with what it tried and what came of it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard.article.blocks import Block, Column, Table, way
from dashboard.article.subject_blocks import Town
from dashboard.charts import palette
from dashboard.parts.visit import Visit
from dashboard.release import journal_queries as queries

# Up to a full stop that a capital letter follows; an abbreviation before it is too short to be a sentence.
SENTENCE = re.compile(r".{24,}?[^\W\d_]{3}[.!?](?=\s+[^\W\d_a-zäöü])", re.DOTALL)

Row = Mapping[str, Any]


def list_of(towns: pl.DataFrame, visit: Visit) -> Iterator[Block]:
    """The towns one below the other, each with the way to its portrait."""
    for town in towns.iter_rows(named=True):
        yield town_line(town, visit)
        yield way(visit.say.to_portrait.format(town=town["name"]), "towns", stadt=town["town_id"])


def town_line(town: Row, visit: Visit) -> Town:
    """A town in a list: its sign, its name, where and how large it is, what it tried and what came of it."""
    line = visit.say.town_line.format(
        land=town[f"land_{visit.language}"],
        population=visit.numbers.decimal(town["population"] or 0),
        centre=town[f"central_place_{visit.language}"],
    )
    return Town(
        slot=palette.place(town["slot"]),
        name=town["name"],
        line=line,
        lines=tried_and_outcome(town, visit),
    )


def towns_unfolding(towns: pl.DataFrame, visit: Visit) -> Table:
    """What the map of all towns shows, as a table that unfolds."""
    say, numbers = visit.say, visit.numbers
    rows = [
        [row["name"], row[f"land_{visit.language}"], numbers.decimal(row["population"] or 0)]
        for row in towns.iter_rows(named=True)
    ]
    columns = [Column(say.column_town), Column(say.column_land), Column(say.column_inhabitants, True)]
    return Table(say.overview_map, columns, rows, folded=say.numbers_of_picture)


def tried_and_outcome(town: Row, visit: Visit) -> dict[str, str]:
    """What a town tried and what came of it, in one line each; the town's own line where no lab is entered."""
    say, language = visit.say, visit.language
    labs = queries.of_town(queries.labs(visit.release), town["town_id"])
    if labs.is_empty():
        return {"": town[f"lab_{language}"] or say.portrait_tried_none}
    lab = labs.row(0, named=True)
    lines = {say.card_tried: lab[f"tried_{language}"], say.line_outcome: lab[f"outcome_{language}"]}
    return {term: first_sentence(words) for term, words in lines.items() if words}


def first_sentence(words: str) -> str:
    """The first sentence of a text; a stop within it (an abbreviation, a number) does not end it."""
    found = SENTENCE.match(words)
    return found[0] if found else words
