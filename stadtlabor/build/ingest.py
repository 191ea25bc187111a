"""Deliveries in: read and gate what has changed, take everything else from its kept outcome."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stadtlabor.base import pseudonyms, workers
from stadtlabor.base.errors import BuildError, DeliveryError, faults_of
from stadtlabor.base.places import shown
from stadtlabor.base.progress import Progress
from stadtlabor.base.workers import Bounds, Work
from stadtlabor.build.inputs import Inputs
from stadtlabor.intake.outcomes import Outcome, keep, key_of, known, last_accepted, prune, withdraw
from stadtlabor.intake.reading import Reading, read, rejection_reason
from stadtlabor.intake.spill import Spill
from stadtlabor.intake.verdict import gate, refusal, withdrawal
from stadtlabor.landing import manifest_tables
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import Limits


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


def ingest(inputs: Inputs, warehouse: Path, draft: Path, progress: Progress) -> list[Ingested]:
    """All deliveries, in order; large readings wait for the gate in `draft`. A faulty delivery is a refused one."""
    keys = [key_of(one, inputs.reading_hash, inputs.towns_hash) for one in inputs.deliveries]
    outcomes = [
        known(warehouse, one, key) if one.fault is None else None
        for one, key in zip(inputs.deliveries, keys, strict=True)
    ]
    changed = [position for position, outcome in enumerate(outcomes) if outcome is None]
    spill, town_ids = Spill(draft / "readings"), frozenset(town.fields["town_id"] for town in inputs.towns)
    ags = {town.ags for town in inputs.towns}
    with progress.step("read", f"{len(changed)} of {len(keys)} deliveries are new or changed"):
        with suppress(BuildError):
            # Made here once, and not by two processes at a time; that it cannot be is said where it is needed.
            pseudonyms.key()
        work = [_work(inputs.deliveries[position], town_ids, spill, position) for position in changed]
        readings = dict(zip(changed, workers.do_all(work), strict=True))
    with progress.step("gate", f"{len(changed)} deliveries"):
        for position in changed:
            delivery, reading = inputs.deliveries[position], readings.pop(position)
            try:
                with faults_of(delivery.sole_file or shown(delivery.folder)):
                    if isinstance(reading, DeliveryError):
                        raise reading
                    gated = gate(delivery, spill.read(position, reading), ags, town_ids)
                    # What a manifest cannot be landed for is found while its delivery alone is in hand.
                    manifest_tables.tables([delivery.manifest] if delivery.manifest else [], inputs.towns)
            except DeliveryError as fault:
                gated = refusal(fault, delivery.manifest)
            outcomes[position] = keep(warehouse, delivery, keys[position], gated)
    pairs = enumerate(zip(inputs.deliveries, outcomes, strict=True))
    return [
        _served(warehouse, delivery, outcome, progress, position in changed)
        for position, (delivery, outcome) in pairs
        if outcome is not None
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


def _work(delivery: Delivery, town_ids: frozenset[str], spill: Spill, position: int) -> Work:
    """The reading of a delivery, within what it may take."""
    sizes = [(delivery.folder / name).stat().st_size for name in delivery.hashes]
    limits = delivery.manifest.limits if delivery.manifest else Limits()
    bounds = Bounds.of(sum(sizes), limits.memory_mb, limits.seconds)
    return Work(read_and_spill, (delivery, town_ids, spill, position), bounds)


def read_and_spill(delivery: Delivery, town_ids: frozenset[str], spill: Spill, position: int) -> Reading:
    """What a delivery's files hold, its rows on disk; DeliveryError where nothing of it can be used."""
    with faults_of(delivery.sole_file):
        if fault := delivery.fault or rejection_reason(delivery, town_ids):
            raise fault
        return spill.write(position, read(delivery))


def _served(warehouse: Path, delivery: Delivery, outcome: Outcome, progress: Progress, is_new: bool) -> Ingested:
    serving = outcome if outcome.refused is None else last_accepted(warehouse, delivery)
    one = Ingested(delivery, outcome, serving, is_new)
    progress.say(
        f"{delivery.name}: {one.state.replace('_', ' ')}, {outcome.summary['accepted_rows']} rows accepted, "
        f"{outcome.summary['quarantined_rows']} quarantined"
    )
    return one
