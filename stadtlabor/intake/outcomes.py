"""What became of a state of a delivery, kept by its content.

An outcome lies in `warehouse/landing/<folder>/<key>/` and is never changed; `key` covers the manifest,
the files, the towns, the readers' and the gate's code. The same key is never worked on twice. Beside
it, `last_accepted` names the outcome that serves when a later state of the delivery is refused, and
`accepted_before` the one that serves when that one has to be withdrawn.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.fingerprint import combine, write_atomically
from stadtlabor.base.places import readable
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import MANIFEST_NAME
from stadtlabor.readers import landing_tables

OUTCOME = "outcome.json"
LAST_ACCEPTED = "last_accepted"
# What served before: a state that was let in may turn out to be one that nothing can be computed with.
ACCEPTED_BEFORE = "accepted_before"
# What happened where the program broke down over a delivery; it may quote what was delivered, and stays here.
CRASH_LOG = "crash.log"
# What DuckDB takes for a pattern, another separator, or a column and its value.
PATTERN_SIGNS = re.compile(r"[*?\[\]\\=]")
# What is written is gathered in memory up to a group of rows, all text.
ROWS_AT_ONCE = 20_000
QUARANTINE: Mapping[str, type[pl.DataType]] = {
    "file": pl.String,
    "line": pl.String,
    "column_name": pl.String,
    "table_name": pl.String,
    "reason": pl.String,
    "reason_de": pl.String,
    "reason_en": pl.String,
    "detail": pl.String,
    "raw": pl.String,
}


@dataclass(frozen=True)
class Gated:
    """What the gate decided of a delivery: rows let in by table, rows held back (QUARANTINE), outcome.json's content.

    What is held may be many times as large as its file, and is in memory by portions only. `trace` says where the
    program broke down over the delivery; empty where it did not.
    """

    accepted: dict[str, pl.DataFrame]
    held: pl.LazyFrame
    summary: dict[str, Any]
    trace: str = ""

    @property
    def quarantine(self) -> pl.DataFrame:
        """What is held, all in memory."""
        return self.held.collect()


@dataclass(frozen=True)
class Outcome:
    """What became of one state of a delivery.

    `summary` is the content of outcome.json: refused (English sentence or None), refused_de, published (the
    refusal without a delivered word: de, en), counts (delivered, accepted, quarantined, other_region rows),
    files, checks, notes.
    """

    folder: Path
    summary: dict[str, Any]

    @property
    def refused(self) -> str | None:
        """Why the delivery as a whole was refused, in one sentence; None where it was taken in."""
        return self.summary["refused"]

    def table(self, name: str) -> Path | None:
        """The accepted rows of a landing table as a Parquet file, if the delivery has any."""
        path = self.folder / f"{name}.parquet"
        return path if path.exists() else None

    @property
    def manifest(self) -> Path:
        """The `source.yml` this state was read with."""
        return self.folder / MANIFEST_NAME

    def quarantine(self) -> pl.DataFrame:
        """The rows that were not let in; columns of QUARANTINE."""
        return pl.read_parquet(self.folder / "quarantine.parquet", glob=False)


def key_of(delivery: Delivery, code_hash: str, towns_hash: str) -> str:
    """What an outcome is filed under."""
    return combine([delivery.fingerprint, code_hash, towns_hash])[:16]


def known(warehouse: Path, delivery: Delivery, outcome_key: str) -> Outcome | None:
    """The outcome already worked out for this very state, if there is one.

    A breakdown is no outcome to rely on: it may have been the machine's (too little memory), so it is tried again.
    """
    outcome = _load(_home(warehouse, delivery) / outcome_key)
    return None if outcome and (outcome.folder / CRASH_LOG).exists() else outcome


def last_accepted(warehouse: Path, delivery: Delivery) -> Outcome | None:
    """The last state of this delivery that was let in, where its manifest means something to this code still."""
    home = _home(warehouse, delivery)
    try:
        outcome = _load(home / _named(home / LAST_ACCEPTED))
        if outcome is not None:
            manifests.load(outcome.manifest)
    except (FileNotFoundError, DeliveryError):
        return None
    return outcome


def withdraw(warehouse: Path, delivery: Delivery, outcome: Outcome) -> Outcome | None:
    """Let an accepted outcome serve no longer; the one that served before it does, where there is one."""
    home = _home(warehouse, delivery)
    before, serving = _named(home / ACCEPTED_BEFORE), home / LAST_ACCEPTED
    if _named(serving) == outcome.folder.name:
        (home / ACCEPTED_BEFORE).unlink(missing_ok=True)
        if before and (home / before / OUTCOME).exists():
            write_atomically(serving, before + "\n")
        else:
            serving.unlink()
    return last_accepted(warehouse, delivery)


def keep(warehouse: Path, delivery: Delivery, outcome_key: str, gated: Gated) -> Outcome:
    """File an outcome away, whole or not at all, and move `last_accepted` where it was let in."""
    home = _home(warehouse, delivery)
    draft = home / f"{outcome_key}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, frame in gated.accepted.items():
        if gated.summary["refused"] is None:
            _hashed(name, frame).sink_parquet(draft / f"{name}.parquet", row_group_size=ROWS_AT_ONCE)
    held = gated.held.cast(dict.fromkeys(QUARANTINE, pl.String))
    held.sink_parquet(draft / "quarantine.parquet", row_group_size=ROWS_AT_ONCE)
    # A note may quote a damaged byte, which no text file takes.
    (draft / OUTCOME).write_text(json.dumps(gated.summary, ensure_ascii=False, indent=1), "utf-8", "replace")
    if gated.trace:
        (draft / CRASH_LOG).write_text(gated.trace, "utf-8", "backslashreplace")
    if gated.summary["refused"] is None:
        # Answers mean what the manifest they were accepted with says, whatever a later, refused one does.
        shutil.copyfile(delivery.folder / MANIFEST_NAME, draft / MANIFEST_NAME)
    shutil.rmtree(home / outcome_key, ignore_errors=True)
    draft.replace(home / outcome_key)
    if gated.summary["refused"] is None:
        before = _named(home / LAST_ACCEPTED)
        if before and before != outcome_key:
            write_atomically(home / ACCEPTED_BEFORE, before + "\n")
        write_atomically(home / LAST_ACCEPTED, outcome_key + "\n")
    outcome = _load(home / outcome_key)
    assert outcome is not None
    return outcome


def _hashed(table: str, frame: pl.DataFrame) -> pl.LazyFrame:
    """The rows with the hash of each, as they are kept: all strings, in the table's order."""
    cells = [pl.col(name).cast(pl.String).fill_null("\0") for name in landing_tables.TABLES[table]]
    record = pl.concat_str(cells, separator="\x1f")
    hashes = record.map_batches(_sha256, return_dtype=pl.String, is_elementwise=True)
    columns = landing_tables.columns(table)
    return frame.lazy().with_columns(hashes.alias(landing_tables.HASH)).select(pl.col(columns).cast(pl.String))


