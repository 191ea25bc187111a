"""What the attack on this release gave away of what is hidden."""

from dashboard import parts
from dashboard.parts import Column
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries


def show(visit: Visit) -> None:
    """How many hidden cells the attack on this release gave away."""
    say, numbers = visit.say, visit.numbers
    found = survey_queries.disclosure(visit.release)
    parts.heading(say.disclosure_heading)
    if found is None or not found["tables"]:
        parts.paragraph(say.disclosure_nothing)
        return
    figures = {name: numbers.decimal(value) for name, value in found.items()}
    parts.count(say.disclosure_line.format(**{name: figures[name] for name in ("recoverable", "hidden")}))
    parts.paragraph(say.disclosure_what.format(tables=figures["tables"]))
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
    parts.table(say.disclosure_heading, columns, rows, is_captioned=False)
