"""Look at a file in a child process, within the bounds that a build would read it in."""

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from stadtlabor.base import children
from stadtlabor.base.bounded import Job
from stadtlabor.base.children import Children
from stadtlabor.base.errors import DeliveryError, faults_of
from stadtlabor.intake.one_delivery import bounds_for
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.source import MANIFEST_NAME


class Seen(NamedTuple):
    """What was found out about a file: for people, as `source.yml`, and as JSON."""

    text: str
    manifest: str
    as_json: str


def look_at(path: Path) -> Seen:
    """Inspect a file; BreakdownError where that fails, or takes more than the `source.yml` beside it allows."""
    if not children.count():
        return _seen(path)
    stated = None
    # What is wrong with it is for a build to say; here it states no bounds.
    with suppress(DeliveryError), faults_of():
        stated = manifests.load(path.parent / MANIFEST_NAME).bounds
    with Children(__name__, "stadtlabor.inspect.source_yml", "stadtlabor.inspect.inspection_text") as running:
        seen: Seen = running.run(Job(bounds_for(path.stat().st_size, stated), _seen, (path,)))
        return seen


def _seen(path: Path) -> Seen:
    from stadtlabor.inspect.inspection import inspect
    from stadtlabor.inspect.inspection_text import lines_of
    from stadtlabor.inspect.source_yml import source_yml

    inspection = inspect(path)
    as_json = json.dumps(inspection.as_dict(), ensure_ascii=False, indent=2, default=str)
    return Seen("\n".join(lines_of(inspection)), source_yml(inspection), as_json)
