"""Runs the dbt project in this process: the landing views in, a filled release database out."""

import gc
import json
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from stadtlabor.base.places import PROJECT, shown
from stadtlabor.build.parses import OF_AN_EDITION, Made, Parses
from stadtlabor.disclosure.cache import FOLDER_VARIABLE
from stadtlabor.disclosure.policy import EDITIONS, PUBLIC, TEAM
from stadtlabor.indicators import catalogue

DBT_PROJECT = PROJECT / "dbt"

_GOOD = {"success", "pass", "no-op"}
_TEST_KINDS = {"test": "data test", "unit_test": "unit test"}
_REMEDY = "Correct the delivery or the model, then build again."


@dataclass(frozen=True)
class Failed:
    """A model or data test that failed: its name, the model it is about, and its file in the dbt project.

    `query` selects the failing rows of a test; it is empty for a model. `about` is what a test says of itself.
    """

    name: str
    model: str
    path: str
    query: str
    about: str


@dataclass(frozen=True)
class TransformResult:
    """What dbt did.

    `failures` holds one sentence per failed model or test (which, what, which file), `failed` the same as data.
    `checks` has a row per test, as `release.model_checks` takes it: name, kind ("data test" or "unit test"), model,
    description, status (pass, warn, fail, error, skipped) and failures, the number of failing rows.
    """

    ok: bool
    failures: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)


def run(
    warehouse: Path,
    release: Path,
    target: Path,
    select: str | None = None,
    unit_tests: bool = True,
    protection: Path | None = None,
    is_rest: bool = False,
) -> TransformResult:
    """Build and test the dbt project, or the part that `select` names in dbt's selection syntax.

    `warehouse` is a DuckDB file with the views of schema `landing`; `release` is created or filled;
    `unit_tests=False` leaves out the tests of the SQL itself, which no delivery can change.
    `is_rest` says that all `select` does not name stands in the files already, so that a test may read it.
    `protection` is the folder of kept outcomes of disclosure control; without it all are worked out anew.
    `target` takes dbt's own files (manifest.json, run_results.json). Afterwards no connection to
    either database is open and neither has a `.wal` beside it. Never raises for a failing model:
    that is in the result.
    """
    asked = _selection(select, is_rest) + ([] if unit_tests else ["--exclude-resource-type", "unit_test"])
    with _environment(warehouse, release, protection):
        return _told(_invoke("build", PUBLIC, target, asked))


def run_team(
    warehouse: Path, release: Path, target: Path, public_target: Path, own: Path, select: str | None = None
) -> TransformResult:
    """Make the team's edition of a release that `run` has made: `release`, a copy of it, is filled anew.

    Only what an edition decides is run, and nothing is decided again: all else is read from `warehouse`, by what dbt
    left in `public_target`. `own` is the DuckDB file for what lies between. `select` narrows it where the files
    hold the rest.
    """
    # No build reads what dbt would write of this run.
    asked = ["--select", select or f"tag:{OF_AN_EDITION}+", "--defer", "--state", str(public_target), "--no-write-json"]
    with _environment(warehouse, release, own=own):
        return _told(_invoke("run", TEAM, target, asked))


