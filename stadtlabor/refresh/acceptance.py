"""Whether an answer may take the place of the file that is there: right format, no town lost, no unknown column."""

import re
from collections.abc import Collection
from pathlib import Path

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.headings import normal
from stadtlabor.files.raw import RawFile
from stadtlabor.readers import registry
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult

# Municipalities merge: from one year to the next a few dozen of 11,000 go.
MOST_LOST = 0.02


def check(new: Path, old: Path | None, name: str, forms: Collection[str], towns: list[str]) -> None:
    """DeliveryError where `new` must not replace `old`; `towns` are the AGS of the network that it must have."""
    answer = _read(new, name, forms)
    keys = _municipalities(answer)
    if missing := sorted(set(towns) - keys) if keys else []:
        raise _fault(name, f"{len(missing)} of the {len(towns)} towns are missing")
    if old is None or not old.exists():
        return
    before = _read(old, old.name, forms)
    had = _municipalities(before)
    if len(keys) < len(had) * (1 - MOST_LOST):
        raise _fault(name, f"it has {len(keys)} municipalities, the file of before has {len(had)}")
    if unknown := sorted(_columns(answer) - _columns(before)):
        raise _fault(name, f"it has columns that the file of before has not: {', '.join(unknown[:5])}")


def _read(path: Path, name: str, forms: Collection[str]) -> ReadResult:
    reader, _ = registry.recognise(RawFile(path, name))
    if reader.name not in forms:
        raise _fault(name, f"it is read as {reader.title}")
    return reader.read(RawFile(path, name))


def _municipalities(result: ReadResult) -> set[str]:
    keys = result.tables["figures"]["region_key"].drop_nulls().unique()
    return {key for key in keys if len(key) == 8}


def _columns(result: ReadResult) -> set[str]:
    """The measures and headings, without the years in them, which change."""
    facts = result.facts_as(StatisticsFacts)
    names = [*facts.layout.columns, *(one.source_figure for one in facts.measures)]
    return {re.sub(r"\d{4}", "", normal(name)) for name in names if name}


def _fault(name: str, what: str) -> DeliveryError:
    return DeliveryError(
        f"the answer is not taken: {what}", name,
        remedy="The old file stays. Look at the source's page; where the change is right, remove the old file.",
    )  # fmt: skip
