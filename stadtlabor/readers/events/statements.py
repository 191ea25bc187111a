"""What source.yml says of single events (`events: events:`), put onto the rows of the files or told whole."""

from pathlib import Path
from typing import Any

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.events_section import Described, Events, SingleEvent
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events import spellings
from stadtlabor.readers.events.index import Index
from stadtlabor.readers.events.land import land
from stadtlabor.readers.events.model import EventPlan
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.values.times import Clock

# Field of a statement → column of the landing table, where the two differ.
COLUMN_OF = {"origin": "row_origin", "section": "report_section", "venue": "venue_id"}
DESCRIBING = ("status", "format", "theme", "target_group", "organiser_kind", "venue")
RECORDED = (
    "capacity", "registered", "attended", "walk_ins", "organisations", "organisation_limit", "planned_minutes",
    "actual_minutes", "cost_eur", "price_eur", "offered_takes", "taken_up",
)  # fmt: skip
# Where a statement comes from says nothing of the numbers another file has of the event: it goes onto one row only.
WHENCE = ("origin", "section", "note")
WORDS = ("theme", "target_group", "organiser_kind")


def unknown_word(manifest: Manifest, path: Path) -> DeliveryError | None:
    """The first word of theme, target group or organiser that the dictionary does not know, at its line."""
    part = manifest.events
    if part is None:
        return None
    places: list[tuple[tuple[str | int, ...], Described]] = [(("events", "defaults"), part.defaults)]
    places += [(("events", "rules", number), rule) for number, rule in enumerate(part.rules)]
    places += [(("events", "events", number), one) for number, one in enumerate(part.events)]
    for field, described in places:
        for name in WORDS:
            word, known = getattr(described, name), set(spellings.spellings(name).values())
            if word is not None and word not in known:
                what = f"the dictionary has no {name.replace('_', ' ')} {word!r}"
                return manifests.fault_at(path, (*field, name), what, f"It has: {', '.join(sorted(known))}.")
    return None


def told_whole(manifest: Manifest, path: Path, index: Index) -> ReadResult | None:
    """Events that stand in no file and are told by source.yml alone, as a file of their own; None without any."""
    part = manifest.events or Events()
    rows: list[dict[str, Any]] = []
    for number, one in enumerate(part.events):
        if one.title and one.starts_at and not _meant(one, index):
            line = manifests.line_of(path, ("events", "events", number))
            rows.append(
                {
                    "line": line, "event_id": one.uid, "title": one.title, "start": one.starts_at.isoformat(),
                    "end": one.ends_at.isoformat() if one.ends_at else None,
                }
            )  # fmt: skip
    if not rows:
        return None
    frame = pl.DataFrame(
        rows, schema={"line": pl.Int64, **dict.fromkeys(("event_id", "title", "start", "end"), pl.String)}
    )
    result = land(EventPlan(frame, Clock(rule="local", end_day="exclusive", day_first=False)), manifest)
    result.notes.append(f"{len(rows)} event(s) are told by source.yml alone")
    return result


def apply(frames: list[pl.DataFrame], manifest: Manifest, path: Path, index: Index) -> list[pl.DataFrame]:
    """The frames with the statements put onto their rows; DeliveryError where one fits no event, or several.

    What describes an event goes onto all its rows, a number onto the rows that have one, else onto the first row, and
    where the statement comes from onto the first row.
    """
    part = manifest.events or Events()
    venues = {venue.id: venue for venue in part.venues}
    changes: dict[str, dict[str, str]] = {}
    for number, one in enumerate(part.events):
        meant = _meant(one, index)
        field = ("events", "events", number)
        if not meant:
            raise manifests.fault_at(
                path, field, f"no file of the delivery has the event {_shown(one)}",
                "Correct uid, title or date; with title and starts_at the entry tells the event whole.",
            )  # fmt: skip
        if len(meant) > 1 and not one.series:
            raise manifests.fault_at(
                path, field, f"{len(meant)} events could be meant by {_shown(one)}",
                "Add 'date' or 'starts_at', or 'series: true' for all of them.",
            )  # fmt: skip
        stated = {name: getattr(one, name) for name in (*DESCRIBING, *RECORDED, *WHENCE)}
        made = {COLUMN_OF.get(name, name): _text(value) for name, value in stated.items() if value is not None}
        if one.venue:
            venue = venues[one.venue]
            made["venue"] = venue.name
            if venue.capacity and "capacity" not in made:
                made["capacity"] = str(venue.capacity)
        for key in meant:
            changes.setdefault(key, {}).update(made)
    return _changed(frames, changes)


def _meant(one: SingleEvent, index: Index) -> list[str]:
    start = one.starts_at.isoformat() if one.starts_at else one.date.isoformat() if one.date else None
    found = index.find(one.uid, None if one.uid else one.title, start, is_day=one.starts_at is None)
    return [event.key for event in found]


def _changed(frames: list[pl.DataFrame], changes: dict[str, dict[str, str]]) -> list[pl.DataFrame]:
    recorded = {*RECORDED, *(COLUMN_OF.get(name, name) for name in WHENCE)}
    for column in sorted({name for made in changes.values() for name in made}):
        stated = {key: made[column] for key, made in changes.items() if column in made}
        done: set[str] = set()
        if column in RECORDED:
            # A number the files hold elsewhere is corrected where it stands.
            holding = [frame.filter(pl.col(column).is_not_null())["event_key"] for frame in frames]
            done = {key for keys in holding for key in keys}
        for number, frame in enumerate(frames):
            cells = frame.select("event_key", column).rows()
            made: list[str | None] = []
            for key, cell in cells:
                is_corrected = column in RECORDED and cell is not None
                is_here = key in stated and (column not in recorded or is_corrected or key not in done)
                made.append(stated[key] if is_here else cell)
                if is_here:
                    done.add(key)
            frames[number] = frame.with_columns(pl.Series(column, made, pl.String))
    return frames


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(one: SingleEvent) -> str:
    return repr(one.uid) if one.uid else f"{one.title!r} on {one.day}"