def made_of(target: Path, edition: str = PUBLIC) -> tuple[Made, ...] | None:
    """Everything that a run of this edition makes, what a relation reads before it; None where no parse is kept."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Parses(target, DBT_PROJECT, _parsed_with(edition)).relations()


def _selection(select: str | None, is_rest: bool = False) -> list[str]:
    # Cautious: a test that also reads a model outside the selection is left out, it could not run.
    return ["--select", select, "--indirect-selection", "eager" if is_rest else "cautious"] if select else []


def _parsed_with(edition: str) -> list[str]:
    return [
        "--target", edition,
        "--vars", json.dumps({"indicators": [one.for_dbt() for one in catalogue.load()], **asdict(EDITIONS[edition])}),
    ]  # fmt: skip


def _common(target: Path) -> list[str]:
    return [
        "--project-dir", str(DBT_PROJECT),
        "--profiles-dir", str(DBT_PROJECT),
        "--target-path", str(target),
        "--log-path", str(target),
        "--quiet",
        "--log-level", "none",
        "--log-level-file", "none",
        "--no-use-colors",
        "--no-version-check",
        "--no-send-anonymous-usage-stats",
    ]  # fmt: skip


@contextmanager
def _environment(
    warehouse: Path, release: Path, protection: Path | None = None, own: Path | None = None
) -> Iterator[None]:
    """The variables the profile and the models read, put back afterwards as they were."""
    ours = {
        "STADTLABOR_DBT_WAREHOUSE": str(warehouse.resolve()),
        "STADTLABOR_DBT_WAREHOUSE_NAME": warehouse.stem,
        "STADTLABOR_DBT_RELEASE": str(release.resolve()),
        "STADTLABOR_DBT_TEAM": str(own.resolve()) if own else "",
        FOLDER_VARIABLE: str(protection.resolve()) if protection else "",
    }
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _invoke(command: str, edition: str, target: Path, asked: list[str]) -> Any:
    # dbt takes seconds to import, and a build with nothing to do must not pay for it.
    with warnings.catch_warnings():
        # dbt's own dependencies warn of their own future; nothing here can act on it.
        warnings.simplefilter("ignore")
        from dbt.cli.main import dbtRunner

        parsed_with = _parsed_with(edition)
        parses = Parses(target, DBT_PROJECT, parsed_with)
        manifest = parses.find()
        # What stands before the run, modules and the manifest above all, needs not be searched for garbage after it.
        gc.freeze()
        try:
            outcome = dbtRunner(manifest).invoke([command, *_common(target), *parsed_with, *asked])
        finally:
            _let_go()
            gc.unfreeze()
    if manifest is None and outcome.exception is None:
        parses.keep()
    return outcome


def _let_go() -> None:
    """Close dbt-duckdb's database, which it keeps in a class attribute for the next run."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import reset_adapters

    with DuckDBConnectionManager._LOCK:
        if DuckDBConnectionManager._ENV is not None:
            DuckDBConnectionManager._ENV.close()
            DuckDBConnectionManager._ENV = None
        DuckDBConnectionManager._LOGGED_MESSAGES.clear()
    reset_adapters()
    # Cursors of dbt's threads may still be waiting to be collected, and each holds the file.
    gc.collect()


def _told(outcome: Any) -> TransformResult:
    results = list(getattr(outcome.result, "results", None) or [])
    bad = [result for result in results if _status(result) not in _GOOD | {"skipped", "warn"}]
    failures = [_sentence(result) for result in bad]
    if outcome.exception is not None:
        failures.append(f"dbt stopped: {first_lines(outcome.exception)}")
    if not outcome.success and not failures:
        failures.append("dbt failed without naming a model.")
    checks = [_check(result) for result in results if str(result.node.resource_type) in _TEST_KINDS]
    return TransformResult(bool(outcome.success), failures, [_failed(result.node) for result in bad], checks)


def _failed(node: Any) -> Failed:
    is_test = str(node.resource_type) == "test"
    query = str(getattr(node, "compiled_code", None) or "") if is_test else ""
    model = _tested_model(node) if is_test else node.name
    about = " ".join((getattr(node, "description", "") or "").split())
    # A test's folder says nothing of a singular test's subject; its models' names do.
    return Failed(node.name, model, str(node.original_file_path), query, about)


def _status(result: Any) -> str:
    return str(getattr(result.status, "value", result.status))


def _check(result: Any) -> dict[str, Any]:
    node = result.node
    return {
        "name": node.name,
        "kind": _TEST_KINDS[str(node.resource_type)],
        "model": _tested_model(node),
        "description": " ".join((getattr(node, "description", "") or "").split()),
        "status": _status(result),
        "failures": int(result.failures or 0),
    }


def _tested_model(node: Any) -> str:
    """The model a test is attached to; a singular test names the models it reads."""
    attached = getattr(node, "attached_node", None) or getattr(node, "tested_node_unique_id", None)
    if attached:
        return str(attached).split(".")[-1]
    if getattr(node, "model", None):
        return str(node.model)
    return ", ".join(sorted(name.split(".")[-1] for name in node.depends_on.nodes))


def _sentence(result: Any) -> str:
    node = result.node
    kind = _TEST_KINDS.get(str(node.resource_type), str(node.resource_type))
    where = shown(DBT_PROJECT / node.original_file_path)
    on = f" on {_tested_model(node)}" if kind in _TEST_KINDS.values() else ""
    return f"{where}: {kind} '{node.name}'{on}: {first_lines(result.message)} {_REMEDY}"


def first_lines(message: object, most: int = 12) -> str:
    """The beginning of what dbt says, on one line; of a Python model's traceback the last line alone."""
    lines = [line.strip() for line in str(message or "").splitlines() if line.strip()]
    begun = next((place for place, line in enumerate(lines) if line.startswith("Traceback (")), None)
    if begun is not None:
        lines = [*lines[:begun], lines[-1]]
    return " ".join(lines[:most])
