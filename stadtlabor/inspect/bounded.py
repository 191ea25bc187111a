"""An inspection in a process of its own: whatever a file does to a library ends that one, with a sentence."""

import json
from pathlib import Path
from typing import NamedTuple

from stadtlabor.base import workers
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.workers import Bounds, Work


class Findings(NamedTuple):
    """What is printed of a file: sentences, the same as JSON, and a source.yml."""

    text: str
    as_json: str
    manifest: str


def inspected(path: Path) -> Findings:
    """Look at a file within the bounds of a delivery; DeliveryError where it goes beyond them."""
    (found,) = workers.do_all([Work(look_at, (path,), Bounds.of(path.stat().st_size))])
    if isinstance(found, DeliveryError):
        found.file = found.file or path.name
        raise found
    assert isinstance(found, Findings)
    return found


def look_at(path: Path) -> Findings:
    """Look at a file in this process."""
    from stadtlabor.inspect.inspection import inspect
    from stadtlabor.inspect.inspection_text import lines_of
    from stadtlabor.inspect.source_yml import source_yml

    inspection = inspect(path)
    data = json.dumps(inspection.as_dict(), ensure_ascii=False, indent=2, default=str)
    return Findings("\n".join(lines_of(inspection)), data, source_yml(inspection))
