"""Amounts of one co-working space as bars: how long ahead, for what, at desks or in rooms."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.charts.bars import Bar
from dashboard.pages.spaces import space_numbers
from dashboard.pages.spaces.space_shown import KINDS, LEAD, PURPOSES, Row, assembled
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from dashboard.words import space_words
from dashboard.words.numbers import INTERNAL, NARROW_SPACE


def lead(space: Row, year: str, visit: Visit) -> Picture | None:
    """Bookings by how long ahead they were made; nothing where none may be shown."""
    say, classes = visit.say, visit.say.group("space_lead_classes")
    rows = queries.lead_times(visit.release, space["space_id"]).filter(pl.col("class") != "unknown")
    if rows["count"].is_not_null().sum() == 0:
        return None
    content = [
        _bar(row["class"], classes[row["class"]], row["count"], row["sign"], "", visit)
        for row in rows.iter_rows(named=True)
    ]
    return _bars(space, LEAD, content, visit, "", space_words.lead_title(space, visit.language), {
        "subtitle": say.space_lead_subtitle,
        "foot": [say.space_hidden_key if rows["count"].null_count() else ""],
        "numbers": space_numbers.of_lead_times(rows, visit),
    })  # fmt: skip


def purposes(space: Row, year: str, visit: Visit) -> Picture | None:
    """Seat-hours by purpose; nothing where none may be shown."""
    say, numbers = visit.say, visit.numbers
    words = say.group("space_purposes")
    rows = queries.purposes(visit.release, space["space_id"])
    known = rows.filter(pl.col("booked_seat_hours").is_not_null())
    if known.is_empty():
        return None
    content = []
    for row in rows.iter_rows(named=True):
        label = "" if row["share"] is None else numbers.quantity(row["share"], "%")
        content.append(_bar(row["purpose"], words[row["purpose"]], row["booked_seat_hours"], row["sign"], label, visit))
    text = [
        say.space_amount_of.format(name=words[row["purpose"]], hours=numbers.decimal(row["booked_seat_hours"]))
        for row in known.iter_rows(named=True)
    ]
    hidden = [words[row["purpose"]] for row in rows.filter(pl.col("booked_seat_hours").is_null()).iter_rows(named=True)]
    title = say.space_purposes_title.format(rows=", ".join(text))
    if hidden:
        title = say.space_purposes_title_hidden.format(rows=", ".join(text), hidden=numbers.listed(hidden))
    return _bars(space, PURPOSES, content, visit, "", title, {
        "subtitle": say.space_purposes_subtitle,
        "foot": [say.space_hidden_key if hidden else ""],
        "numbers": space_numbers.of_purposes(rows, visit),
    })  # fmt: skip


def kinds(space: Row, year: str, visit: Visit) -> Picture | None:
    """Desks beside rooms; nothing where the space has but one kind."""
    say, numbers, words = visit.say, visit.numbers, visit.say.group("space_kinds")
    rows = queries.kinds(visit.release, space["space_id"])
    known = rows.filter(pl.col("utilisation").is_not_null())
    if rows.height < 2 or known.is_empty():
        return None
    content = [
        Bar(
            row["kind"], words[row["kind"]], row["utilisation"],
            numbers.published(row["utilisation"], row["sign"], "%"),
            say.group("space_signs")[row["sign"]] if row["utilisation"] is None else "",
            row["sign"] == INTERNAL,
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    text = [
        say.space_kind_of.format(name=words[row["kind"]], share=numbers.quantity(row["utilisation"], "%"))
        for row in known.iter_rows(named=True)
    ]
    sign = NARROW_SPACE + "%" if visit.language == "de" else "%"
    return _bars(space, KINDS, content, visit, sign, say.space_kinds_title.format(rows=numbers.listed(text)), {
        "subtitle": say.space_kinds_subtitle,
        "foot": [say.space_kinds_caveat, say.space_hidden_key if known.height < rows.height else ""],
        "numbers": space_numbers.of_kinds(rows, visit),
    })  # fmt: skip


def _bar(key: str, name: str, value: float | None, sign: str, share: str, visit: Visit) -> Bar:
    if value is None:
        return Bar(key, name, None, sign, visit.say.group("space_signs")[sign])
    figure = visit.numbers.decimal(value)
    label = visit.numbers.signed_text(f"{figure} · {share}" if share else figure, sign)
    return Bar(key, name, value, label, is_internal=sign == INTERNAL)


def _bars(
    space: Row, name: str, content: Sequence[Bar], visit: Visit, unit_sign: str, title: str, rest: dict[str, Any]
) -> Picture:
    text = "; ".join(f"{one.name}: {one.aside or one.label}" for one in content)
    return assembled(
        space, name, "", visit,
        chart=charts.bars(content, space["slot"], unit_sign, visit.language, visit.theme),
        title=title,
        alt=visit.say.alt_rows_of.format(title=title, rows=text),
        has_gaps=any(one.value is None for one in content),
        **rest,
    )  # fmt: skip
