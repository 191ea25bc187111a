"""The files of one delivery of events put together: one key per event, statements of source.yml, registrations.

A calendar and an attendance list kept by hand may both tell an event. It is one where the number is the same, or
title and day are and neither start nor place contradicts; its rows get the same `event_key` and description. Where
several could be meant, the row goes to quarantine.
"""

from pathlib import Path

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.manifest.source import MANIFEST_NAME, Manifest
from stadtlabor.readers.events import statements
from stadtlabor.readers.events.index import Index, Known, known
from stadtlabor.readers.landing_skeleton import some
from stadtlabor.readers.landing_tables import EVENTS
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.registrations import joining

DESCRIPTION = EVENTS[EVENTS.index("event_uid") : EVENTS.index("target_group") + 1]
Read = list[tuple[str, ReadResult]]


def join(read: Read, manifest: Manifest, path: Path) -> Read:
    """All files' results (name, result), joined; `path` is the manifest's, for what is wrong in it.

    An event told by source.yml alone comes back as a row of that file. DeliveryError where a statement of source.yml
    fits no event.
    """
    results = [result for _, result in read]
    index = _aligned([result for result in results if "registrations" not in result.tables], read)
    _of_lists([result for result in results if "registrations" in result.tables], index)
    if stated := statements.told_whole(manifest, path, index):
        read = [*read, (MANIFEST_NAME, stated)]
        results.append(stated)
        for event in known(stated.tables["events"]):
            index.add(event)
    frames = statements.apply([result.tables["events"] for result in results], manifest, path, index)
    for result, frame in zip(results, frames, strict=True):
        result.tables["events"] = frame
    joining.join(read, manifest, path, index)
    return read


def _aligned(results: list[ReadResult], read: Read) -> Index:
    """Give rows of different files that tell one event one key and one description; the index of all events."""
    rows = [known(result.tables["events"]) for result in results]
    if len(results) < 2:
        return Index(event for events in rows for event in events)
    index, keys = Index(), [[event.key for event in events] for events in rows]
    origin: dict[str, set[int]] = {}
    lost: list[list[int]] = [[] for _ in results]
    alone: list[list[int]] = [[] for _ in results]
    order = sorted(
        ((number, place) for number, events in enumerate(rows) for place in range(len(events))),
        key=lambda at: _poverty(rows[at[0]][at[1]], at[0]),
    )
    # The row that tells most of an event describes it: one with a time of day, a number, of the file given last.
    describing: dict[str, tuple[int, int]] = {}
    for number, place in order:
        event = rows[number][place]
        meant = [one for one in index.same(event) if _is_elsewhere(one, event, origin[one.key], number)]
        if len(meant) > 1:
            lost[number].append(place)
            continue
        key = meant[0].key if meant else event.key
        keys[number][place] = key
        if not meant:
            index.add(event)
            describing[key] = number, place
            if index.keys and number:
                alone[number].append(place)
        origin.setdefault(key, set()).add(number)
    _describe(results, keys, describing)
    _report(results, alone, lost, origin, keys)
    return index


def _is_elsewhere(one: Known, event: Known, files: set[int], number: int) -> bool:
    """Whether an event found may be the row's: one of its own file is only where the number says so.

    A row without a number that repeats what another file tells takes its key twice, which the gate finds.
    """
    if one.key == event.key:
        return True
    return number not in files if event.uid else files != {number}


def _poverty(event: Known, number: int) -> tuple[bool, bool, int]:
    return event.is_day, event.uid is None, -number


def _describe(results: list[ReadResult], keys: list[list[str]], describing: dict[str, tuple[int, int]]) -> None:
    """Every row of an event gets the key and the description of the row that tells most of it."""
    numbered = [
        result.tables["events"].select(DESCRIPTION).with_columns(
            _file=pl.lit(number), _place=pl.int_range(pl.len(), dtype=pl.Int64)
        )
        for number, result in enumerate(results)
    ]  # fmt: skip
    where = pl.DataFrame(
        [(key, number, place) for key, (number, place) in describing.items()],
        schema={"event_key": pl.String, "_file": pl.Int32, "_place": pl.Int64},
        orient="row",
    )
    described = where.join(pl.concat(numbered), on=["_file", "_place"], how="left").drop("_file", "_place")
    for number, result in enumerate(results):
        own = result.tables["events"]
        keyed = own.drop(*DESCRIPTION).with_columns(pl.Series("event_key", keys[number], pl.String))
        joined = keyed.join(described, on="event_key", how="left", maintain_order="left")
        # A row that is set aside for ambiguity has a key nobody describes.
        is_known = joined["starts_at"].is_not_null()
        kept = own.with_columns(pl.Series("event_key", keys[number], pl.String)).select(own.columns)
        chosen = [
            joined[name].zip_with(is_known, kept[name]).alias(name) if name in DESCRIPTION else kept[name]
            for name in own.columns
        ]
        result.tables["events"] = pl.DataFrame(chosen)


def _report(
    results: list[ReadResult], alone: list[list[int]], lost: list[list[int]], origin: dict[str, set[int]],
    keys: list[list[str]],
) -> None:  # fmt: skip
    for number, result in enumerate(results):
        frame = result.tables["events"]
        lines = frame["line"].cast(pl.Int64)
        shared = sum(len(origin.get(key, ())) > 1 for key in keys[number])
        if shared:
            result.notes.append(f"{shared} event(s) stand in another file of the delivery as well: told together")
        single = [lines[place] for place in alone[number] if len(origin[keys[number][place]]) == 1]
        if single and shared:
            result.notes.append(
                f"{len(single)} event(s) are in this file alone, by title and day (line {some(single)})"
            )
        for place in lost[number]:
            detail = f"starts_at = {frame['starts_at'][place]}"
            result.rejects.append(Reject("events", lines[place], "title", "event_ambiguous", detail))
        if lost[number]:
            keep = pl.Series(range(frame.height)).is_in(lost[number]).not_()
            result.tables["events"] = frame.filter(keep)


def _of_lists(results: list[ReadResult], index: Index) -> None:
    """Events that a list of registrations tells itself count where no other file tells them, and once."""
    for result in results:
        frame = result.tables["events"]
        events = known(frame)
        is_new = []
        for event in events:
            meant = index.same(event)
            is_new.append(not meant)
            if not meant:
                index.add(event)
        result.tables["events"] = frame.filter(pl.Series(is_new, dtype=pl.Boolean))
