"""Page: the ledger of the report's statements and what the data say of each."""

from collections.abc import Iterator

from dashboard.article.blocks import Block, Count, Empty, Intro, Notes
from dashboard.pages.statements import ledger
from dashboard.parts.choosing import choose, row
from dashboard.parts.pieces import statement
from dashboard.parts.visit import Visit


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, statements = visit.say, visit.release.statements()
    yield Intro(
        say.group("pages")["statements"],
        say.statements_answers,
        say.statements_data.format(count=statements.height),
    )
    if statements.is_empty():
        yield Empty(say.statements_empty)
        return

    yield Count(ledger.tally(statements, visit))
    verdicts = say.group("verdicts")
    names = {**visit.release.town_names(), ledger.SHARED: say.statements_shared}
    every = say.statements_all
    verdict = choose(visit, say.statements_filter, ["", *verdicts], "ergebnis", lambda one: verdicts.get(one, every))
    town = choose(visit, say.statements_filter_town, ["", *names], "stadt", lambda one: names.get(one, every))
    yield row((verdict, 1), (town, 1))

    rows = ledger.chosen(statements, verdict.value, town.value)
    if rows.height < statements.height:
        yield Notes([say.statements_shown.format(shown=rows.height, count=statements.height)])
    for one in rows.iter_rows(named=True):
        yield statement.entry(one, visit)
    if rows.is_empty():
        yield Empty(say.statements_none)
