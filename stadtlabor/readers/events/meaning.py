"""What an event was: its state, venue, format, theme and audience, and the counts kept of it.

Addresses go no further than here: of a place its name stays (`addresses`), or the manifest's venue.
"""

import re
from collections.abc import Iterable, Sequence

import polars as pl

from stadtlabor.base.strict import plain
from stadtlabor.manifest.event_files import EventWords
from stadtlabor.manifest.events_section import Described, EventRule, Events
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events import spellings
from stadtlabor.readers.events.addresses import first_part, name_of
from stadtlabor.readers.events.model import AMOUNTS, COUNTS
from stadtlabor.readers.landing_skeleton import some
from stadtlabor.values.text_columns import any_of, holds_one_of, is_marked, is_odd_mark, mapped
from stadtlabor.values.words import amount

DESCRIBED = ("format", "theme", "target_group", "organiser_kind")
ONLINE = re.compile(r"(?i)^(https?://|www\.)|\b(zoom|teams|webex|jitsi|bigbluebutton)\b")


def with_meaning(draft: pl.DataFrame, manifest: Manifest | None) -> tuple[pl.DataFrame, list[str]]:
    """The draft with status, venue, words and counts decided, and remarks on what could not be read."""
    part = (manifest.events if manifest else None) or Events()
    remarks: list[str] = []
    frame = _with_status(draft, part.status)
    frame = _with_venue(frame, part, remarks)
    frame = _with_words(frame, part, remarks)
    for name in COUNTS:
        frame = _counted(frame, name, remarks)
    for name in AMOUNTS:
        frame = _priced(frame, name, remarks)
    frame = _with_capacity(frame, part)
    default = "synthetic" if manifest is not None and manifest.synthetic else "delivered"
    origin = mapped(frame["row_origin"], lambda text: spellings.ORIGIN_OF.get(plain(text), text))
    return frame.with_columns(row_origin=origin.fill_null(default)), remarks


def _with_status(frame: pl.DataFrame, words: EventWords) -> pl.DataFrame:
    own = {plain(word): state for state in EventWords.model_fields for word in getattr(words, state)}
    meant = mapped(
        frame["status"], lambda text: own.get(plain(text)) or spellings.EVENT_STATE_OF.get(spellings.tail(text))
    )
    is_called_off = pl.col("title").str.contains(spellings.CALLED_OFF).fill_null(False)
    state = pl.when(is_marked("cancelled") | is_called_off).then(pl.lit("cancelled")).otherwise(
        pl.col("said").fill_null("confirmed")
    )  # fmt: skip
    unknown = (pl.col("status").is_not_null() & pl.col("said").is_null()) | is_odd_mark("cancelled")
    return frame.with_columns(said=meant).with_columns(
        state=state, status_fault=pl.when(unknown).then(pl.lit("event_status_unknown"))
    )


def _with_venue(frame: pl.DataFrame, part: Events, remarks: list[str]) -> pl.DataFrame:
    known = {_written(name): venue for venue in part.venues for name in venue.names}
    texts = frame.select(pl.coalesce("venue", "city")).to_series()
    ids: dict[str, str] = {}
    names: dict[str, str | None] = {}
    dropped = 0
    for text in texts.drop_nulls().unique():
        name = name_of(text)
        venue = known.get(_written(text)) or known.get(_written(first_part(text))) or known.get(_written(name or ""))
        if venue:
            ids[text], names[text] = venue.id, venue.name
        elif ONLINE.search(text):
            names[text] = "online"
        elif name is None:
            dropped += 1
        else:
            names[text] = name
    if dropped:
        remarks.append(f"{dropped} place(s) are told by address alone and dropped; name them under 'venues: written'")
    return frame.with_columns(
        venue_id=mapped(texts, ids.get), venue_name=mapped(texts, names.get), place_text=texts
    )  # fmt: skip


def _written(place: str) -> str:
    """A place as it is compared: a line break in a calendar has become a comma."""
    return plain(place.replace(",", " "))


