"""The pictures of one co-working space over time, made ready for a page and for the files to take away."""

from datetime import date

import polars as pl

from dashboard import charts
from dashboard.pages.spaces import space_amounts, space_numbers
from dashboard.pages.spaces.space_shown import EFFECTS, KINDS, LEAD, PROFILE, PURPOSES, WEEKS, YEAR, Row, assembled
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from dashboard.release.release_cache import cached
from dashboard.texts import Texts
from dashboard.words import space_time_words, space_words

Run = tuple[date, date, str]


@cached
def picture(name: str, space_id: str, visit: Visit, year: str = "") -> Picture | None:
    """One of the pictures of a space, by its name; nothing where there is nothing to draw."""
    rows = queries.spaces(visit.release).filter(space_id=space_id)
    return _MAKERS[name](rows.row(0, named=True), year, visit)


def holidays(space: Row, year: str, visit: Visit) -> list[Run]:
    """School holidays within the record, named in the reader's language."""
    words = visit.say.group("school_holidays")
    runs = queries.runs(queries.days(visit.release, space["space_id"], year), "school_holiday")
    return [(first, last, words.get(name, name)) for first, last, name in runs]


def closures(space: Row, year: str, visit: Visit) -> list[Run]:
    """Closures within the record, each with its reason as the town wrote it."""
    days = queries.days(visit.release, space["space_id"], year).filter(~pl.col("open"))
    return queries.runs(days, "closure")


def _without_holidays(space: Row, visit: Visit) -> str:
    """That no grey is no word on school holidays, where they are not on file; else nothing."""
    effects = queries.effects(visit.release, space["space_id"]).iter_rows(named=True)
    return visit.say.space_holidays_missing if any(map(space_words.lacks_holidays, effects)) else ""


def _year(space: Row, year: str, visit: Visit) -> Picture | None:
    release, language, say = visit.release, visit.language, visit.say
    days = queries.days(release, space["space_id"], year)
    if days.is_empty():
        return None
    months, weeks = queries.months(release, space["space_id"], year), queries.weeks(release, space["space_id"], year)
    named, closed = holidays(space, year, visit), closures(space, year, visit)
    title = space_time_words.year_title(space, months, language)
    drawn = charts.Year(days, weeks, months, named)
    is_hidden = days.filter(pl.col("open"))["utilisation"].null_count() > 0
    return assembled(
        space, YEAR, year, visit,
        chart=charts.space_year(drawn, language, visit.theme),
        title=title,
        subtitle=say.space_year_subtitle,
        alt=space_time_words.year_words(title, days, months, named, closed, language),
        foot=[
            *space_time_words.year_foot(days, drawn.weekdays, named, closed, language),
            _without_holidays(space, visit),
        ],
        numbers=space_numbers.of_days(days, visit),
        has_gaps=is_hidden,
    )  # fmt: skip


def _weeks(space: Row, year: str, visit: Visit) -> Picture | None:
    say, language = visit.say, visit.language
    weeks = queries.weeks(visit.release, space["space_id"], year)
    if weeks["utilisation"].is_not_null().sum() == 0 or weeks.filter(pl.col("open_days") > 0).height < 2:
        return None
    named, closed = holidays(space, year, visit), closures(space, year, visit)
    title = space_time_words.weeks_title(weeks, language)
    is_hidden = weeks.filter(pl.col("open_days") > 0)["utilisation"].null_count() > 0
    return assembled(
        space, WEEKS, year, visit,
        chart=charts.space_weeks(weeks, named, closed, space["utilisation"], space["slot"], language, visit.theme),
        title=title,
        subtitle=say.space_weeks_subtitle,
        alt=space_time_words.weeks_words(title, weeks, space_time_words.bands_words(named, closed, language), language),
        foot=[
            say.space_circle_key if is_hidden else "",
            say.space_mean_key.format(value=visit.numbers.quantity(space["utilisation"], "%"))
            if space["utilisation"] is not None
            else "",
            *space_time_words.bands_words(named, closed, language, is_key=True),
            _without_holidays(space, visit),
        ],
        numbers=space_numbers.of_weeks(weeks, visit),
        has_gaps=is_hidden,
    )  # fmt: skip


def _profile(space: Row, year: str, visit: Visit) -> Picture | None:
    say, language = visit.say, visit.language
    profile = queries.profile(visit.release, space["space_id"])
    if profile["utilisation"].is_not_null().sum() == 0:
        return None
    title = space_words.profile_title(profile, language)
    return assembled(
        space, PROFILE, "", visit,
        chart=charts.space_profile(profile, language, visit.theme),
        title=title,
        subtitle=say.space_profile_subtitle,
        alt=space_words.profile_words(title, profile, language),
        foot=[
            say.space_night_key if (profile["hour"] >= 24).any() else "",
            say.space_hour_dot_key if profile["utilisation"].null_count() else "",
        ],
        numbers=space_numbers.of_profile(profile, visit),
        has_gaps=profile["utilisation"].null_count() > 0,
    )  # fmt: skip


def _effects(space: Row, year: str, visit: Visit) -> Picture | None:
    say, language = visit.say, visit.language
    rows = queries.effects(visit.release, space["space_id"])
    known = rows.filter(pl.col("difference").is_not_null())
    if known.is_empty():
        return None
    title = space_words.effect_sentence(known.row(0, named=True), language)
    return assembled(
        space, EFFECTS, "", visit,
        chart=charts.space_effects(rows, space["slot"], language, visit.theme),
        title=title.removesuffix("."),
        subtitle=say.space_effects_subtitle,
        alt=space_words.effect_words(title.removesuffix("."), rows, language),
        foot=[
            descriptive(space, visit.say),
            say.space_effects_key,
            say.space_effects_few if known["low"].null_count() else "",
            say.space_effects_caveat,
        ],
        numbers=space_numbers.of_effects(rows, visit),
        has_gaps=known.height < rows.height,
        has_intervals=True,
    )  # fmt: skip


def descriptive(space: Row, say: Texts) -> str:
    """How much one space may be taken for: one summer, or some years."""
    return say.space_descriptive_years if queries.years(space) else say.space_descriptive


_MAKERS = {
    YEAR: _year,
    WEEKS: _weeks,
    PROFILE: _profile,
    LEAD: space_amounts.lead,
    PURPOSES: space_amounts.purposes,
    KINDS: space_amounts.kinds,
    EFFECTS: _effects,
}
