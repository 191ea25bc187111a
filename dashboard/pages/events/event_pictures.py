"""The pictures of events: all towns in time, by kind, one town event by event, and planned against actual length."""

import polars as pl

from dashboard import charts
from dashboard.pages.events import event_numbers
from dashboard.parts.picture import Picture, is_sample
from dashboard.parts.visit import Visit
from dashboard.release import event_queries as queries
from dashboard.release.release_cache import cached
from dashboard.words import event_words

KIND = "veranstaltungen"  # the files' folder in their address
APART = "~"  # between the parts of a picture's name
TIMELINE, STRIP, TOWN, LINE, LENGTHS = "zeit", "gruppen", "stadt", "verlauf", "dauer"
MOST_ROWS = 30  # events of a town that are drawn; further ones stand in the table


@cached
def timeline(visit: Visit, format_: str = "", theme: str = "", highlighted: str | None = None) -> Picture | None:
    """All towns' events in time; nothing where no event has a day."""
    events, towns = queries.events(visit.release, format_, theme), visit.release.towns()
    if events.get_column("event_date").is_not_null().sum() == 0:
        return None
    named = visit.release.town_names()
    described = events.filter(pl.col("town_id") == highlighted) if highlighted in named else events
    return _in_time(
        events,
        towns,
        visit,
        name=APART.join((TIMELINE, format_, theme)).rstrip(APART),
        title=event_words.finding(described, named.get(highlighted or "", ""), visit.language),
        subtitle=visit.say.events_timeline_subtitle,
        highlighted=highlighted,
    )


@cached
def strip(
    visit: Visit, family: str, format_: str = "", theme: str = "", highlighted: str | None = None
) -> Picture | None:
    """The events by format, theme, target group or venue; nothing where no attendance is known."""
    say, towns = visit.say, visit.release.towns()
    events = queries.events(visit.release, format_, theme).filter(pl.col("status").ne_missing("cancelled"))
    events = queries.grouped(events, family, visit.language, say.group_unknown)
    if events.get_column("attended_low").is_null().all():
        return None
    return Picture(
        kind=KIND,
        name=APART.join((STRIP, family, format_, theme)).rstrip(APART),
        chart=charts.event_strip(events, towns, "member", visit.language, visit.theme, highlighted),
        title=_group_finding(events, family, visit),
        subtitle=say.events_strip_subtitle,
        alt=_describe_groups(events, visit),
        foot=[
            say.events_strip_key,
            charts.town_signs(towns),
            say.events_few_key if _has_few(events) else "",
            say.visits_are_not_persons,
            source(events, visit),
        ],
        numbers=event_numbers.of_groups(events, family, visit),
        is_synthetic=is_sample(events),
        indicator_id="event_attendance_median",
        has_gaps=_has_few(events),
        sample_words=_sample_words(events, visit),
    )


@cached
def of_town(visit: Visit, town_id: str) -> Picture | None:
    """One town, event by event; nothing where it had none. Beyond MOST_ROWS the last ones are drawn."""
    say = visit.say
    events = queries.of_town(visit.release, town_id)
    if events.is_empty():
        return None
    shown = events.tail(MOST_ROWS)
    return Picture(
        kind=KIND,
        name=f"{TOWN}{APART}{town_id}",
        chart=charts.event_rows(shown, events["slot"][0], visit.language, visit.theme),
        title=event_words.town_finding(events, events["name"][0], visit.language),
        subtitle=say.events_rows_subtitle,
        alt=charts.describe_rows(shown, visit.language),
        foot=[
            say.events_rows_key,
            say.events_few_line_key if _has_few(events) else "",
            say.events_rows_cut.format(count=MOST_ROWS) if events.height > MOST_ROWS else "",
            say.visits_are_not_persons,
            source(events, visit),
        ],
        numbers=event_numbers.of_events(events, visit),
        is_synthetic=is_sample(events),
        indicator_id="event_visits",
        has_gaps=_has_few(events),
        sample_words=_sample_words(events, visit),
    )


@cached
def one_line(visit: Visit, town_id: str) -> Picture | None:
    """One town's events in time, for its portrait; nothing where it had none on a known day."""
    events = queries.of_town(visit.release, town_id)
    if events.get_column("event_date").is_not_null().sum() == 0:
        return None
    towns = visit.release.towns().filter(pl.col("town_id") == town_id)
    return _in_time(
        events,
        towns,
        visit,
        name=f"{LINE}{APART}{town_id}",
        title=event_words.town_finding(events, towns["name"][0], visit.language),
        subtitle=visit.say.events_rows_subtitle,
    )


