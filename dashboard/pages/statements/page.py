"""Page: the ledger of the report's statements and what the data say of each."""

import streamlit as st

from dashboard import parts
from dashboard.pages.statements import ledger
from dashboard.parts.address import choose
from dashboard.parts.pieces import statement
from dashboard.parts.visit import Visit


def show(visit: Visit) -> None:
    """The page."""
    say, statements = visit.say, visit.release.statements()
    parts.intro(
        say.group("pages")["statements"],
        say.statements_answers,
        say.statements_data.format(count=statements.height),
    )
    if statements.is_empty():
        parts.empty(say.statements_empty)
        return

    parts.count(ledger.tally(statements, visit))
    verdicts = say.group("verdicts")
    names = {**visit.release.town_names(), ledger.SHARED: say.statements_shared}
    with st.container(key="sl-choices"):
        left, right = st.columns(2)
        with left:
            verdict = choose(
                say.statements_filter, ["", *verdicts], "ergebnis", lambda one: verdicts.get(one, say.statements_all)
            )
        with right:
            town = choose(
                say.statements_filter_town, ["", *names], "stadt", lambda one: names.get(one, say.statements_all)
            )

    rows = ledger.chosen(statements, verdict, town)
    if rows.height < statements.height:
        parts.notes([say.statements_shown.format(shown=rows.height, count=statements.height)])
    for row in rows.iter_rows(named=True):
        statement.show(row, visit)
    if rows.is_empty():
        parts.empty(say.statements_none)
