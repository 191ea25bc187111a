"""A delivery from its files to its outcome: read, asked of the gate, kept."""

from pathlib import Path
from typing import NamedTuple

from stadtlabor.base.bounded import Bounds
from stadtlabor.base.errors import DeliveryError, faults_of
from stadtlabor.intake.outcomes import Gated, Outcome, keep
from stadtlabor.intake.reading import read, rejection_reason
from stadtlabor.intake.verdict import gate, refusal
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import ReadingBounds

# Beside what is in proportion to its size: Python with its libraries, and a table of a usual size in them.
LEAST_MEMORY, MEMORY_PER_BYTE = 1_500_000_000, 10
# Processor time; the largest delivery seen took 0.3 s for each megabyte.
LEAST_SECONDS, SECONDS_PER_MEGABYTE = 15.0, 3.0


class State(NamedTuple):
    """A state of a delivery, the key that its outcome is filed under, and the ids and AGS of the network's towns."""

    delivery: Delivery
    key: str
    town_ids: frozenset[str]
    ags: frozenset[str]


def work_out(state: State, warehouse: Path) -> Outcome:
    """Read the delivery, ask the gate and keep the outcome; a fault in the delivery is a refusal."""
    try:
        with faults_of(state.delivery.sole_file):
            return keep(warehouse, state.delivery, state.key, _gated(state))
    except DeliveryError as fault:
        return refuse(state, warehouse, fault)


def refuse(state: State, warehouse: Path, fault: DeliveryError) -> Outcome:
    """Keep as the outcome that nothing of the delivery could be used."""
    fault.file = fault.file or state.delivery.sole_file
    return keep(warehouse, state.delivery, state.key, refusal(fault, state.delivery.manifest))


def bounds_of(delivery: Delivery) -> Bounds:
    """What working a delivery out may take."""
    size = sum((delivery.folder / name).stat().st_size for name in delivery.hashes)
    return bounds_for(size, delivery.manifest.bounds if delivery.manifest else None)


def bounds_for(size: int, stated: ReadingBounds | None) -> Bounds:
    """What files of so many bytes together may take: what source.yml says, else in proportion to their size."""
    memory, seconds = (stated.memory_mb, stated.seconds) if stated else (None, None)
    return Bounds(
        memory * 1_000_000 if memory else LEAST_MEMORY + MEMORY_PER_BYTE * size,
        seconds or LEAST_SECONDS + SECONDS_PER_MEGABYTE * size / 1e6,
    )


def _gated(state: State) -> Gated:
    if fault := state.delivery.fault or rejection_reason(state.delivery, state.town_ids):
        raise fault
    return gate(state.delivery, read(state.delivery), set(state.ags), state.town_ids)
