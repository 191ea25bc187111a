"""What the labs' journal offers to the pages on all subjects."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from dashboard.article.blocks import Block, Empty, Heading, Notes, Paragraph, way
from dashboard.pages.journal import journal_pictures, learning
from dashboard.parts import subjects
from dashboard.parts.picture import Pictures
from dashboard.parts.search_entries import Entry, joined, shortened
from dashboard.parts.subjects import Maker
from dashboard.parts.visit import Visit
from dashboard.release import journal_queries as queries
from dashboard.release.snapshot import Release

CARDS = 3  # of the ledger on a town's portrait

Row = Mapping[str, Any]


class Journal(subjects.Subject):
    """What the labs tried, and what was learned."""

    files: ClassVar[Mapping[str, Maker]] = {journal_pictures.KIND: journal_pictures.by_name}

    def open_overview(self, shown: Pictures, visit: Visit) -> Iterator[Block]:
        """The labs in time."""
        found = journal_pictures.timeline(visit)
        if found:
            yield Heading(visit.say.overview_phases)
            yield from shown.show(found)
            yield way(visit.say.overview_to_journal, "journal")

    def open_portrait(self, town: Row, visit: Visit) -> Iterator[Block]:
        """What was tried, what came of it, what was learned; the town's own line where no lab is entered."""
        say, labs = visit.say, queries.of_town(queries.labs(visit.release), town["town_id"])
        if labs.is_empty():
            yield Heading(say.portrait_tried, level=3)
            yield Paragraph(town[f"lab_{visit.language}"] or say.portrait_tried_none)
            return
        for row in labs.iter_rows(named=True):
            yield Heading(row[f"title_{visit.language}"] or say.portrait_tried, level=3)
            yield learning.three_columns(row, visit, level=4)
            yield Notes(learning.lab_notes(row, visit))

    def portray(self, town: Row, shown: Pictures, visit: Visit) -> Iterator[Block]:
        """A town's entries of the ledger as cards, and the way to them; a sentence where there are none."""
        say = visit.say
        rows = queries.of_town(queries.learnings(visit.release), town["town_id"])
        yield Heading(say.portrait_learned)
        if rows.is_empty():
            yield Empty(say.portrait_learned_none.format(town=town["name"]))
            return
        yield learning.cards(rows.head(CARDS), visit)
        if rows.height > CARDS:
            yield way(say.portrait_to_journal.format(count=rows.height), "journal", stadt=town["town_id"])

    def entries(self, release: Release, language: str) -> Iterator[Entry]:
        """Each entry of the ledger."""
        for row in release.tables["learnings"].sort("position", nulls_last=True).iter_rows(named=True):
            yield Entry(
                "journal",
                row[f"title_{language}"],
                shortened(joined(row, language, "tried", "why")),
                "journal",
                {"stadt": row["town_id"]} if row["town_id"] else {},
                more=joined(row, language, "outcome", "advice", "theme", "again"),
            )
