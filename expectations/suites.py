"""Suites: the plain files that say what a delivery must fulfil, read and validated.

A suite is `suites/<kind>.yml`. Per landing table it lists expectations:

    id           code of the fault, as it stands in quarantine
    type         a Great Expectations expectation on pandas, e.g. ExpectColumnValuesToMatchRegex
    kwargs       its arguments, on columns of `stadtlabor.landing` or of `expectations.derived`
    severity     row: failing rows go to quarantine; delivery: the delivery is refused
    description  what is expected, as the quality page says it (de, en)
    reason       what is wrong where it fails (de, en)
    remedy       what to do about it (de, en); asked for where the severity is delivery
    each_column  instead of kwargs.column: the same expectation for each of these columns
    only_formats only for deliveries of which every file has one of these formats
    names        the column to show in quarantine, where the tested one is derived
    hint         a function of `expectations.hints` that adds a guess to the detail

A text of the form "{{ name }}" (quoted, since YAML reads bare braces as a map) is a placeholder; `context_values`
lists them. An expectation with a placeholder that this delivery has no value for is skipped.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from expectations import derived
from stadtlabor import landing
from stadtlabor.errors import BuildError
from stadtlabor.manifest import Period

FOLDER = Path(__file__).parent / "suites"
PLACEHOLDER = re.compile(r"^\{\{\s*(\w+)\s*\}\}$")
PLACEHOLDERS = frozenset({"towns", "today", "in_one_year", "manifest_first", "manifest_last"})

Text = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,62}$")]


class Strict(BaseModel):
    """A part of a suite; a misspelt key is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Words(Strict):
    """One text in the dashboard's two languages."""

    de: Text
    en: Text


class Rule(Strict):
    """A check in words: what is expected, and what is wrong where it fails."""

    id: Code
    description: Words
    reason: Words


class DeliveryRule(Rule):
    """A check of the delivery as a whole; its failure is a refusal and needs a way out."""

    remedy: Words


class ShareRule(DeliveryRule):
    """Refuses a delivery of which more than `largest_share` (0 to 1) went to quarantine."""

    largest_share: Annotated[float, Field(ge=0, le=1)]


class Expectation(Rule):
    """One expectation on one landing table; see this module's docstring for the fields."""

    type: Text
    kwargs: dict[str, Any] = {}
    severity: Literal["row", "delivery"]
    remedy: Words | None = None
    each_column: list[str] | None = None
    only_formats: list[str] | None = None
    names: str | None = None
    hint: Literal["nearest_town"] | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Expectation":
        if self.severity == "delivery" and self.remedy is None:
            raise ValueError("an expectation with severity 'delivery' needs a 'remedy'")
        if self.each_column is not None and "column" in self.kwargs:
            raise ValueError("give either 'each_column' or kwargs 'column', not both")
        if self.severity == "row" and "mostly" in self.kwargs:
            raise ValueError(
                "'mostly' is for severity 'delivery'; a failing row goes to quarantine in any case"
            )
        return self

    @property
    def columns(self) -> list[str]:
        """Every column the expectation looks at."""
        named = [self.kwargs[key] for key in ("column", "column_A", "column_B") if key in self.kwargs]
        return [*named, *self.kwargs.get("column_list", []), *(self.each_column or [])]


class DeliveryRules(Strict):
    """What is asked of a delivery as a whole, beside the expectations on its tables."""

    records_readable: Rule
    share: ShareRule
    refused: Rule


class _SuiteFile(Strict):
    kind: str
    delivery: DeliveryRules
    tables: dict[str, list[Expectation]]


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


def load(kind: str, folder: Path = FOLDER) -> Suite:
    """Read and validate the suite of one kind; BuildError names file, line and field."""
    path = path_of(kind, folder)
    tree = _parse(path)
    try:
        content = _SuiteFile.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = "no such key" if first["type"] == "extra_forbidden" else first["msg"]
        raise _fault(path, _line(tree, first["loc"]), f"{field}: {message}") from None
    lines = {
        (table, expectation.id): _line(tree, ("tables", table, position))
        for table, expectations in content.tables.items()
        for position, expectation in enumerate(expectations)
    }
    suite = Suite(path, content.kind, content.delivery, content.tables, lines)
    _check_names(suite, kind, tree)
    return suite


def context_values(towns: Collection[str], today: dt.date, period: Period | None) -> dict[str, Any]:
    """The placeholders' values for one delivery.

    towns: the AGS of towns.csv · today · in_one_year: the same day next year ·
    manifest_first, manifest_last: the manifest's period, None where it gives none.
    """
    return {
        "towns": sorted(towns),
        "today": today,
        "in_one_year": today + dt.timedelta(days=366),
        "manifest_first": period.first if period else None,
        "manifest_last": period.last if period else None,
    }


def fill(kwargs: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The arguments with placeholders replaced; None where a placeholder has no value."""
    filled = {}
    for name, argument in kwargs.items():
        if isinstance(argument, str) and (match := PLACEHOLDER.match(argument)):
            argument = values[match[1]]
            if argument is None:
                return None
        filled[name] = argument
    return filled


def _check_names(suite: Suite, kind: str, tree: CommentedMap) -> None:
    """Every name a suite uses must exist: its kind, tables, columns and placeholders."""
    if suite.kind != kind:
        raise _fault(
            suite.path, _line(tree, ("kind",)), f"kind: is '{suite.kind}', the file's name says '{kind}'"
        )
    for table, expectations in suite.tables.items():
        if table not in landing.TABLES:
            raise _fault(suite.path, _line(tree, ("tables", table)), f"there is no landing table '{table}'")
        known = {*landing.columns(table), *derived.COLUMNS.get(table, {})}
        seen: set[str] = set()
        for position, expectation in enumerate(expectations):
            line = _line(tree, ("tables", table, position))
            if expectation.id in seen:
                raise _fault(suite.path, line, f"the id '{expectation.id}' stands twice under '{table}'")
            seen.add(expectation.id)
            names = [expectation.names] if expectation.names else []
            for column in [*expectation.columns, *names]:
                if column not in known:
                    raise _fault(
                        suite.path, line, f"{expectation.id}: table '{table}' has no column '{column}'"
                    )
            for argument in expectation.kwargs.values():
                match = PLACEHOLDER.match(argument) if isinstance(argument, str) else None
                if match and match[1] not in PLACEHOLDERS:
                    known_ones = ", ".join(sorted(PLACEHOLDERS))
                    raise _fault(
                        suite.path, line, f"there is no placeholder '{match[1]}' (known: {known_ones})"
                    )


def _parse(path: Path) -> CommentedMap:
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _fault(path, mark.line + 1 if mark else 1, f"not readable as YAML: {error.problem}") from None
    if not isinstance(tree, CommentedMap):
        raise _fault(path, 1, "the suite is empty or not a list of fields")
    return tree


def _line(tree: Any, loc: tuple[str | int, ...]) -> int:
    """The 1-based line of the innermost part of `loc` that the file has."""
    line = 1
    node = tree
    for part in loc:
        try:
            line = (node.lc.item(part) if isinstance(node, CommentedSeq) else node.lc.key(part))[0] + 1
            node = node[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line


def _fault(path: Path, line: int, what: str) -> BuildError:
    return BuildError(f"{_shown(path)}, line {line}: {what}. Correct the suite.")


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:]) if path.is_relative_to(FOLDER) else str(path)
