"""Deliveries from their files to their outcomes: read, asked of the gate, kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from stadtlabor.base.bounded import Bounds
from stadtlabor.base.errors import DeliveryError, faults_of
from stadtlabor.intake.outcomes import Gated, Outcome, keep
from stadtlabor.intake.reading import Reading, read, rejection_reason
from stadtlabor.intake.verdict import gate_all, refusal
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import ReadingBounds

# Beside what is in proportion to its size: Python with its libraries, and a table of a usual size in them.
LEAST_MEMORY, MEMORY_PER_BYTE = 1_500_000_000, 10
# Processor time; the largest delivery seen took 0.3 s for each megabyte.
LEAST_SECONDS, SECONDS_PER_MEGABYTE = 15.0, 3.0
# A small one takes a quarter of it.
SECONDS_PER_FURTHER_DELIVERY = 1.0
# The gate costs some tenths of a second whatever it is asked about, so it is asked about small deliveries together.
MOST_ROWS_AT_ONCE = 200_000


class State(NamedTuple):
    """A state of a delivery, the key that its outcome is filed under, and the ids and AGS of the network's towns."""

    delivery: Delivery
    key: str
    town_ids: frozenset[str]
    ags: frozenset[str]


class _Read(NamedTuple):
    """A state with what was read of it."""

    state: State
    reading: Reading


def work_out(states: Sequence[State], warehouse: Path) -> list[Outcome]:
    """Read deliveries of one kind, ask the gate about many at a time and keep the outcomes, in the order given.

    A fault in a delivery is its refusal alone.
    """
    outcomes: dict[Path, Outcome] = {}
    waiting: list[_Read] = []
    for state in states:
        try:
            with faults_of(state.delivery.sole_file):
                one = _read(state)
        except DeliveryError as fault:
            outcomes[state.delivery.folder] = refuse(state, warehouse, fault)
            continue
        if waiting and sum(other.reading.rows for other in waiting) + one.reading.rows > MOST_ROWS_AT_ONCE:
            outcomes |= _judged(waiting, warehouse)
            waiting = []
        waiting.append(one)
    outcomes |= _judged(waiting, warehouse)
    return [outcomes[state.delivery.folder] for state in states]


def refuse(state: State, warehouse: Path, fault: DeliveryError) -> Outcome:
    """Keep as the outcome that nothing of the delivery could be used."""
    fault.file = fault.file or state.delivery.sole_file
    return keep(warehouse, state.delivery, state.key, refusal(fault, state.delivery.manifest))


def size_of(delivery: Delivery) -> int:
    """Bytes of its files together."""
    return sum((delivery.folder / name).stat().st_size for name in delivery.hashes)


def bounds_of(states: Sequence[State]) -> Bounds:
    """What working deliveries out together may take; one that states its own bounds is worked out alone."""
    size = sum(size_of(state.delivery) for state in states)
    sole = states[0].delivery.manifest if len(states) == 1 else None
    memory, seconds = bounds_for(size, sole.bounds if sole else None)
    return Bounds(memory, seconds + SECONDS_PER_FURTHER_DELIVERY * (len(states) - 1))


def bounds_for(size: int, stated: ReadingBounds | None) -> Bounds:
    """What files of so many bytes together may take: what source.yml says, else in proportion to their size."""
    memory, seconds = (stated.memory_mb, stated.seconds) if stated else (None, None)
    return Bounds(
        memory * 1_000_000 if memory else LEAST_MEMORY + MEMORY_PER_BYTE * size,
        seconds or LEAST_SECONDS + SECONDS_PER_MEGABYTE * size / 1e6,
    )


def _read(state: State) -> _Read:
    if fault := state.delivery.fault or rejection_reason(state.delivery, state.town_ids):
        raise fault
    return _Read(state, read(state.delivery))


def _judged(together: Sequence[_Read], warehouse: Path) -> dict[Path, Outcome]:
    """The outcomes by the deliveries' folders; where the gate breaks down over several, it is asked about fewer."""
    if not together:
        return {}
    first = together[0].state
    try:
        with faults_of(first.delivery.sole_file):
            asked = [(one.state.delivery, one.reading) for one in together]
            gated = gate_all(asked, set(first.ags), first.town_ids)
    except DeliveryError as fault:
        if len(together) == 1:
            return {first.delivery.folder: refuse(first, warehouse, fault)}
        middle = len(together) // 2
        return _judged(together[:middle], warehouse) | _judged(together[middle:], warehouse)
    return {
        one.state.delivery.folder: _kept(one.state, warehouse, each) for one, each in zip(together, gated, strict=True)
    }


def _kept(state: State, warehouse: Path, gated: Gated) -> Outcome:
    try:
        with faults_of(state.delivery.sole_file):
            return keep(warehouse, state.delivery, state.key, gated)
    except DeliveryError as fault:
        return refuse(state, warehouse, fault)