def _in_time(
    events: pl.DataFrame,
    towns: pl.DataFrame,
    visit: Visit,
    *,
    name: str,
    title: str,
    subtitle: str,
    highlighted: str | None = None,
) -> Picture:
    """Events of some towns on one line of time each."""
    return Picture(
        kind=KIND,
        name=name,
        chart=charts.event_timeline(events, towns, visit.language, visit.theme, highlighted),
        title=title,
        subtitle=subtitle,
        alt=event_words.describe_events(events, towns, visit.language),
        foot=[_key(events, visit), visit.say.visits_are_not_persons, source(events, visit)],
        numbers=event_numbers.of_events(events, visit),
        is_synthetic=is_sample(events),
        indicator_id="event_visits",
        has_gaps=_has_few(events),
        sample_words=_sample_words(events, visit),
    )


@cached
def lengths(visit: Visit) -> Picture | None:
    """Planned against actual length; nothing where no event tells both."""
    say, events = visit.say, queries.with_lengths(queries.events(visit.release))
    if events.is_empty():
        return None
    longer = events.filter(pl.col("actual_minutes") > pl.col("planned_minutes")).height
    seen = [
        say.alt_length.format(
            title=event["title"],
            town=event["name"],
            planned=visit.numbers.decimal(event["planned_minutes"]),
            actual=visit.numbers.decimal(event["actual_minutes"]),
        )
        for event in events.iter_rows(named=True)
    ]
    return Picture(
        kind=KIND,
        name=LENGTHS,
        chart=charts.durations(events, visit.release.towns(), visit.language, visit.theme),
        title=say.lengths_finding.format(
            longer=visit.numbers.decimal(longer), count=visit.numbers.decimal(events.height)
        ),
        subtitle=say.lengths_subtitle,
        alt=say.alt_event_rows.format(rows="; ".join(seen)),
        foot=[say.lengths_key, source(events, visit)],
        numbers=event_numbers.of_lengths(events, visit),
        is_synthetic=is_sample(events),
        indicator_id="event_actual_duration",
        sample_words=_sample_words(events, visit),
    )


def by_name(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    """The picture of an address; nothing where there is none of that name."""
    what, *rest = name.split(APART)
    first, second, third = (*rest, "", "", "")[:3]
    if what == TIMELINE:
        return timeline(visit, first, second, highlighted)
    if what == STRIP and first in queries.FAMILIES:
        return strip(visit, first, second, third, highlighted)
    if what == TOWN:
        return of_town(visit, first)
    if what == LINE:
        return one_line(visit, first)
    return lengths(visit) if what == LENGTHS else None


def source(events: pl.DataFrame, visit: Visit) -> str:
    """The deliveries that events come from, by their titles."""
    ids = events.get_column("delivery_id").drop_nulls().unique().to_list()
    known = visit.release.deliveries().filter(pl.col("delivery_id").is_in(ids))
    titles = [row["title"] or row["delivery_id"] for row in known.iter_rows(named=True)]
    return visit.say.events_source.format(source="; ".join(titles)) if titles else ""


def _key(events: pl.DataFrame, visit: Visit) -> str:
    """What the forms mean, of those that are drawn."""
    say, kinds = visit.say, {charts.kind_of(event) for event in events.iter_rows(named=True)}
    keys = [say.events_dot_key]
    keys += [say.events_few_key] if "few" in kinds else []
    keys += [say.events_unknown_key] if "unknown" in kinds else []
    keys += [say.events_cancelled_key] if "cancelled" in kinds else []
    return " ".join(keys)


def _has_few(events: pl.DataFrame) -> bool:
    return bool((events.get_column("attended_low") != events.get_column("attended_high")).any())


def _sample_words(events: pl.DataFrame, visit: Visit) -> str:
    """What the strip says where some of the events are no sample data; empty where all are."""
    is_whole = bool(events.get_column("is_synthetic").fill_null(False).all())
    return "" if is_whole else visit.say.events_sample


def _group_finding(events: pl.DataFrame, family: str, visit: Visit) -> str:
    """The headline: what there was most of, and how many came to it."""
    groups = [(name, rows) for name, rows in event_numbers.groups(events) if name != visit.say.group_unknown]
    family_words = visit.say.group("event_families")[family]
    if not groups:
        return family_words
    most, rows = groups[0]
    return visit.say.events_group_finding.format(
        family=family_words,
        count=visit.numbers.decimal(len(groups)),
        most=most,
        dates=event_words.counted_words(rows, visit.language),
    )


def _describe_groups(events: pl.DataFrame, visit: Visit) -> str:
    keys = [f"{name}: {event_words.counted_words(rows, visit.language)}" for name, rows in event_numbers.groups(events)]
    return visit.say.alt_event_groups.format(rows="; ".join(keys))
