"""What a space's year is made of: a field for each day, week and month, with its place, its shade and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.charts import names_above
from dashboard.charts.spaces.shades import Shades
from dashboard.words.numbers import INTERNAL, Numbers

CELL = 26  # px height of a day
SHORTEST_NAMED = 2  # days after its first that a band needs to be named upon it; a single day has its field
GAP = 12  # px between days, weeks and months
FEWEST_COLUMNS = 12  # weeks that the width is made for, so that one day does not fill it
MARKS = {
    "holiday": "M0,-1L1,0L0,1L-1,0Z",
    "closed": "M-0.8,-0.8L0.8,0.8M0.8,-0.8L-0.8,0.8",
    "hidden": "M0.35,0A0.35,0.35,0,1,1,-0.35,0A0.35,0.35,0,1,1,0.35,0Z",
}


Run = tuple[date, date, str]


@dataclass(frozen=True)
class Year:
    """What is drawn: days, weeks and months (`space_queries`) of a stretch of time, and its school holidays."""

    days: pl.DataFrame
    weeks: pl.DataFrame
    months: pl.DataFrame
    holidays: Sequence[Run]

    @property
    def begin(self) -> date:
        """The Monday of the first week."""
        first = self.days.get_column("day").min()
        assert isinstance(first, date)
        return first - timedelta(days=first.weekday())

    @property
    def columns(self) -> int:
        """How many weeks the width is made for: those there are, the first and last perhaps in part."""
        last = self.days.get_column("day").max()
        assert isinstance(last, date)
        return max((last - self.begin).days // 7 + 1, FEWEST_COLUMNS)

    @property
    def weekdays(self) -> list[int]:
        """The weekdays on which it was ever open, 1 is Monday; all where it never was."""
        ever = self.days.filter(pl.col("open")).get_column("weekday").unique().sort().to_list()
        return ever or list(range(1, 8))

    @property
    def named(self) -> list[Run]:
        """The school holidays that are long enough to be named above their days."""
        return [run for run in self.holidays if (run[1] - run[0]).days >= SHORTEST_NAMED]

    @property
    def spans(self) -> list[names_above.Span]:
        """Where they begin and end, from 0 to 1 of the width."""
        return [
            (self.at(first) / self.columns, self.at(last + timedelta(days=1)) / self.columns)
            for first, last, _ in self.named
        ]

    def at(self, day: date) -> float:
        """Where a day begins on the scale of weeks."""
        return (day - self.begin).days / 7


def _cell(start: float, end: float, top: float, row: dict[str, Any], steps: Shades, text: str) -> dict[str, Any]:
    value = row["utilisation"]
    return {
        "start": start,
        "end": end,
        "top": top,
        "bottom": top + CELL,
        "middle": (start + end) / 2,
        "centre": top + CELL / 2,
        "shade": "" if value is None else steps.words(value),
        "ink": "" if value is None else steps.ink(value),
        "figure": "" if value is None else Numbers(steps.language).decimal(value),
        "said": text,
        "name": "",
        "is_hidden": value is None,
        "is_internal": row.get("sign") == INTERNAL,
    }


def days(year: Year, steps: Shades, top: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A field for each open day, and the marks of holidays and closures."""
    numbers, say = Numbers(steps.language), texts.of(steps.language)
    cells, marks = [], []
    for row in year.days.filter(pl.col("weekday").is_in(year.weekdays)).iter_rows(named=True):
        week = (row["day"] - year.begin).days // 7
        height = top + CELL * year.weekdays.index(row["weekday"])
        if row["open"]:
            figure = numbers.told(row)
            text = say.space_said.format(when=numbers.date(row["day"]), figure=figure)
            cells.append(_cell(week, week + 1, height, row, steps, text))
        kind = "holiday" if row["public_holiday"] else "closed" if row["closure"] and not row["open"] else ""
        if kind:
            why = row["public_holiday"] or row["closure"]
            why = say.group("public_holidays").get(why, why)
            words = say.space_said.format(when=numbers.date(row["day"]), figure=why)
            marks.append({"mark": MARKS[kind], "middle": week + 0.5, "top": height + CELL / 2, "said": words})
    return cells, marks


def weeks(year: Year, steps: Shades, top: int) -> list[dict[str, Any]]:
    """A field for each week that had an open day."""
    numbers, say = Numbers(steps.language), texts.of(steps.language)
    cells = []
    for row in year.weeks.filter(pl.col("open_days") > 0).iter_rows(named=True):
        start = round(year.at(row["week_start"]))
        when = say.space_week_of.format(day=numbers.date(row["week_start"]))
        figure = numbers.told(row)
        cells.append(_cell(start, start + 1, top, row, steps, say.space_said.format(when=when, figure=figure)))
    return cells


def months(year: Year, steps: Shades, top: int) -> list[dict[str, Any]]:
    """A field for each month that could be booked, named beneath."""
    numbers, say = Numbers(steps.language), texts.of(steps.language)
    cells = []
    for row in year.months.filter(pl.col("available_seat_hours") > 0).iter_rows(named=True):
        start, end = year.at(row["begins"]), year.at(row["ends"] + timedelta(days=1))
        figure = numbers.told(row)
        text = say.space_said.format(when=numbers.month(row["begins"]), figure=figure)
        cells.append(_cell(start, end, top, row, steps, text) | {"name": numbers.short_month(row["begins"])})
    return cells


def hidden(cell: dict[str, Any]) -> dict[str, Any]:
    """The mark of a field whose value is hidden."""
    return {
        "mark": MARKS["hidden"],
        "middle": cell["middle"],
        "top": cell["centre"],
        "said": cell["said"],
    }


def row_names(year: Year, top: int, bottom: int, language: str) -> list[dict[str, Any]]:
    """The weekdays, week and month, each in the middle of its row."""
    say = texts.of(language)
    names = [
        {"name": say.group("weekdays_short")[str(one)], "middle": top + CELL * (place + 0.5)}
        for place, one in enumerate(year.weekdays)
    ]
    names.append({"name": say.space_week, "middle": bottom + GAP + CELL / 2})
    names.append({"name": say.space_month, "middle": bottom + 2 * GAP + 1.5 * CELL})
    return names
