"""The tables of a release as open data describe them, from the contract and from what the tables hold."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard import texts
from dashboard.release.snapshot import Release
from dashboard.renderers.open_data.origins import Origin, origin_of
from dashboard.renderers.open_data.sample_mark import Sample, sample_of, sample_title
from stadtlabor.base import contract

# Tables that are described as one data set: its theme in the EU's list, the kind of delivery it comes from, its tables.
GROUPS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "structure": ("REGI", "statistics", ("towns", "indicator_catalogue", "indicator_values", "series_breaks")),
    "peers": ("REGI", "statistics", ("peer_bands", "small_towns", "small_town_values")),
    "surveys": ("SOCI", "survey", ("surveys", "survey_", "demand_curve")),
    "spaces": ("ECON", "bookings", ("spaces", "space_")),
    "events": ("SOCI", "events", ("events", "event_")),
    "journal": ("GOVE", "journal", ("labs", "lab_", "learnings")),
    "statements": ("GOVE", "", ("statements", "statement_")),
    "quality": ("GOVE", "", ("",)),
}
# Columns that name a row of another table, wherever all of their values do.
REFERENCES = {
    "town_id": ("towns", "town_id"),
    "town_a": ("towns", "town_id"),
    "town_b": ("towns", "town_id"),
    "ags": ("small_towns", "ags"),
    "indicator_id": ("indicator_catalogue", "indicator_id"),
    "delivery_id": ("deliveries", "delivery_id"),
    "survey_id": ("surveys", "survey_id"),
    "survey_a": ("surveys", "survey_id"),
    "survey_b": ("surveys", "survey_id"),
    "space_id": ("spaces", "space_id"),
    "statement_id": ("statements", "statement_id"),
}
# What a number is counted in, by the name of its column; of values the unit stands in the row or in the catalogue.
UNITS = (
    (r"_km2$", "km²"),
    (r"(_eur|^price|_per_visit)$", "EUR"),
    (r"_minutes$", "min"),
    (r"_hours$|^(available|booked)$", "h"),
    (r"^(latitude|longitude)$", "°"),
    (r"^bytes$", "byte"),
    (r"(^|_)(share|utilisation|occupancy|nonresponse|cancellation_rate|no_show_rate|completion_rate)$", "%"),
    (r"^lead_time_", "d"),
)
# The conditions of the contract that say something of one column. They hold in every row, so none of them is empty.
CONDITIONS: tuple[tuple[str, Callable[[str], dict[str, Any]]], ...] = (
    (r"(\w+) in \(((?:'[^']*'(?:, )?)+)\)", lambda found: {"enum": re.findall(r"'([^']*)'", found)}),
    (r"regexp_matches\((\w+), '([^']+)'\)", lambda found: {"pattern": found.strip("^$")}),
    (r"(\w+) between (-?\d+ and -?\d+)", lambda found: dict(zip(("minimum", "maximum"), _whole(found), strict=True))),
    (r"(\w+) >= (\d+)", lambda found: {"minimum": int(found)}),
    (r"(\w+) (is not null|<> '')", lambda found: {}),
)


@dataclass(frozen=True)
class Column:
    """A column: its kind in polars, what the contract says of it, and Frictionless's constraints."""

    name: str
    kind: pl.DataType
    description: str
    constraints: Mapping[str, Any]

    @property
    def unit(self) -> str:
        """What its numbers are counted in, empty where they are of no unit or of several."""
        is_number = self.kind.is_numeric()
        return next((unit for pattern, unit in UNITS if is_number and re.search(pattern, self.name)), "")

    def title(self, language: str) -> str:
        """What it is called in a language; its own name where nobody has named it yet."""
        return titled(self.name, language)


@dataclass(frozen=True)
class Resource:
    """A table with its description; `key` names its rows and is primary where no part of it is ever empty.

    `references` are the columns that name rows of other tables: (column, table, column there).
    """

    name: str
    group: str
    description: str
    frame: pl.DataFrame
    columns: Sequence[Column]
    key: Sequence[str]
    is_primary: bool
    references: Sequence[tuple[str, str, str]]
    origin: Origin
    sample: Sample

    def title(self, language: str) -> str:
        """What it is called in a language, marked where it holds sample data."""
        say = texts.of(language)
        return sample_title(say, say.group("open_data_tables").get(self.name, self.name), self.sample)