def _sha256(records: pl.Series) -> pl.Series:
    return pl.Series([hashlib.sha256(one.encode()).hexdigest() for one in records], dtype=pl.String)


def prune(warehouse: Path, used: dict[str, set[str]]) -> None:
    """Drop outcomes that neither this build nor a pointer uses; `used` maps folder to keys."""
    for home in (warehouse / "landing").glob("*"):
        if not home.is_dir() or home.name not in used:
            continue
        kept = used[home.name] | {_named(home / pointer) for pointer in (LAST_ACCEPTED, ACCEPTED_BEFORE)}
        for outcome in home.iterdir():
            if outcome.is_dir() and outcome.name not in kept:
                shutil.rmtree(outcome, ignore_errors=True)


def _home(warehouse: Path, delivery: Delivery) -> Path:
    name = readable(delivery.folder.name)
    return warehouse / "landing" / PATTERN_SIGNS.sub(lambda found: f"%{ord(found[0]):02X}", name)


def _named(pointer: Path) -> str:
    """The outcome that a pointer names; empty where it names none."""
    try:
        return pointer.read_text("utf-8").strip()
    except FileNotFoundError:
        return ""


def _load(folder: Path) -> Outcome | None:
    try:
        return Outcome(folder, json.loads((folder / OUTCOME).read_text("utf-8")))
    except FileNotFoundError:
        return None
