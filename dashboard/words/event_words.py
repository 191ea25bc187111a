"""What charts of events say, in words computed from the published counts; visits are never called persons.

A count of one to four is not published: it is "under 5" wherever it stands, and a sum that holds one is a range.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.words.numbers import INTERNAL, Numbers
from stadtlabor.disclosure.policy import POLICY

Event = Mapping[str, Any]


def visits(event: Event, language: str) -> str:
    """An event's attendance as it is published: "64 Besuche", "unter 5 Besuche", "nicht gezählt", "abgesagt"."""
    say = texts.of(language)
    if event["status"] == "cancelled":
        return say.event_cancelled
    if event["attended_low"] is None:
        return say.event_uncounted
    if event["attended_low"] != event["attended_high"]:
        return say.event_few
    words = visits_words(event["attended"], event["attended"], language)
    return Numbers(language).signed_text(words, event.get("attended_sign"))


def visits_words(low: float, high: float, language: str) -> str:
    """A number of visits, or the range it lies in: "1 Besuch", "120 Besuche", "120 bis 128 Besuche"."""
    say, numbers = texts.of(language), Numbers(language)
    if low == high:
        return (say.visits_one if low == 1 else say.visits_many).format(count=numbers.decimal(low))
    return say.visits_between.format(low=numbers.decimal(low), high=numbers.decimal(high))


def event_line(event: Event, language: str) -> str:
    """An event on one line: day, attendance, seats."""
    say, numbers = texts.of(language), Numbers(language)
    day = numbers.date(event["event_date"]) if event["event_date"] else say.day_unknown
    seats = say.event_seats.format(count=numbers.decimal(event["capacity"])) if event["capacity"] else ""
    return " · ".join(part for part in (day, visits(event, language), seats) if part)


def totals(events: pl.DataFrame) -> dict[str, int]:
    """How many events were held, counted and hidden, between how many visits they had, and if any is internal."""
    held = events.filter(pl.col("status").ne_missing("cancelled"))
    counted = held.filter(pl.col("attended_low").is_not_null())
    return {
        "events": events.height,
        "held": held.height,
        "counted": counted.height,
        "hidden": counted.filter(pl.col("attended_low") != pl.col("attended_high")).height,
        "internal": has_internal(counted),
        "low": int(counted.get_column("attended_low").sum()),
        "high": int(counted.get_column("attended_high").sum()),
    }


def has_internal(events: pl.DataFrame) -> bool:
    """Whether the public edition hides how many came to any of these events."""
    return "attended_sign" in events.columns and bool((events["attended_sign"] == INTERNAL).fill_null(False).any())


def counted_words(events: pl.DataFrame, language: str) -> str:
    """A short count: "6 Termine, 96 bis 99 Besuche"."""
    found = totals(events)
    dates = dates_words(found["held"], language)
    if not found["counted"]:
        return dates
    words = visits_words(found["low"], found["high"], language)
    return f"{dates}, {_marked(words, found['internal'], language)}"


def dates_words(count: int, language: str) -> str:
    """A number of events: "1 Termin", "6 Termine"."""
    say = texts.of(language)
    return (say.dates_one if count == 1 else say.dates_many).format(count=Numbers(language).decimal(count))


def on_dates(count: int, language: str) -> str:
    """On how many dates: "an einem Termin", "an 6 Terminen"."""
    say = texts.of(language)
    return (say.on_one_date if count == 1 else say.on_dates).format(count=Numbers(language).decimal(count))


def finding(events: pl.DataFrame, town: str, language: str) -> str:
    """The headline: how many events of whom, how many visits, and at how many there were few; `town` may be ""."""
    say, found = texts.of(language), totals(events)
    where = say.events_in.format(town=town) if town else say.events_everywhere
    if not found["counted"]:
        return say.events_finding_uncounted.format(where=where, dates=dates_words(found["held"], language))
    words = {
        "where": where,
        "dates": on_dates(found["counted"], language),
        "visits": _marked(visits_words(found["low"], found["high"], language), found["internal"], language),
    }
    if not found["hidden"]:
        return say.events_finding.format(**words)
    if found["hidden"] == 1:
        return say.events_finding_few_one.format(**words)
    return say.events_finding_few.format(**words, count=Numbers(language).decimal(found["hidden"]))


def town_finding(events: pl.DataFrame, town: str, language: str) -> str:
    """The headline of one town: to which event most came, and how many to the others; else as `finding`."""
    known = events.filter(pl.col("status").ne_missing("cancelled") & pl.col("attended_low").is_not_null())
    top = known.filter(pl.col("attended_low") == pl.col("attended_low").max())
    rest = known.filter(pl.col("attended_low") < pl.col("attended_low").max())
    others = [int(value) for end in ("low", "high") for value in rest.get_column(f"attended_{end}")]
    # A hidden count may be as large as its range allows: then no event is said to have drawn most.
    if top.height != 1 or not others or top["attended_low"][0] <= max(others):
        return finding(events, town, language)
    return texts.of(language).events_town_finding.format(
        town=town,
        title=top["title"][0],
        visits=_marked(
            visits_words(top["attended_low"][0], top["attended_high"][0], language), has_internal(top), language
        ),
        others=_marked(
            spread_words(min(others), max(others), language, is_exact=has_internal(rest)), has_internal(rest), language
        ),
    )


def _marked(words: str, is_internal: bool | int, language: str) -> str:
    return Numbers(language).signed_text(words, INTERNAL if is_internal else "")


def spread_words(low: int, high: int, language: str, *, is_exact: bool = False) -> str:
    """How many came to several events, each by itself: "je 0 bis 19"; one to four is "unter 5"."""
    say, numbers = texts.of(language), Numbers(language)
    if low < POLICY.k and low > 0 and not is_exact:
        return say.each_few if high < POLICY.k else say.each_up_to.format(high=numbers.decimal(high))
    if low == high:
        return say.each_same.format(count=numbers.decimal(low))
    return say.each_between.format(low=numbers.decimal(low), high=numbers.decimal(high))


def describe_events(events: pl.DataFrame, towns: pl.DataFrame, language: str) -> str:
    """The text alternative of the timeline: each town with its events in the order of time."""
    say, seen = texts.of(language), []
    for town in towns.iter_rows(named=True):
        mine = events.filter(pl.col("town_id") == town["town_id"])
        text = "; ".join(f"{event['title']} ({event_line(event, language)})" for event in mine.iter_rows(named=True))
        seen.append(f"{town['name']}: {text or say.events_none_here}.")
    return say.alt_events.format(rows=" ".join(seen))
