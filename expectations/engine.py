"""The one module that imports Great Expectations: a suite's expectations on one table of several deliveries.

Great Expectations runs on pandas frames in an ephemeral context: no files, no progress bars, no usage
statistics. Importing this module takes some five seconds, so `gate.run` imports it only when there is
something to check.
"""

import importlib
import logging
import os
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

import polars as pl

from expectations.batch import COUNT, Asked, Batch, Found, whose
from expectations.derived import derive
from expectations.schema import Expectation
from expectations.suites import Suite, fill
from stadtlabor.base.errors import BuildError

# Both are read while Great Expectations is imported and must be set before.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ.setdefault("GX_PYTHON_LOG_LEVEL", "ERROR")


class _Later(ModuleType):
    """Stands for a module until something of it is used; the standard library's lazy loader loads at each import."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        sys.modules.pop(self.__name__, None)
        return getattr(importlib.import_module(self.__name__), attribute)


# Imported by expectations that no suite has, for their statistics and drawings: 80 MB and a second.
for _name in ("scipy.stats", "altair"):
    sys.modules.setdefault(_name, _Later(_name))
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

# Whether each holds is asked first; which rows fail, at more than twice the cost, only of those that do not. COMPLETE
# names every failing row; the query text that would repeat them all as one string is left out.
_HOLDS: dict[str, Any] = {"result_format": "BOOLEAN_ONLY"}
_WHICH_FAIL: dict[str, Any] = {"result_format": "COMPLETE", "return_unexpected_index_query": False}


class Part(NamedTuple):
    """A delivery's rows of a table, with the derived columns, and the expectations that apply to them."""

    frame: pl.DataFrame
    expectations: Sequence[Expectation]


def examine(suite: Suite, table: str, parts: Sequence[Part], values: Mapping[str, Any]) -> list[dict[str, Found]]:
    """Check one table of several deliveries together; for each its results by the expectation's id.

    `values` are the placeholders'. BuildError where an expectation is unknown, has wrong arguments or could not be
    computed: that is a fault of the suite, never of a delivery.
    """
    found: list[dict[str, Found]] = [{} for _ in parts]
    applying = [{one.id for one in part.expectations} for part in parts]
    alike: dict[tuple[int, ...], list[Expectation]] = {}
    for expectation in suite.tables[table]:
        numbers = tuple(number for number, ids in enumerate(applying) if expectation.id in ids)
        alike.setdefault(numbers, []).append(expectation)
    alike.pop((), None)
    with _quiet():
        for numbers, expectations in alike.items():
            frames = [parts[number].frame for number in numbers]
            for results in _examined(suite, table, frames, expectations, values):
                for number, one in zip(numbers, results, strict=True):
                    earlier = found[number].get(one.expectation.id)
                    found[number][one.expectation.id] = _merged(earlier, one) if earlier else one
    return found


def _examined(
    suite: Suite, table: str, frames: list[pl.DataFrame], expectations: list[Expectation], values: Mapping[str, Any]
) -> Iterator[list[Found]]:
    """What was found in each frame, expectation by expectation."""
    asked = [one for expectation in expectations for one in _build(suite, table, expectation, values)]
    for data, about, found in Batch(frames, asked).frames() if asked else ():
        yield from (found(one, rows) for one, rows in _failing(suite, table, data, about))


def _build(suite: Suite, table: str, expectation: Expectation, values: Mapping[str, Any]) -> list[Asked]:
    """The library's objects for one entry of the suite: several with `each_column`."""
    is_of_count = expectation.type == "ExpectTableRowCountToBeBetween"
    kind = getattr(gx_types, "ExpectColumnValuesToBeBetween" if is_of_count else expectation.type, None)
    if not (isinstance(kind, type) and expectation.type.startswith("Expect")):
        raise BuildError(
            f"{suite.where(table, expectation)}: Great Expectations knows no type '{expectation.type}'. "
            "Correct the suite."
        )
    kwargs = fill(expectation.kwargs, values)
    # How large a share holds is asked of each delivery, not of all together.
    kwargs.pop("mostly", None)
    if "row_condition" in kwargs:
        kwargs["condition_parser"] = "pandas"
    if "column_list" in kwargs:
        kwargs["column_list"] = [*kwargs["column_list"], whose(expectation)]
    of_each = [{"column": name} for name in [COUNT] * is_of_count + (expectation.each_column or [])] or [{}]
    try:
        return [
            Asked(
                expectation,
                column.get("column") or _own_column(kwargs),
                kwargs | column,
                kind(**kwargs, **column, meta={"id": expectation.id}),
            )
            for column in of_each
        ]
    # The library raises its own, pydantic's and plain errors for wrong arguments.
    except Exception as error:
        what = " ".join(str(error).split())[:300]
        place = suite.where(table, expectation)
        raise BuildError(f"{place}: {expectation.id}: wrong kwargs for {expectation.type}: {what}") from error


def _own_column(kwargs: Mapping[str, Any]) -> str:
    """The column that is judged: of a pair the first that is not what the manifest says."""
    pair = [kwargs[key] for key in ("column_A", "column_B") if key in kwargs]
    return str(kwargs.get("column") or next((name for name in pair if name not in derive.PERIOD), ""))


def _failing(suite: Suite, table: str, data: Any, asked: Sequence[Asked]) -> Iterator[tuple[Asked, list[int]]]:
    """Each of what is asked with the positions in `data` that fail it."""
    not_holding = [one for one, result in _validated(data, asked, _HOLDS) if not result.success]
    rows = {id(one): _rows(suite, table, one, result) for one, result in _validated(data, not_holding, _WHICH_FAIL)}
    yield from ((one, rows.get(id(one), [])) for one in asked)


def _rows(suite: Suite, table: str, one: Asked, result: Any) -> list[int]:
    if not result.result:
        raise BuildError(
            f"{suite.where(table, one.expectation)}: {one.expectation.id} could not be computed: "
            f"{_first_message(result.exception_info)}"
        )
    return [int(position) for position in result.result.get("unexpected_index_list") or []]


def _validated(data: Any, asked: Sequence[Asked], result_format: Mapping[str, Any]) -> list[tuple[Asked, Any]]:
    """Each of what is asked with the library's result, which gives them in an order of its own."""
    if not asked:
        return []
    singles = [one.single for one in asked]
    for number, single in enumerate(singles):
        single.meta["number"] = number
    suite = gx.ExpectationSuite(name="suite", expectations=singles)
    batch = _whole_frames().get_batch(batch_parameters={"dataframe": data})
    results = batch.validate(suite, result_format=dict(result_format)).results
    return [(asked[result.expectation_config.meta["number"]], result) for result in results]


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