def resources(release: Release) -> list[Resource]:
    """All tables of a release, in the release's order."""
    stated = {model["name"]: model for model in contract.stated()}
    keys = contract.keys()
    return [_resource(release, name, stated.get(name, {}), keys.get(name, [])) for name in release.tables]


def group_of(name: str) -> str:
    """The data set that a table belongs to."""
    return next(group for group, (_, _, tables) in GROUPS.items() if _is_among(name, tables))


def titled(name: str, language: str) -> str:
    """A column's title: its own, or that of the column whose sign, bound or translation it is."""
    say = texts.of(language)
    titles, suffixes = say.group("open_data_columns"), say.group("open_data_suffixes")
    if name in titles:
        return titles[name]
    if found := re.fullmatch(r"p(\d\d)", name):
        return suffixes["percentile"].format(number=found[1])
    stem, _, suffix = name.rpartition("_")
    if stem and suffix in suffixes:
        return suffixes[suffix].format(title=titled(stem, language))
    return name


def constraints_of(model: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What a table's contract and tests say of single columns, in Frictionless's words."""
    found: dict[str, dict[str, Any]] = {}
    for name, arguments in _tests(model):
        if name == "unique_together" and len(arguments["columns"]) == 1:
            found.setdefault(arguments["columns"][0], {})["unique"] = True
        if name == "holds":
            for column, said in _said(arguments["condition"]):
                found.setdefault(column, {}).update(said)
    return found


def _resource(release: Release, name: str, model: Mapping[str, Any], key: Sequence[str]) -> Resource:
    frame, group = release.tables[name], group_of(name)
    references = [] if name == "indicator_catalogue" else list(_references(release, name))
    return Resource(
        name=name,
        group=group,
        description=" ".join(model.get("description", "").split()),
        frame=frame,
        columns=_columns(frame, model),
        key=key,
        is_primary=bool(key) and _names_rows(frame, key),
        references=references,
        origin=origin_of(release, frame, GROUPS[group][1]),
        sample=sample_of(frame, release.tables, REFERENCES),
    )


def _columns(frame: pl.DataFrame, model: Mapping[str, Any]) -> list[Column]:
    said = {one["name"]: one.get("description", "") for one in model.get("columns", [])}
    limits = constraints_of(model)
    return [
        Column(name, kind, " ".join(said.get(name, "").split()), limits.get(name, {}))
        for name, kind in frame.schema.items()
    ]


def _tests(model: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for test in model.get("data_tests", []):
        yield from ((name, told["arguments"]) for name, told in test.items())


def _said(condition: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts of a condition that speak of one column; where one part may fail, none of them is sure."""
    if re.search(r"\b(or|case)\b", condition):
        return
    for part in re.split(r"\sand\s(?!-?\d)", condition.strip()):
        for pattern, read in CONDITIONS:
            if found := re.fullmatch(pattern, part.strip()):
                yield found[1], _limits(read(found[2]))


def _limits(said: dict[str, Any]) -> dict[str, Any]:
    # In CSV an empty text is no value.
    if "" not in said.get("enum", ()):
        return {**said, "required": True}
    return {"enum": [one for one in said["enum"] if one]}


def _whole(span: str) -> list[int]:
    return [int(number) for number in span.split(" and ")]


def _is_among(name: str, tables: Sequence[str]) -> bool:
    return any(name == one or (one[-1:] in ("_", "") and name.startswith(one)) for one in tables)


def _names_rows(frame: pl.DataFrame, key: Sequence[str]) -> bool:
    is_empty = pl.any_horizontal(pl.col(key).is_null() | pl.col(key).cast(pl.String).eq(""))
    return not frame.select(is_empty.any()).item() and not frame.select(key).is_duplicated().any()


def _references(release: Release, name: str) -> Iterator[tuple[str, str, str]]:
    frame = release.tables[name]
    for column, (table, there) in REFERENCES.items():
        if column in frame.columns and table != name and _all_among(frame[column], release.tables[table][there]):
            yield column, table, there


def _all_among(values: pl.Series, known: pl.Series) -> bool:
    return values.drop_nulls().is_in(known.implode()).all() and not known.is_duplicated().any()
