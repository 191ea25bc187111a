"""From landed deliveries to a computed release: what a model, a check or the attack fails over is set aside.

A delivery's own faults are found at the gate. What dbt still finds names the deliveries concerned, by its failing
rows or, where these name none, by computing with fewer deliveries; what the attack finds names a survey, a space or an
event. They are refused, their last accepted state serves where there is one, and the rest is computed anew.
"""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from stadtlabor.base.errors import BuildError, DeliveryError
from stadtlabor.base.places import shown
from stadtlabor.base.progress import Progress
from stadtlabor.build import blame, finish
from stadtlabor.build.ingest import Ingested, set_aside
from stadtlabor.build.inputs import Inputs
from stadtlabor.build.landed import land
from stadtlabor.build.last_look import REMEDIES, GivenAwayError
from stadtlabor.build.releases import RELEASE_FILE
from stadtlabor.build.reuse import WAREHOUSE_FILE, Reused
from stadtlabor.build.transform import Failed, TransformResult, run
from stadtlabor.manifest.towns import Town


def compute(
    ingested: list[Ingested], inputs: Inputs, warehouse: Path, draft: Path, before: Path | None, progress: Progress
) -> tuple[list[Ingested], Reused | None]:
    """Land and transform in `draft`; the deliveries as they went in, those set aside among them, and what was reused.

    `before` is the release file that this one will be held against. BuildError where nothing is left, or where what
    failed is no delivery's.
    """
    while True:
        _need_one(ingested)
        land(ingested, inputs.towns, draft / WAREHOUSE_FILE, before)
        result, reused = finish.transform(draft, warehouse, inputs.code_hash, progress)
        if result.ok:
            faults = _given_away(ingested, draft, warehouse, before, progress)
        else:
            faults = _failed(result, ingested, draft, _Trial(inputs.towns, warehouse, draft / "trial", before))
        if not faults:
            return ingested, reused
        ingested = [
            set_aside(warehouse, one, faults[one.delivery.name], progress) if one.delivery.name in faults else one
            for one in ingested
        ]
        _clear(draft)


def _failed(
    result: TransformResult, ingested: Sequence[Ingested], draft: Path, trial: "_Trial"
) -> dict[str, DeliveryError]:
    """The fault of each delivery, by name, that models or checks fail over; BuildError where it is no delivery's."""
    concerned = blame.concerned(result.failed, ingested, draft / WAREHOUSE_FILE, draft / RELEASE_FILE, trial.fails)
    shutil.rmtree(draft / "trial", ignore_errors=True)
    if not concerned:
        raise BuildError(f"The transformation failed; the last release stays up.\n{_listed(result)}")
    remedy = "Check what it says against its files; where it is right, report the fault of the model."
    return {
        one.delivery.name: _fault(one, f"computing with it fails {blame.named(concerned[one.delivery.name])}", remedy)
        for one in ingested
        if one.delivery.name in concerned
    }


def _given_away(
    ingested: Sequence[Ingested], draft: Path, warehouse: Path, before: Path | None, progress: Progress
) -> dict[str, DeliveryError]:
    """The fault of each delivery, by name, of which the release gives hidden numbers away; none where it is safe."""
    try:
        finish.attack(draft, warehouse, before, progress)
    except GivenAwayError as error:
        whose = blame.of_findings(error.findings, ingested, draft / WAREHOUSE_FILE)
        if whose is None:
            raise
        return {
            one.delivery.name: _fault(one, f"publishing it gives {what} away ({finding})", REMEDIES[what])
            for one, what, finding in whose
        }
    return {}


class _Trial:
    """Computes a failed model or check with some of the deliveries, in a folder of its own."""

    def __init__(self, network: list[Town], warehouse: Path, folder: Path, before: Path | None) -> None:
        self._network, self._warehouse, self._folder, self._before = network, warehouse, folder, before

    def fails(self, some: Sequence[Ingested], failed: Failed) -> bool:
        """Whether it fails with these deliveries alone."""
        self._folder.mkdir(exist_ok=True)
        _clear(self._folder)
        files = self._folder / WAREHOUSE_FILE, self._folder / RELEASE_FILE
        land(list(some), self._network, files[0], self._before)
        target, kept = self._warehouse / "dbt", self._warehouse / "protection"
        result = run(*files, target, select=f"+{failed.name}", unit_tests=False, protection=kept)
        return any(one.name == failed.name for one in result.failed)


def _need_one(ingested: Iterable[Ingested]) -> None:
    refused = [one.refusal for one in ingested if one.serving is None and one.refusal]
    if all(one.serving is None for one in ingested):
        raise BuildError("No delivery could be let in:\n" + "\n".join(refused))


def _fault(one: Ingested, what: str, remedy: str) -> DeliveryError:
    return DeliveryError(what, shown(one.delivery.folder), remedy=remedy, rule="not_computable")


def _listed(result: TransformResult) -> str:
    return "\n".join(f"  {failure}" for failure in result.failures[:10])


def _clear(folder: Path) -> None:
    for name in (WAREHOUSE_FILE, RELEASE_FILE):
        for ending in ("", ".wal"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
