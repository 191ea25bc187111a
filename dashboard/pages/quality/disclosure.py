"""What the attack on this release gave away of what is hidden."""

from collections.abc import Iterator

from dashboard.article.blocks import Block, Column, Count, Heading, Paragraph, Table
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries


def show(visit: Visit) -> Iterator[Block]:
    """How many hidden cells the attack on this release gave away."""
    say, numbers = visit.say, visit.numbers
    found = survey_queries.disclosure(visit.release)
    yield Heading(say.disclosure_heading)
    if found is None or not found["tables"]:
        yield Paragraph(say.disclosure_nothing)
        return
    figures = {name: numbers.decimal(value) for name, value in found.items()}
    yield Count(say.disclosure_line.format(**{name: figures[name] for name in ("recoverable", "hidden")}))
    yield Paragraph(say.disclosure_what.format(tables=figures["tables"]))
    names = say.group("disclosure_attacks")
    columns = [Column(say.column_attack), Column(say.column_tables, True), Column(say.column_hidden, True)]
    columns += [Column(say.column_recoverable, True), Column(say.column_range, True)]
    rows = [
        [
            names.get(row["attack"], row["attack"]),
            *(numbers.decimal(row[name]) for name in ("tables", "hidden_cells", "recoverable_cells")),
            "–" if row["narrowest_range"] is None else numbers.decimal(row["narrowest_range"]),
        ]
        for row in visit.release.tables["disclosure_audit"].iter_rows(named=True)
    ]
    yield Table(say.disclosure_heading, columns, rows, is_captioned=False)
