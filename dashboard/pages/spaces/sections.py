"""The parts of the page on co-working: one space in pictures and words, the spaces side by side, the report."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl

from dashboard.article.arrangement import Columns
from dashboard.article.blocks import Block, Empty, Facts, Heading, Notes, Paragraph
from dashboard.article.choices import OneOf
from dashboard.pages.spaces import space_compare, space_pictures, space_shown
from dashboard.parts import picture as pictures
from dashboard.parts.choosing import choose, row
from dashboard.parts.pieces import statement
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from dashboard.words import space_time_words, space_words
from dashboard.words.numbers import INTERNAL

Row = Mapping[str, Any]


def data_line(spaces: pl.DataFrame, visit: Visit) -> str:
    """On what data the page stands: how many spaces of how many towns, and when."""
    say, towns = visit.say, spaces.get_column("town_id").n_unique()
    first, last = min(spaces.get_column("first_day")), max(spaces.get_column("last_day"))
    count = say.spaces_one if spaces.height == 1 else say.spaces_many.format(count=spaces.height)
    where = say.towns_one if towns == 1 else say.towns_many.format(count=towns)
    period = visit.numbers.period(str(first) if first == last else f"{first}/{last}")
    return say.coworking_data.format(spaces=count, towns=where, period=period)


def choices(spaces: pl.DataFrame, visit: Visit) -> tuple[OneOf, OneOf | None]:
    """The space and the year to look at; no year where the whole record fits into one picture."""
    say = visit.say
    rows = {row["space_id"]: row for row in spaces.iter_rows(named=True)}
    names = {one: space_compare.called(row, visit.language) for one, row in rows.items()}
    in_town = [one for one, row in rows.items() if row["town_id"] == visit.chosen("stadt")]
    space = choose(visit, say.choose_space, list(rows), "raum", names.__getitem__, first=next(iter(in_town), ""))
    years = queries.years(rows[space.value])
    return space, choose(visit, say.choose_year, years, "jahr", str) if years else None


def one(space: dict[str, Any], year: str, visit: Visit) -> Iterator[Block]:
    """One space: its year, its weeks, its hours, who booked it and for what, and the school holidays."""
    say = visit.say
    yield Heading(space_compare.called(space, visit.language), subtitle=space_words.head(space, visit.language))
    drawn = partial(_show, space=space, visit=visit)
    if space["desks"] == 0:
        yield Empty(say.space_no_desks_what)
        return
    yield from drawn(space_shown.YEAR, year=year, is_first=True)
    if queries.is_hidden(space):
        yield Empty(say.space_hidden_all)
        yield from _users(space, visit)
        return
    yield from drawn(space_shown.WEEKS, year=year, otherwise=(say.space_weeks_head, _no_weeks(space, year, visit)))
    yield from drawn(space_shown.PROFILE, otherwise=(say.space_profile_head, say.space_profile_hidden_all))
    yield from drawn(space_shown.LEAD, otherwise=(say.space_lead_head, _no_lead(space, visit)))
    yield from _users(space, visit)
    has_rooms = space_pictures.picture(space_shown.KINDS, space["space_id"], visit, "") is not None
    purposes = drawn(space_shown.PURPOSES, otherwise=(say.space_purposes_head, say.space_purposes_hidden_all))
    sides = [tuple(purposes), *([tuple(drawn(space_shown.KINDS))] if has_rooms else [])]
    yield Columns(sides, [1] * len(sides), gap="large")
    effects = queries.effects(visit.release, space["space_id"]).filter(pl.col("difference").is_not_null())
    # The headline tells the first comparison.
    further = [space_words.effect_sentence(row, visit.language) for row in effects[1:].iter_rows(named=True)]
    yield from drawn(
        space_shown.EFFECTS, otherwise=(say.space_effects_head, _no_effect(space, visit)), sentences=further
    )


def _show(
    name: str,
    space: dict[str, Any],
    visit: Visit,
    year: str = "",
    is_first: bool = False,
    otherwise: tuple[str, str] | None = None,
    sentences: Sequence[str] = (),
) -> Iterator[Block]:
    """A picture with its files, or a heading and the sentence why there is none."""
    shown = space_pictures.picture(name, space["space_id"], visit, year)
    if shown is not None:
        yield from pictures.show(shown, visit, level=3, is_first=is_first)
        for sentence in sentences:
            yield Paragraph(sentence)
        yield pictures.take_away(shown, visit)
    elif otherwise is not None:
        yield Heading(otherwise[0], level=3)
        yield Empty(otherwise[1])


def _no_weeks(space: Row, year: str, visit: Visit) -> str:
    weeks = queries.weeks(visit.release, space["space_id"], year)
    if weeks["utilisation"].null_count() == weeks.height:
        return visit.say.space_weeks_hidden_all
    return visit.say.space_weeks_only.format(title=space_time_words.weeks_title(weeks, visit.language))


def _no_lead(space: Row, visit: Visit) -> str:
    is_unknown = space["lead_time_median_sign"] == "x"
    return visit.say.space_lead_none if is_unknown else visit.say.space_lead_hidden_all


def _no_effect(space: Row, visit: Visit) -> str:
    rows = queries.effects(visit.release, space["space_id"])
    if rows.is_empty():
        return visit.say.group("space_effect_words")["school_holidays_unknown"]
    return space_words.effect_sentence(rows.row(0, named=True), visit.language)


def _users(space: Row, visit: Visit) -> Iterator[Block]:
    say, numbers = visit.say, visit.numbers
    title = say.space_users_hidden
    if space["space_users"] is not None:
        title = say.space_users_title.format(count=numbers.decimal(space["space_users"]))
        if space["days_per_user"] is not None:
            days = numbers.decimal(space["days_per_user"], 1)
            title = say.space_users_title_days.format(count=numbers.decimal(space["space_users"]), days=days)
        title = numbers.signed_text(title, INTERNAL if space["space_users_sign"] == INTERNAL else "")
    yield Heading(title, level=3, subtitle=say.space_users_subtitle)
    yield Facts(_facts(space, visit))
    yield Notes([say.space_users_caveat])


def _facts(space: Row, visit: Visit) -> dict[str, str]:
    say = visit.say

    def figure_text(name: str, form: str, decimals: int = 0, unit: str = "", reason: str | None = None) -> str:
        value, sign = space[name], space[f"{name}_sign"]
        if value is None:
            words = say.group("space_signs")[sign or "."]
            return say.space_because.format(what=words, why=reason) if sign == "x" and reason else words
        figure = visit.numbers.quantity(value, unit, decimals)
        return form.format(value=visit.numbers.signed_text(figure, sign), desks=space["desks"])

    language = visit.language
    return {
        say.space_fact_occupancy: figure_text("day_occupancy", say.space_says_occupancy, unit="%"),
        say.space_fact_peak: figure_text("peak_concurrency", say.space_says_peak),
        say.space_fact_returning: figure_text("returning_users", say.space_says_returning, unit="%"),
        say.space_fact_cancelled: figure_text(
            "booking_cancellation_rate", say.space_says_cancelled, unit="%",
            reason=space[f"cancellation_reason_{language}"],
        ),
        say.space_fact_no_show: figure_text(
            "booking_no_show_rate", say.space_says_no_show, unit="%", reason=space[f"no_show_reason_{language}"]
        ),
        say.space_fact_afterwards: figure_text(
            "recorded_afterwards", say.space_says_afterwards, unit="%", reason=say.space_lead_reason
        ),
        say.space_fact_outside: figure_text("outside_hours", say.space_says_outside),
    }  # fmt: skip


def side_by_side(space: Row, visit: Visit) -> Iterator[Block]:
    """Every space on a measure of the reader's choice, and what each is divided by."""
    say = visit.say
    yield Heading(say.spaces_heading, subtitle=say.spaces_what)
    shown = {one.indicator_id: one for one in queries.indicators(visit.release, visit.language)}
    if not shown:
        yield Empty(say.spaces_nothing)
        return
    choice = choose(visit, say.choose_measure, list(shown), "vergleich", lambda one: shown[one].title)
    yield row((choice, 3), (None, 2), key="sl-choices-spaces")
    indicator = shown[choice.value]
    picture = space_compare.picture(indicator, visit, space["space_id"])
    yield from pictures.show(picture, visit, level=3, is_first=False)
    yield pictures.take_away(picture, visit)
    yield from space_compare.show_denominators(visit)


def report(visit: Visit) -> Iterator[Block]:
    """What the report says of its space, and what the data say of that."""
    rows = queries.statements(visit.release)
    if rows.is_empty():
        return
    yield Heading(visit.say.space_report_heading, subtitle=visit.say.space_report_what)
    for found in rows.iter_rows(named=True):
        yield statement.entry(found, visit, level=3)