def _with_words(frame: pl.DataFrame, part: Events, remarks: list[str]) -> pl.DataFrame:
    """Format, theme and the others: the row's own word, else the first rule that fits, else the default."""
    made = frame
    unknown: set[str] = set()
    for name in DESCRIBED:
        distinct = frame[name].drop_nulls().unique()
        read = {text: spellings.word(name, text) for text in distinct}
        unknown |= {text for text, found in read.items() if found is None}
        own = pl.lit(mapped(frame[name], read.get))
        made = made.with_columns(own.alias(f"{name}_code"))
    if unknown:
        remarks.append(
            f"{len(unknown)} word(s) for format, theme or audience are not in the dictionary: {_some(unknown)}"
        )
    made = _ruled(made, "venue_id", part.rules, part.defaults, "venue")
    by_id = {venue.id: venue.name for venue in part.venues}
    named = mapped(made["venue_id"], by_id.get)
    made = made.with_columns(venue_name=pl.coalesce(pl.lit(named), "venue_name"))
    for name in DESCRIBED:
        made = _ruled(made, f"{name}_code", part.rules, part.defaults, name)
    return made


def _ruled(
    frame: pl.DataFrame, column: str, rules: Sequence[EventRule], default: Described, field: str
) -> pl.DataFrame:
    meant = pl.lit(getattr(default, field), pl.String)
    for rule in reversed(rules):
        value = getattr(rule, field)
        if value is not None:
            meant = pl.when(_fits(rule)).then(pl.lit(str(value))).otherwise(meant)
    return frame.with_columns(pl.coalesce(column, meant).alias(column))


def _fits(rule: EventRule) -> pl.Expr:
    # What a list calls the format, theme or audience may be the category it goes by.
    columns = ("category", "format", "theme", "target_group")
    is_called = [holds_one_of("title", rule.titles), *(holds_one_of(name, rule.categories) for name in columns)]
    return any_of([*is_called, pl.col("venue_id").is_in(rule.at_venues)])


def _counted(frame: pl.DataFrame, name: str, remarks: list[str]) -> pl.DataFrame:
    read = {text: spellings.count(text) for text in frame[name].drop_nulls().unique()}
    odd = [text for text, found in read.items() if found is None and not spellings.is_not_recorded(text)]
    _remark_unread(frame, name, odd, remarks)
    numbers = {text: None if found is None else str(found) for text, found in read.items()}
    return frame.with_columns(mapped(frame[name], numbers.get).alias(name))


def _priced(frame: pl.DataFrame, name: str, remarks: list[str]) -> pl.DataFrame:
    read: dict[str, str | None] = {}
    odd = []
    for text in frame[name].drop_nulls().unique():
        found = ("0", "EUR") if plain(text) in spellings.FREE else amount(text)
        fits = found is not None and found[1] in (None, "EUR") and not found[0].startswith("-")
        read[text] = found[0] if found and fits else None
        if not fits and not spellings.is_not_recorded(text):
            odd.append(text)
    _remark_unread(frame, name, odd, remarks)
    return frame.with_columns(mapped(frame[name], read.get).alias(name))


def _remark_unread(frame: pl.DataFrame, name: str, odd: Sequence[str], remarks: list[str]) -> None:
    if odd:
        lines = frame.filter(pl.col(name).is_in(odd))["line"].to_list()
        remarks.append(f"{len(lines)} value(s) of {name} are no exact number and are left empty (line {some(lines)})")


def _with_capacity(frame: pl.DataFrame, part: Events) -> pl.DataFrame:
    """The row's own, else a rule's, else the venue's, else the default."""
    rules = _ruled(frame, "capacity", part.rules, Described(), "capacity")
    by_venue = {venue.id: str(venue.capacity) for venue in part.venues if venue.capacity}
    of_venue = pl.lit(mapped(frame["venue_id"], by_venue.get))
    default = pl.lit(None if part.defaults.capacity is None else str(part.defaults.capacity), pl.String)
    return rules.with_columns(capacity=pl.coalesce("capacity", of_venue, default))


def _some(texts: Iterable[str]) -> str:
    shown = sorted(texts)
    return ", ".join(repr(text[:40]) for text in shown[:5]) + (" …" if len(shown) > 5 else "")
