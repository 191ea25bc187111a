"""The one module that imports Great Expectations: a suite's expectations on one table.

Great Expectations runs on pandas frames in an ephemeral context: no files, no progress bars, no usage
statistics. Importing this module takes some five seconds, so `gate.run` imports it only when there is
something to check.
"""

import importlib.util
import logging
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from expectations.schema import Expectation
from expectations.suites import Suite, fill
from stadtlabor.base.errors import BuildError

# Both are read while Great Expectations is imported and must be set before.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ.setdefault("GX_PYTHON_LOG_LEVEL", "ERROR")


def _load_when_used(name: str) -> None:
    """Let a module be loaded at its first use."""
    spec = importlib.util.find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


# Named by two expectations that no suite has; it takes a second and 56 MB.
_load_when_used("scipy.stats")
with warnings.catch_warnings():
    # Deprecations inside Great Expectations and what it imports (marshmallow, pyparsing) are its makers'
    # matter; its version is pinned.
    warnings.simplefilter("ignore")
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )
    from great_expectations.expectations import core as gx_types

# COMPLETE names every failing row; the query text that would repeat them all as one string is left out.
_RESULT_FORMAT: dict[str, Any] = {"result_format": "COMPLETE", "return_unexpected_index_query": False}


@dataclass(frozen=True)
class Found:
    """What one expectation found: `failing` maps the column looked at to positions of rows (0-based)."""

    expectation: Expectation
    success: bool
    failing: Mapping[str, list[int]]
    checked_rows: int


def examine(
    suite: Suite, table: str, frame: pl.DataFrame, expectations: list[Expectation], values: Mapping[str, Any]
) -> dict[str, Found]:
    """Check one table (with its derived columns); results by the expectation's id, skipped ones left out.

    BuildError where an expectation is unknown, has wrong arguments or could not be computed: that is a fault
    of the suite, never of the delivery.
    """
    with _quiet():
        built = [single for expectation in expectations for single in _build(suite, table, expectation, values)]
        if not built:
            return {}
        results = _validate(frame, built)
    by_id = {expectation.id: expectation for expectation in expectations}
    found: dict[str, Found] = {}
    for result in results:
        expectation = by_id[result.expectation_config.meta["id"]]
        one = _found(suite, table, expectation, result)
        earlier = found.get(expectation.id)
        found[expectation.id] = _merged(earlier, one) if earlier else one
    return found


def _build(suite: Suite, table: str, expectation: Expectation, values: Mapping[str, Any]) -> list[Any]:
    """The library's objects for one entry of the suite: several with `each_column`, none if it is skipped."""
    kind = getattr(gx_types, expectation.type, None)
    if not (isinstance(kind, type) and expectation.type.startswith("Expect")):
        raise BuildError(
            f"{suite.where(table, expectation)}: Great Expectations knows no type '{expectation.type}'. "
            "Correct the suite."
        )
    kwargs = fill(expectation.kwargs, values)
    if kwargs is None:
        return []
    if "row_condition" in kwargs:
        kwargs["condition_parser"] = "pandas"
    per_column = [{"column": name} for name in expectation.each_column or []] or [{}]
    try:
        return [kind(**kwargs, **column, meta={"id": expectation.id}) for column in per_column]
    # The library raises its own, pydantic's and plain errors for wrong arguments.
    except Exception as error:
        what = " ".join(str(error).split())[:300]
        place = suite.where(table, expectation)
        raise BuildError(f"{place}: {expectation.id}: wrong kwargs for {expectation.type}: {what}") from error


def _validate(frame: pl.DataFrame, built: list[Any]) -> Any:
    # What no expectation speaks of would take most of the memory: hashes and origin, the same in each row.
    spoken_of = " ".join(str(one.configuration.kwargs) for one in built)
    used = [name for name in frame.columns if name in spoken_of] or frame.columns[:1]
    # By way of Arrow pandas gets its own text type instead of Python objects.
    batch = _whole_frames().get_batch(batch_parameters={"dataframe": frame.select(used).to_arrow().to_pandas()})
    suite = gx.ExpectationSuite(name="suite", expectations=built)
    return batch.validate(suite, result_format=_RESULT_FORMAT).results


@cache
def _whole_frames() -> Any:
    """What makes batches of frames; one for the process, since a context takes longer than a small table."""
    # The defaults would make a temporary folder for a docs site.
    configuration = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=configuration)
    asset = context.data_sources.add_pandas("gate").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole")


def _found(suite: Suite, table: str, expectation: Expectation, result: Any) -> Found:
    if not result.result:
        raise BuildError(
            f"{suite.where(table, expectation)}: {expectation.id} could not be computed: "
            f"{_first_message(result.exception_info)}"
        )
    outcome = result.result
    kwargs = result.expectation_config.kwargs
    column = kwargs.get("column") or kwargs.get("column_A") or ""
    rows = [int(position) for position in outcome.get("unexpected_index_list") or []]
    checked = outcome.get("element_count", outcome.get("observed_value"))
    missing = outcome.get("missing_count") or 0
    return Found(
        expectation,
        bool(result.success),
        {column: rows} if rows else {},
        int(checked) - int(missing) if isinstance(checked, int) else 0,
    )


def _merged(one: Found, other: Found) -> Found:
    """Two columns of one `each_column` expectation: a row is checked once however many columns are."""
    return Found(
        one.expectation,
        one.success and other.success,
        {**one.failing, **other.failing},
        max(one.checked_rows, other.checked_rows),
    )


def _first_message(exception_info: Any) -> str:
    """The library nests one record per failed metric, or gives a single one."""
    records = [exception_info, *(part for part in exception_info.values() if isinstance(part, dict))]
    messages = [str(record["exception_message"]) for record in records if record.get("exception_message")]
    return " ".join((messages or ["no message"])[0].split())[:300]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's warnings and log lines from the user; its results and errors come through."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
