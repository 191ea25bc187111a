"""What the report's statements offer to the pages on all subjects."""

from collections.abc import Iterator

from dashboard import texts
from dashboard.parts import subjects
from dashboard.parts.search_entries import Entry
from dashboard.release.snapshot import Release


class Statements(subjects.Subject):
    """What the report says, and what the data say of that."""

    def entries(self, release: Release, language: str) -> Iterator[Entry]:
        """Each statement with its verdict."""
        say = texts.of(language)
        verdicts = say.group("verdicts")
        for row in release.statements().iter_rows(named=True):
            section = say.statement_section.format(section=row["section"])
            yield Entry(
                "statements",
                row[f"statement_{language}"],
                " · ".join((verdicts[row["verdict"]], row["statement_id"], section)),
                "statements",
                more=str(row[f"note_{language}"] or ""),
            )
