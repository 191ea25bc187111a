"""Registrations find their event, and the position in the orders that a check-in list means without its number."""

from pathlib import Path

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.events_section import Events, RegistrationFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.events.index import Index
from stadtlabor.readers.protocol import ReadResult

TABLE = "registrations"
REFERENCE = ("ref_uid", "ref_title", "ref_start", "ref_is_day")


def join(read: list[tuple[str, ReadResult]], manifest: Manifest, path: Path, index: Index) -> None:
    """Fill `event_ref` of all registrations; those whose event is not found become rejects.

    DeliveryError where source.yml links a file to an event that is not there, or names a file that is not.
    """
    linked = _linked(manifest, path, index)
    lists = [(name, result) for name, result in read if TABLE in result.tables]
    for name, result in lists:
        _find_events(result, linked.get(name), index)
    _same_positions([result for _, result in lists])
    for _, result in lists:
        result.tables[TABLE] = _unkept(result.tables[TABLE], result)


def _linked(manifest: Manifest, path: Path, index: Index) -> dict[str, str]:
    """File → key of the event source.yml says it is about."""
    part, files = manifest.events or Events(), {one.name for one in manifest.files}
    linked: dict[str, str] = {}
    for number, one in enumerate(part.registrations):
        field = ("events", "registrations", number)
        if one.file not in files:
            raise manifests.fault_at(
                path, (*field, "file"), f"the delivery has no file {one.file!r}", "Correct the name."
            )
        found = index.find(one.uid, None if one.uid else one.title, one.date.isoformat() if one.date else None)
        if len(found) != 1:
            what = "no event of the delivery is" if not found else f"{len(found)} events of the delivery are"
            raise manifests.fault_at(
                path, field, f"{what} {_shown(one)}",
                "Tell the event under 'events: events:' with title and starts_at, or correct uid, title or date.",
            )  # fmt: skip
        linked[one.file] = found[0].key
    return linked


def _find_events(result: ReadResult, linked: str | None, index: Index) -> None:
    frame = result.tables[TABLE]
    only = next(iter(index.keys)) if len(index.keys) == 1 else None
    keys: dict[tuple[str | None, ...], tuple[str | None, str]] = {}
    for reference in frame.select(REFERENCE).unique().iter_rows():
        uid, title, start, is_day = reference
        found = index.find(uid, title, start, is_day == "true") or (index.find(None, title, start, is_day == "true"))
        if linked is not None:
            keys[reference] = linked, ""
        elif len(found) == 1:
            keys[reference] = found[0].key, ""
        elif not any((uid, title, start)) and only:
            keys[reference] = only, ""
        else:
            keys[reference] = None, "event_ambiguous" if found else "event_unknown"
    rows = frame.select(REFERENCE).rows()
    refs = pl.Series("event_ref", [keys[row][0] for row in rows], pl.String)
    frame = frame.with_columns(refs)
    for line, title, start, row in zip(frame["line"], frame["ref_title"], frame["ref_start"], rows, strict=True):
        if keys[row][0] is None:
            text = ", ".join(str(one) for one in (title, start) if one)[:80] or "the list names no event"
            result.rejects.append(Reject(TABLE, int(line), "event", keys[row][1], text))
    result.tables[TABLE] = frame.filter(refs.is_not_null())


def _same_positions(results: list[ReadResult]) -> None:
    """A row known only by its order and holder takes the key of the order's position in another list."""
    if len(results) < 2:
        return
    everything = pl.concat([result.tables[TABLE].select("registration_key", "fallback_key") for result in results])
    numbered = everything.filter(
        pl.col("fallback_key").is_not_null(), pl.col("registration_key") != pl.col("fallback_key")
    )
    meant = dict(numbered.unique("fallback_key", keep="first").select("fallback_key", "registration_key").iter_rows())
    for result in results:
        frame = result.tables[TABLE]
        own = frame["registration_key"].replace_strict(
            list(meant), list(meant.values()), default=None, return_dtype=pl.String
        )
        result.tables[TABLE] = frame.with_columns(registration_key=pl.coalesce(pl.lit(own), "registration_key"))


def _unkept(frame: pl.DataFrame, result: ReadResult) -> pl.DataFrame:
    """Where a list says of nobody at an event that they came, nobody kept it there: unknown, not zero."""
    came = (pl.col("checked_in_at").fill_null("no") != "no").any().over("event_ref")
    made = frame.with_columns(checked_in_at=pl.when(came).then("checked_in_at"))
    if silent := frame.filter(~came & (pl.col("checked_in_at") == "no"))["event_ref"].n_unique():
        result.notes.append(f"{silent} event(s) without a single check-in: read as not kept, not as nobody came")
    return made


def _shown(one: RegistrationFile) -> str:
    return repr(one.uid) if one.uid else f"{one.title!r} on {one.date}"
