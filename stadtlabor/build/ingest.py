"""Deliveries in: read and gate what has changed, take everything else from its kept outcome."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stadtlabor.base import children, pseudonyms
from stadtlabor.base.bounded import Job
from stadtlabor.base.children import Children
from stadtlabor.base.errors import BuildError, DeliveryError, faults_of
from stadtlabor.base.places import shown
from stadtlabor.base.progress import Progress
from stadtlabor.build.inputs import Inputs
from stadtlabor.intake.one_delivery import State, bounds_of, refuse, size_of, work_out
from stadtlabor.intake.outcomes import Outcome, keep, key_of, known, last_accepted, prune, withdraw
from stadtlabor.intake.verdict import withdrawal
from stadtlabor.landing import manifest_tables
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.towns import Town

# What a child loads before its first delivery.
MODULES = ("stadtlabor.intake.one_delivery", "stadtlabor.readers.registry", "expectations.engine")

# Deliveries of a kind that one job takes together: more would be read anew where a child dies over one of them.
MOST_BYTES, MOST_STATES = 8_000_000, 50
# A delivery so large is a job of its own, so that both cores have something to do.
LARGE_BYTES = 1_000_000


@dataclass(frozen=True)
class Ingested:
    """One delivery as this build uses it: the outcome that serves, and what came of the newest state.

    `is_new`: this build read it, none before did.
    """

    delivery: Delivery
    newest: Outcome
    serving: Outcome | None
    is_new: bool = False

    @property
    def state(self) -> str:
        """accepted, refused, or refused_previous_kept."""
        if self.newest.refused is None:
            return "accepted"
        return "refused" if self.serving is None else "refused_previous_kept"

    @property
    def refusal(self) -> str | None:
        """Why the newest state was refused and what serves instead; None where it was let in."""
        if self.newest.refused is None:
            return None
        kept = " Its last accepted state stays." if self.serving else ""
        return f"{self.delivery.name}: {self.newest.refused}{kept}"


def ingest(inputs: Inputs, warehouse: Path, progress: Progress) -> list[Ingested]:
    """All deliveries, in order. A faulty delivery is a refused one, whatever a library does over it."""
    town_ids = frozenset(town.fields["town_id"] for town in inputs.towns)
    ags = frozenset(town.ags for town in inputs.towns)
    states = [
        State(one, key_of(one, inputs.reading_hash, inputs.towns_hash), town_ids, ags) for one in inputs.deliveries
    ]
    kept = [known(warehouse, one.delivery, one.key) if one.delivery.fault is None else None for one in states]
    changed = [state for state, outcome in zip(states, kept, strict=True) if outcome is None]
    with progress.step("read", f"{len(changed)} of {len(states)} deliveries are new or changed"):
        with suppress(BuildError):
            # Made here once, and not by two processes at a time; that it cannot be is said where it is needed.
            pseudonyms.key()
        new = iter(_landable(_work_out(changed, warehouse), inputs.towns, warehouse))
    pairs = zip(inputs.deliveries, kept, strict=True)
    return [
        _served(warehouse, delivery, outcome or next(new), progress, is_new=outcome is None)
        for delivery, outcome in pairs
    ]


def set_aside(warehouse: Path, one: Ingested, fault: DeliveryError, progress: Progress) -> Ingested:
    """The delivery as the build goes on with it where what serves cannot be computed with: what served before it."""
    served, newest = one.serving, one.newest
    if served is None:
        return one
    before = withdraw(warehouse, one.delivery, served)
    if served.folder == newest.folder:
        manifest = manifests.load(served.manifest)
        newest = keep(warehouse, one.delivery, served.folder.name, withdrawal(served, fault, manifest))
    serving = before if before is not None and before.folder != served.folder else None
    aside = Ingested(one.delivery, newest, serving, one.is_new)
    progress.say(f"{one.delivery.name}: set aside, {fault.what}")
    return aside


def prune_outcomes(warehouse: Path, ingested: list[Ingested]) -> None:
    """Drop the outcomes that neither this build nor a delivery's last accepted state uses."""
    used = {
        one.newest.folder.parent.name: {outcome.folder.name for outcome in (one.newest, one.serving) if outcome}
        for one in ingested
    }
    prune(warehouse, used)


