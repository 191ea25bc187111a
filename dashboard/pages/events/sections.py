"""The parts of the page of events: its choices, pictures, sentences and tables."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard.article.arrangement import Group
from dashboard.article.blocks import Block, Column, Empty, Heading, Notes, Paragraph, Table
from dashboard.article.choices import OneOf
from dashboard.pages.events import event_pictures
from dashboard.parts import compare
from dashboard.parts import picture as pictures
from dashboard.parts.choosing import choose, choose_town, pick
from dashboard.parts.visit import Visit
from dashboard.release import event_queries as queries
from dashboard.words import event_words
from dashboard.words.numbers import INTERNAL

Event = Mapping[str, Any]
THEME = "events"  # of the indicators


def data_line(events: pl.DataFrame, visit: Visit) -> str:
    """How many events, from when to when, in which towns."""
    say, days = visit.say, events.get_column("event_date").drop_nulls().sort()
    text = {
        "dates": event_words.dates_words(events.height, visit.language),
        "towns": visit.numbers.listed(events.get_column("name").unique(maintain_order=True).to_list()),
    }
    if days.is_empty():
        return say.events_data_plain.format(**text)
    ends = {"start": visit.numbers.month(days[0]), "end": visit.numbers.month(days[-1])}
    return say.events_data.format(**text, **ends)


def choices(visit: Visit) -> tuple[OneOf, OneOf, OneOf]:
    """One quiet row: format, theme, and the town to highlight; each empty where all are meant."""
    say = visit.say
    formats = queries.members(visit.release, "format", visit.language)
    themes = queries.members(visit.release, "theme", visit.language)
    all_formats, all_themes = say.all_formats, say.all_event_themes
    return (
        choose(visit, say.choose_format, ["", *formats], "format", lambda one: formats.get(one, all_formats)),
        choose(visit, say.choose_theme, ["", *themes], "thema", lambda one: themes.get(one, all_themes)),
        choose_town(visit),
    )


def timeline(visit: Visit, format_: str, theme: str, highlighted: str) -> Iterator[Block]:
    """All towns in time; a highlighted town's events one by one beneath."""
    shown = event_pictures.timeline(visit, format_, theme, highlighted or None)
    if shown:
        yield from pictures.show(shown, visit)
        yield pictures.take_away(shown, visit, stadt=highlighted)
    one = event_pictures.of_town(visit, highlighted) if highlighted else None
    if one:
        yield from pictures.show(one, visit, is_first=False)
        yield pictures.take_away(one, visit)


def kinds(visit: Visit, format_: str, theme: str, highlighted: str) -> Iterator[Block]:
    """What kinds of events drew how many, by the family that the reader picks."""
    say, families = visit.say, visit.say.group("event_families")
    yield Heading(say.events_kinds)
    choice = pick(visit, say.group_by, list(families), "nach", families.__getitem__)
    yield choice
    family = choice.value
    shown = event_pictures.strip(visit, family, format_, theme, highlighted or None)
    if shown:
        yield from pictures.show(shown, visit, level=3, is_first=False)
        yield pictures.take_away(shown, visit, stadt=highlighted)
    else:
        yield Empty(say.events_finding_uncounted.format(where=say.events_everywhere, dates=families[family]))


def measures(visit: Visit) -> Iterator[Block]:
    """Planned against actual: each town's totals, the lengths, and what was offered afterwards."""
    say = visit.say
    yield Heading(say.events_measures, subtitle=say.events_measures_what)
    totals = queries.of_all(visit.release)
    if totals.height:
        yield Table(say.events_by_town, *compare.without_empty(_total_columns(visit), _totals(totals, visit)))
    shown = event_pictures.lengths(visit)
    if shown:
        yield from pictures.show(shown, visit, level=3, is_first=False)
        yield pictures.take_away(shown, visit)
    else:
        yield Paragraph(say.lengths_none)
    yield Notes(offers(queries.events(visit.release), visit))


def indicators(visit: Visit, highlighted: str) -> Iterator[Block]:
    """The measures of events, one at a time, town by town; nothing where the catalogue has none with a value."""
    say = visit.say
    known = {one.indicator_id: one for one in visit.release.indicators(visit.language, THEME)}
    shown = {name: one for name, one in known.items() if _has_value(name, visit)}
    if not shown:
        return
    yield Heading(say.events_indicators)
    choice = choose(visit, say.choose_event_indicator, list(shown), "kennzahl", lambda one: shown[one].title)
    yield Group((choice,), "sl-event-indicator")
    indicator = shown[choice.value]
    picture = compare.latest_picture(indicator, visit, highlighted or None)
    yield from pictures.show(picture, visit, level=3, is_first=False)
    yield pictures.take_away(picture, visit, stadt=highlighted)


