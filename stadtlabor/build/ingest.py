"""Deliveries in: read and gate what has changed, take everything else from its kept outcome."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from stadtlabor.base import children
from stadtlabor.base.bounded import Job
from stadtlabor.base.children import Children
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.progress import Progress
from stadtlabor.build.inputs import Inputs
from stadtlabor.intake.one_delivery import State, bounds_of, refuse, work_out
from stadtlabor.intake.outcomes import Outcome, key_of, known, last_accepted, prune
from stadtlabor.manifest.delivered import Delivery

# What a child loads before its first delivery.
MODULES = ("stadtlabor.intake.one_delivery", "stadtlabor.readers.registry", "expectations.engine")


@dataclass(frozen=True)
class Ingested:
    """One delivery as this build uses it: the outcome that serves, and what came of the newest state."""

    delivery: Delivery
    newest: Outcome
    serving: Outcome | None

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
        new = iter(_work_out(changed, warehouse))
    pairs = zip(inputs.deliveries, kept, strict=True)
    return [_served(warehouse, delivery, outcome or next(new), progress) for delivery, outcome in pairs]


def prune_outcomes(warehouse: Path, ingested: list[Ingested]) -> None:
    """Drop the outcomes that neither this build nor a delivery's last accepted state uses."""
    used = {
        one.newest.folder.parent.name: {outcome.folder.name for outcome in (one.newest, one.serving) if outcome}
        for one in ingested
    }
    prune(warehouse, used)


def _work_out(states: list[State], warehouse: Path) -> list[Outcome]:
    """The outcomes of deliveries, worked out side by side in child processes, in their order."""
    if not (at_once := min(children.count(), len(states))):
        return [work_out(state, warehouse) for state in states]

    def in_child(state: State) -> Outcome:
        if fault := state.delivery.fault:
            return refuse(state, warehouse, fault)
        try:
            outcome: Outcome = running.run(Job(bounds_of(state.delivery), work_out, (state, warehouse)))
        except DeliveryError as fault:
            return refuse(state, warehouse, fault)
        return outcome

    with ThreadPoolExecutor(at_once) as threads, Children(*MODULES) as running:
        return list(threads.map(in_child, states))


def _served(warehouse: Path, delivery: Delivery, outcome: Outcome, progress: Progress) -> Ingested:
    serving = outcome if outcome.refused is None else last_accepted(warehouse, delivery)
    one = Ingested(delivery, outcome, serving)
    progress.say(
        f"{delivery.name}: {one.state.replace('_', ' ')}, {outcome.summary['accepted_rows']} rows accepted, "
        f"{outcome.summary['quarantined_rows']} quarantined"
    )
    return one
