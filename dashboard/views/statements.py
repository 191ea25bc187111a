"""Page: the ledger of the report's statements and what the data say of each."""

import streamlit as st

from dashboard import ledger, parts
from dashboard.address import choose
from dashboard.visit import Visit


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

    verdicts = say.group("verdicts")
    counts = {name: statements["verdict"].eq(name).sum() for name in verdicts}
    parts.count(say.statements_tally.format(**counts))
    with st.container(key="sl-choices"):
        wanted = choose(
            say.statements_filter, ["", *verdicts], "ergebnis", lambda one: verdicts.get(one, say.statements_all)
        )

    rows = [row for row in statements.iter_rows(named=True) if wanted in ("", row["verdict"])]
    for row in rows:
        ledger.show(row, visit)
    if not rows:
        parts.empty(say.statements_none)
