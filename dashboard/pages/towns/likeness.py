"""Which twenty towns are most like one: named in alphabetical order, with the measure and its parts."""

from collections.abc import Iterator
from typing import Any

from dashboard.article.blocks import Block, Column, Empty, Heading, Notes, Paragraph, Table
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.release.small_towns import MEASURES


def show(ags: str, visit: Visit) -> Iterator[Block]:
    """The towns as a table beneath how their likeness is measured; nothing where no small towns are published."""
    say, release = visit.say, visit.release
    if small_towns.town(release, ags) is None:
        return
    found = small_towns.similar(release, ags)
    yield Heading(say.similar_title)
    if found.is_empty():
        yield Empty(say.similar_empty)
        return
    known = small_towns.measured(release)
    mine = known.row(known["ags"].to_list().index(ags), named=True)
    count = visit.numbers.decimal(known.height)
    period = visit.numbers.period(mine["share_period"])
    yield Paragraph(say.similar_how.format(count=count, period=period))
    yield Table(say.similar_title, _columns(visit), [_row(row, visit) for row in found.iter_rows(named=True)], False)
    own = visit.say.similar_own.format(town=mine["name"], measures=", ".join(_measures(mine, visit)))
    yield Notes([own, say.similar_source])


def _columns(visit: Visit) -> list[Column]:
    headings = visit.say.group("similar_columns")
    named = [Column(visit.say.column_municipality), *(Column(headings[name], True) for name in MEASURES)]
    return [*named, Column(headings["away"], True), Column(headings["parts"], True)]


def _row(row: dict[str, Any], visit: Visit) -> list[str]:
    parts_of_it = " · ".join(visit.numbers.decimal(row[f"away_{name}"], 2) for name in MEASURES)
    name = small_towns.full_name(row, visit.language)
    return [name, *_measures(row, visit), visit.numbers.decimal(row["away"], 2), parts_of_it]


def _measures(row: dict[str, Any], visit: Visit) -> list[str]:
    numbers = visit.numbers
    return [
        numbers.decimal(row["population"]),
        numbers.decimal(row["density"]),
        numbers.quantity(row["out_share"], "%", 1),
        visit.say.group("locations")[str(row["location_key"])],
    ]
