"""A build: find, read, gate, transform, audit, publish.

Each build works under a new name in `warehouse/drafts/` and is published whole by switching a
pointer; a crash at any moment leaves the last release serving. Nothing that has not changed is done
again, and when no file has been touched none is even opened, and no library but the standard one loaded.
"""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stadtlabor.base import places
from stadtlabor.base.errors import BuildError
from stadtlabor.base.progress import Progress
from stadtlabor.build import releases
from stadtlabor.build.inputs import Inputs, Untouched, gather
from stadtlabor.build.releases import Release


@dataclass
class BuildResult:
    """What a build ended with; `refused` are sentences, one per delivery that was not let in."""

    release: Release
    changed: bool
    refused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def run_build(raw: Path, warehouse: Path, progress: Progress, is_new_series: bool = False) -> BuildResult:
    """Build from `raw` and publish under `warehouse`.

    `is_new_series` starts a series of releases anew: this one is not held against the last, as it has to be
    when the rules of protection themselves have changed.
    Raises BuildError or DeliveryError, with what to do, and leaves the last release up.
    """
    with _alone(warehouse):
        serving = releases.current(warehouse)
        with progress.step("find", places.shown(raw)):
            untouched = Untouched(raw, warehouse)
            is_untouched = serving is not None and serving.inputs_hash == untouched.inputs_hash
            inputs = None if is_untouched else gather(raw, warehouse)
            if inputs is not None:
                untouched.remember(inputs.inputs_hash)
        if serving is not None and (inputs is None or serving.inputs_hash == inputs.inputs_hash):
            return BuildResult(serving, changed=False, refused=_standing_refusals(serving))
        assert inputs is not None
        for release in releases.listed(warehouse):
            # Built before, or killed between moving the release in and switching the pointer.
            if release.inputs_hash == inputs.inputs_hash:
                switched = releases.switch(warehouse, release.release_id)
                return BuildResult(switched, changed=True, refused=_standing_refusals(switched))
        shutil.rmtree(warehouse / "drafts", ignore_errors=True)
        built_at = dt.datetime.now(dt.UTC).replace(microsecond=0)
        release_id = f"{built_at:%Y%m%d-%H%M%S}-{inputs.inputs_hash[:8]}"
        draft = warehouse / "drafts" / release_id
        draft.mkdir(parents=True)
        before = None if is_new_series or serving is None else serving.folder / releases.RELEASE_FILE
        refused, warnings = _work(inputs, warehouse, draft, release_id, built_at, before, progress)
        if is_new_series and serving is not None:
            warnings += _given_away(draft, serving.folder / releases.RELEASE_FILE)
        with progress.step("publish", release_id):
            private = warehouse / releases.PRIVATE
            private.mkdir(mode=0o700, exist_ok=True)
            (draft / "warehouse.duckdb").replace(private / "warehouse.duckdb")
            release = releases.publish(warehouse, draft, release_id, built_at.isoformat(), inputs.inputs_hash)
            releases.prune(warehouse)
        return BuildResult(release, changed=True, refused=refused, warnings=warnings)


def _work(
    inputs: Inputs,
    warehouse: Path,
    draft: Path,
    release_id: str,
    built_at: dt.datetime,
    before: Path | None,
    progress: Progress,
) -> tuple[list[str], list[str]]:
    """Ingest, transform and approve in `draft`; what was refused and what is worth a warning."""
    # All of it takes seconds to import, and a build with nothing to do must not pay for it.
    from stadtlabor.build import compute, finish, ingest

    ingested = ingest.ingest(inputs, warehouse, progress)
    ingested, reused = compute.compute(ingested, inputs, warehouse, draft, before, progress)
    refused = [one.refusal for one in ingested if one.refusal]
    finish.approve(draft, release_id, built_at, inputs, progress)
    finish.add_team(draft, warehouse, reused, progress)
    private = draft / releases.PRIVATE
    private.mkdir(exist_ok=True)
    warnings = [warning for one in ingested for warning in one.delivery.warnings] + finish.report(draft, private)
    if refused:
        (private / releases.REFUSALS).write_text("\n".join(refused) + "\n", "utf-8")
    ingest.prune_outcomes(warehouse, ingested)
    return refused, warnings


def _given_away(draft: Path, serving_release: Path) -> list[str]:
    """What a new series costs, counted: the last release was published and may have been kept."""
    from stadtlabor.disclosure.surveys.audit import given_away

    count = given_away(draft / releases.RELEASE_FILE, draft / "warehouse.duckdb", serving_release)
    return [f"the new series tells {count} hidden cells of surveys to whoever kept the last release"] if count else []


def _standing_refusals(release: Release) -> list[str]:
    """What the build behind an unchanged release had to refuse, as it said then."""
    path = release.private / releases.REFUSALS
    return path.read_text("utf-8").splitlines() if path.exists() else []


@contextmanager
def _alone(warehouse: Path) -> Iterator[None]:
    """Let one build at a time write to this warehouse; the lock dies with its process."""
    from filelock import FileLock, Timeout

    warehouse.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(warehouse / "build.lock", timeout=float(os.environ.get("STADTLABOR_BUILD_WAIT", "0"))):
            yield
    except Timeout:
        raise BuildError(f"Another build is at work in {places.shown(warehouse)}. Wait for it to end.") from None