def _landable(worked_out: list[tuple[State, Outcome]], network: list[Town], warehouse: Path) -> list[Outcome]:
    """The outcomes; a refusal for each delivery whose manifest cannot be landed, found while it alone is in hand."""
    manifests_of_all = [state.delivery.manifest for state, outcome in worked_out if outcome.refused is None]
    try:
        with faults_of():
            manifest_tables.tables([one for one in manifests_of_all if one is not None], network)
    except DeliveryError:
        return [_landable_alone(state, outcome, network, warehouse) for state, outcome in worked_out]
    return [outcome for _, outcome in worked_out]


def _landable_alone(state: State, outcome: Outcome, network: list[Town], warehouse: Path) -> Outcome:
    manifest = state.delivery.manifest
    if outcome.refused is not None or manifest is None:
        return outcome
    try:
        with faults_of(state.delivery.sole_file or shown(state.delivery.folder)):
            manifest_tables.tables([manifest], network)
    except DeliveryError as fault:
        return refuse(state, warehouse, fault)
    return outcome


def _work_out(states: list[State], warehouse: Path) -> list[tuple[State, Outcome]]:
    """Deliveries with their outcomes, worked out side by side in child processes, in their order."""
    faulty = {state.delivery.folder: refuse(state, warehouse, state.delivery.fault) for state in states
              if state.delivery.fault}  # fmt: skip
    batches = _batches([state for state in states if not state.delivery.fault])
    if at_once := min(children.count(), len(batches)):
        with ThreadPoolExecutor(at_once) as threads, Children(*MODULES) as running:
            worked_out = list(threads.map(lambda batch: _in_child(batch, warehouse, running), batches))
    else:
        worked_out = [work_out(batch, warehouse) for batch in batches]
    outcomes = faulty | {
        state.delivery.folder: outcome
        for batch, found in zip(batches, worked_out, strict=True)
        for state, outcome in zip(batch, found, strict=True)
    }
    return [(state, outcomes[state.delivery.folder]) for state in states]


def _batches(states: list[State]) -> list[list[State]]:
    """Deliveries of a kind that are small enough to be worked out together; the largest batch first."""
    batches: list[list[State]] = []
    open_batch: dict[str, list[State]] = {}
    for state in states:
        manifest, size = state.delivery.manifest, size_of(state.delivery)
        assert manifest is not None
        if manifest.bounds or size > LARGE_BYTES:
            batches.append([state])
            continue
        batch = open_batch.get(manifest.kind)
        if batch is None or len(batch) == MOST_STATES or _size(batch) + size > MOST_BYTES:
            batch = open_batch[manifest.kind] = []
            batches.append(batch)
        batch.append(state)
    return sorted(batches, key=_size, reverse=True)


def _size(batch: list[State]) -> int:
    return sum(size_of(state.delivery) for state in batch)


def _in_child(batch: list[State], warehouse: Path, running: Children) -> list[Outcome]:
    """The outcomes of a batch; where a child breaks down over it, of its halves, down to the delivery it dies of."""
    try:
        outcomes: list[Outcome] = running.run(Job(bounds_of(batch), work_out, (batch, warehouse)))
    except DeliveryError as fault:
        if len(batch) == 1:
            return [refuse(batch[0], warehouse, fault)]
        middle = len(batch) // 2
        return [one for half in (batch[:middle], batch[middle:]) for one in _in_child(half, warehouse, running)]
    return outcomes


def _served(warehouse: Path, delivery: Delivery, outcome: Outcome, progress: Progress, is_new: bool) -> Ingested:
    serving = outcome if outcome.refused is None else last_accepted(warehouse, delivery)
    one = Ingested(delivery, outcome, serving, is_new)
    progress.say(
        f"{delivery.name}: {one.state.replace('_', ' ')}, {outcome.summary['accepted_rows']} rows accepted, "
        f"{outcome.summary['quarantined_rows']} quarantined"
    )
    return one