def _has_value(indicator_id: str, visit: Visit) -> bool:
    values = visit.release.latest_of_towns(indicator_id)
    return values["value"].count() + values["interval_low"].count() > 0


def offers(events: pl.DataFrame, visit: Visit) -> list[str]:
    """For each event that says so, how many organisations came and how many took up what was offered."""
    say, found = visit.say, []
    for event in events.iter_rows(named=True):
        words = [_organisations(event, visit), _taken_up(event, visit)]
        text = " ".join(part for part in words if part)
        if text:
            found.append(say.take_up.format(title=event["title"], town=event["name"], words=text))
    return found


def _organisations(event: Event, visit: Visit) -> str:
    if event["organisations"] is None:
        return ""
    count = visit.numbers.decimal(event["organisations"])
    if event["organisation_limit"] is None:
        return visit.say.organisations_plain.format(count=count)
    return visit.say.organisations_of.format(count=count, limit=visit.numbers.decimal(event["organisation_limit"]))


def _taken_up(event: Event, visit: Visit) -> str:
    if event["taken_up"] is None:
        return visit.say.take_up_few if event["taken_up_sign"] == "." else ""
    if event["taken_up"] == 0:
        return visit.say.take_up_none
    return visit.say.take_up_some.format(count=visit.numbers.decimal(event["taken_up"]))


def table(visit: Visit, format_: str, theme: str, highlighted: str) -> Iterator[Block]:
    """All chosen events, row by row, each with where it comes from; a highlighted town's alone."""
    say, events = visit.say, queries.events(visit.release, format_, theme)
    if highlighted:
        events = events.filter(pl.col("town_id") == highlighted)
    columns = [Column(say.column_event), Column(say.column_town), Column(say.column_day, is_whole=True)]
    columns += [Column(say.column_format), Column(say.column_venue), Column(say.column_visits, True)]
    columns += [Column(say.column_registered, True), Column(say.column_seats, True), Column(say.column_origin)]
    rows = [_row(event, visit) for event in events.iter_rows(named=True)]
    caption = event_words.finding(events, events["name"][0] if highlighted and rows else "", visit.language)
    if rows:
        yield Table(caption, *compare.without_empty(columns, rows), folded=say.events_all)


def _row(event: Event, visit: Visit) -> list[str]:
    numbers = visit.numbers
    return [
        event["title"] or "",
        event["name"],
        numbers.date(event["event_date"]) if event["event_date"] else visit.say.day_unknown,
        event[f"format_{visit.language}"] or "",
        event["venue"] or "",
        event_words.visits(event, visit.language),
        _count(event["registered"], event["registered_sign"], visit),
        numbers.count(event["capacity"]),
        origin(event, visit),
    ]


def _count(value: int | None, sign: str | None, visit: Visit) -> str:
    if value is not None:
        return visit.numbers.signed_text(visit.numbers.decimal(value), sign)
    return visit.say.hidden if sign == "." else ""


def origin(row: Event, visit: Visit) -> str:
    """Where a row comes from: the report with its section, a delivery, or made up as an example."""
    words = visit.say.group("row_origins").get(row["row_origin"] or "", row["row_origin"] or "")
    section = row.get("report_section") or row.get("section")
    return f"{words} ({section})" if section and row["row_origin"] == "report" else words


def _total_columns(visit: Visit) -> list[Column]:
    say = visit.say
    names = (say.column_dates, say.column_counted, say.column_visits, say.column_median, say.column_fill)
    return [Column(say.column_town), *(Column(name, True) for name in (*names, say.column_no_show))]


def _totals(totals: pl.DataFrame, visit: Visit) -> list[list[str]]:
    return [
        [
            row["name"],
            visit.numbers.decimal(row["event_count"]),
            visit.numbers.decimal(row["counted_count"]),
            _marked(_between(row["visits_low"], row["visits_high"], visit), "visits_low", row, visit),
            _marked(_between(row["median_low"], row["median_high"], visit), "median_low", row, visit),
            _marked(_share(row["fill_share"], visit), "fill_share", row, visit),
            _marked(_share(row["no_show_share"], visit), "no_show_share", row, visit),
        ]
        for row in totals.iter_rows(named=True)
    ]


def _marked(words: str, column: str, row: Event, visit: Visit) -> str:
    is_internal = words and column in (row["internal"] or "").split(", ")
    return visit.numbers.signed_text(words, INTERNAL) if is_internal else words


def _between(low: float | None, high: float | None, visit: Visit) -> str:
    if low is None or high is None:
        return ""
    ends = [visit.numbers.decimal(one, 0 if float(one).is_integer() else 1) for one in (low, high)]
    return ends[0] if low == high else visit.say.between_two.format(low=ends[0], high=ends[1])


def _share(value: float | None, visit: Visit) -> str:
    return "" if value is None else visit.numbers.quantity(value, "%")
