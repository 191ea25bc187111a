"""From a file's events as written to the landing table: times decided, venues and words found, people taken out."""

import hashlib
import html
from collections.abc import Iterator

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.base.strict import plain
from stadtlabor.manifest.events_section import Events
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events.meaning import with_meaning
from stadtlabor.readers.events.model import EventPlan
from stadtlabor.readers.events.moments import with_times
from stadtlabor.readers.facts import EventFacts, FoundPlace, first_and_last
from stadtlabor.readers.landing_skeleton import has_fault, rejected, some, town_of, without_text
from stadtlabor.readers.landing_tables import EVENTS
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.values import visibility
from stadtlabor.values.text_columns import mapped
from stadtlabor.values.times import ISO_UTC

KEY_CHARACTERS = 32
# What goes on, in characters; a description in the place of a title is none.
LONGEST = {"title": 300, "event_id": 500, "place_text": 1000, "note": 500, "report_section": 100}
# What a fault is shown with.
FAULTS = (("title", "title_fault"), ("start", "start_fault"), ("end", "end_fault"), ("status", "status_fault"))


def land(plan: EventPlan, manifest: Manifest | None) -> ReadResult:
    """Land one file: a row per event; an event with a fault is a reject, with the first one.

    Without a manifest (for `inspect`) times are of Europe/Berlin and nothing is known of venues.
    """
    part = (manifest.events if manifest else None) or Events()
    draft = _without_entities(plan.tidy().sort("line", maintain_order=True))
    is_closed = visibility.is_closed()
    closed, draft = draft.filter(is_closed), draft.filter(~is_closed)
    draft = with_times(draft, plan, part.times, part.timezone)
    found, remarks = with_meaning(draft, manifest)
    nameless = pl.col("title").is_null() & pl.col("event_id").is_null()
    is_long = pl.any_horizontal(pl.col(name).str.len_chars() > most for name, most in LONGEST.items())
    found = found.with_columns(
        title_fault=pl.when(nameless)
        .then(pl.lit("event_title_missing"))
        .when(is_long.fill_null(False))
        .then(pl.lit("field_too_long"))
    )
    is_bad = has_fault(FAULTS)
    kept = _keyed(found.filter(~is_bad), town_of(manifest))
    private = [Reject("events", line, "visibility", visibility.REASON) for line in closed["line"]]
    faulty = rejected("events", found.filter(is_bad), FAULTS, shown={"title": "start"})
    result = ReadResult({"events": _rows(kept)}, [*without_text(plan.rejects), *private, *faulty])
    result.notes = [*plan.notes, *_notes(plan, kept), *remarks]
    if private:
        result.notes.append(f"{len(private)} event(s) are marked as private or confidential and set aside")
    result.facts = _facts(plan, kept, found)
    return result


def _without_entities(draft: pl.DataFrame) -> pl.DataFrame:
    """Websites leave their HTML in exports: 'Kaffee &amp; Kuchen'."""

    def plainly(text: str) -> str:
        return html.unescape(text).replace("\u00a0", " ") if "&" in text else text

    return draft.with_columns(mapped(draft[name], plainly).alias(name) for name in ("title", "venue", "category"))


def key(*parts: str | None) -> str:
    """The key of an event by what tells it apart; the same on every machine."""
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()[:KEY_CHARACTERS]


def bare(numbers: pl.Series) -> pl.Series:
    """Events' numbers without the host or address behind an @, unless two of them would become one."""
    short = numbers.str.replace(r"(?s)^(.+?)@.*$", "${1}").str.strip_chars()
    return short if short.n_unique() == numbers.n_unique() else numbers


def _keyed(frame: pl.DataFrame, town: str) -> pl.DataFrame:
    """`event_key`, `event_uid`, `series_key`. An event's number that stands for several starts is told by them, too."""
    frame = frame.with_columns(event_uid=bare(frame["event_id"]))
    starts = pl.col("starts_at").n_unique().over("event_uid")
    is_series = pl.col("event_uid").is_not_null() & (pl.col("occurrence").is_not_null() | (starts > 1))
    stated = frame.with_columns(
        which=pl.when(is_series).then(pl.coalesce("occurrence", "starts_at")),
        series=pl.when(is_series).then("event_uid"),
    )
    columns = ("event_uid", "which", "series", "title", "starts_at", "venue_name")
    keys, series = [], []
    for uid, which, of_series, title, start, venue in stated.select(columns).iter_rows():
        content = (plain(title or ""), start, plain(venue or ""))
        keys.append(key(town, "uid", uid, which) if uid else key(town, "content", *content))
        series.append(key(town, "series", of_series) if of_series else None)
    return stated.with_columns(
        pl.Series("event_key", keys, pl.String), pl.Series("series_key", series, pl.String)
    )  # fmt: skip


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        starts_at_utc=pl.col("start_utc").dt.to_string(ISO_UTC),
        ends_at_utc=pl.col("end_utc").dt.to_string(ISO_UTC),
        is_all_day=pl.when("all_day").then(pl.lit("true")).otherwise(pl.lit("false")),
        timezone=pl.col("zone"),
        status=pl.col("state"),
        venue=pl.col("venue_name"),
        organiser_kind=pl.col("organiser_kind_code"),
        format=pl.col("format_code"),
        theme=pl.col("theme_code"),
        target_group=pl.col("target_group_code"),
        planned_minutes=pl.coalesce("planned_minutes", pl.col("minutes").cast(pl.String)),
    ).select(pl.col("line", *EVENTS).cast(pl.String))


def _notes(plan: EventPlan, kept: pl.DataFrame) -> Iterator[str]:
    """What was dropped, passed over and decided, by name and line."""
    yield from plan.left_out()
    for note, lines in kept.group_by("time_note").agg("line").sort("time_note").iter_rows():
        if note is not None:
            yield f"{len(lines)} event(s): {note} (line {some(lines)})"
    called_off = kept.filter((pl.col("state") == "cancelled") & pl.col("said").ne_missing("cancelled"))
    called_off = called_off.filter(pl.col("cancelled").is_null())
    if called_off.height:
        yield f"{called_off.height} event(s) are called off in their title: read as cancelled"
    if kept["title"].is_null().any():
        yield f"{kept['title'].null_count()} event(s) have no title"


def _facts(plan: EventPlan, kept: pl.DataFrame, found: pl.DataFrame) -> EventFacts:
    places = kept.filter(pl.col("place_text").is_not_null()).group_by("venue_name", "place_text").len()
    recorded = [
        name for name in ("registered", "attended", "walk_ins", "organisations") if kept[name].is_not_null().any()
    ]
    return EventFacts(
        layout=plan.layout,
        rows=kept.height,
        periods=first_and_last(kept["starts_at"].str.head(10)),
        tool=plan.tool,
        headings=plan.headings,
        end_day=plan.clock.end_day,
        places={
            place: FoundPlace(name, count)
            for name, place, count in places.sort("len", "place_text", descending=[True, False]).iter_rows()
        },
        categories=_most(found["category"]),
        statuses=dict(kept["state"].value_counts().sort("state").iter_rows()),
        all_day=int(kept["all_day"].sum()),
        recorded=recorded,
    )


def _most(cells: pl.Series) -> dict[str, int]:
    counted = cells.drop_nulls().value_counts(sort=True)
    return dict(counted.head(30).iter_rows())
