"""Suites: the plain files that say what a delivery must fulfil, read and validated."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError

from expectations.derived import derive
from expectations.schema import DeliveryRules, Expectation, SuiteFile
from stadtlabor.base.errors import BuildError
from stadtlabor.base.yaml_lines import line_of
from stadtlabor.readers import landing_tables

FOLDER = Path(__file__).parent / "suites"
PLACEHOLDER = re.compile(r"^\{\{\s*(\w+)\s*\}\}$")
PLACEHOLDERS = frozenset({"towns", "towns_without_zero", "town_ids", "today", "in_one_year"})


@dataclass(frozen=True)
class Suite:
    """A validated suite; `lines` maps (table, id) to the line of the file on which it begins."""

    path: Path
    kind: str
    delivery: DeliveryRules
    tables: Mapping[str, list[Expectation]]
    lines: Mapping[tuple[str, str], int]

    def where(self, table: str, expectation: Expectation) -> str:
        """File and line of an expectation, for messages."""
        return f"{_shown(self.path)}, line {self.lines[table, expectation.id]}"


def path_of(kind: str, folder: Path = FOLDER) -> Path:
    """The suite file of a kind of delivery; BuildError where the kind has none."""
    path = folder / f"{kind}.yml"
    if not path.is_file():
        raise BuildError(
            f"There is no suite for deliveries of kind '{kind}': {_shown(path)} is missing. "
            "Add the file, or correct 'kind' in the delivery's source.yml."
        )
    return path


@cache
def load(kind: str, folder: Path = FOLDER) -> Suite:
    """Read and validate the suite of one kind, once per process; BuildError names file, line and field."""
    path = path_of(kind, folder)
    tree = _parse(path)
    try:
        content = SuiteFile.model_validate(tree)
    except ValidationError as error:
        # A misspelt key is two errors, one unknown and one missing; the unknown one has the line.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        field = ".".join(str(part) for part in first["loc"])
        message = "no such key" if first["type"] == "extra_forbidden" else first["msg"]
        raise _fault(path, line_of(tree, first["loc"]), f"{field}: {message}") from None
    lines = {
        (table, expectation.id): line_of(tree, ("tables", table, position))
        for table, expectations in content.tables.items()
        for position, expectation in enumerate(expectations)
    }
    suite = Suite(path, content.kind, content.delivery, content.tables, lines)
    _check_names(suite, kind, tree)
    return suite


def context_values(towns: Collection[str], today: dt.date, town_ids: Collection[str] = ()) -> dict[str, Any]:
    """The placeholders' values, the same for all deliveries of a network.

    towns: the AGS of towns.csv · towns_without_zero: those with a leading zero, without it · town_ids · today ·
    in_one_year: the same day next year.
    """
    return {
        "towns": sorted(towns),
        "towns_without_zero": sorted(town[1:] for town in towns if town.startswith("0")),
        "town_ids": sorted(town_ids),
        "today": today,
        "in_one_year": today + dt.timedelta(days=366),
    }


def fill(kwargs: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with placeholders replaced."""
    return {
        name: values[match[1]] if isinstance(argument, str) and (match := PLACEHOLDER.match(argument)) else argument
        for name, argument in kwargs.items()
    }


def _check_names(suite: Suite, kind: str, tree: CommentedMap) -> None:
    """Every name a suite uses must exist: its kind, tables, columns and placeholders."""
    if suite.kind != kind:
        raise _fault(suite.path, line_of(tree, ("kind",)), f"kind: is '{suite.kind}', the file's name says '{kind}'")
    for table, expectations in suite.tables.items():
        if table not in landing_tables.TABLES:
            raise _fault(suite.path, line_of(tree, ("tables", table)), f"there is no landing table '{table}'")
        known = {*landing_tables.columns(table), *derive.COLUMNS.get(table, {}), *derive.PERIOD}
        seen: set[str] = set()
        for position, expectation in enumerate(expectations):
            line = line_of(tree, ("tables", table, position))
            if expectation.id in seen:
                raise _fault(suite.path, line, f"the id '{expectation.id}' stands twice under '{table}'")
            seen.add(expectation.id)
            names = [expectation.names] if expectation.names else []
            for column in [*expectation.columns, *names]:
                if column not in known:
                    raise _fault(suite.path, line, f"{expectation.id}: table '{table}' has no column '{column}'")
            for argument in expectation.kwargs.values():
                match = PLACEHOLDER.match(argument) if isinstance(argument, str) else None
                if match and match[1] not in PLACEHOLDERS:
                    known_ones = ", ".join(sorted(PLACEHOLDERS))
                    raise _fault(suite.path, line, f"there is no placeholder '{match[1]}' (known: {known_ones})")


def _parse(path: Path) -> CommentedMap:
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _fault(path, mark.line + 1 if mark else 1, f"not readable as YAML: {error.problem}") from None
    if not isinstance(tree, CommentedMap):
        raise _fault(path, 1, "the suite is empty or not a list of fields")
    return tree


def _fault(path: Path, line: int, what: str) -> BuildError:
    return BuildError(f"{_shown(path)}, line {line}: {what}. Correct the suite.")


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:]) if path.is_relative_to(FOLDER) else str(path)
