"""`source.yml`: what a delivery says of itself, validated, with errors that name line and field."""

import datetime as dt
import difflib
import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

from stadtlabor.base import yaml_lines
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.places import shown
from stadtlabor.base.strict import STRICT, Identifier
from stadtlabor.manifest.bookings_section import Bookings
from stadtlabor.manifest.events_section import Events
from stadtlabor.manifest.journal_section import Journal
from stadtlabor.values.stated import Period

MANIFEST_NAME = "source.yml"

FigureName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]


class Strict(BaseModel):
    """A part of the manifest; a misspelt field is an error, not a silence."""

    model_config = STRICT


class DeliveredFile(Strict):
    """One file as received; `sha256` guards against silent change."""

    name: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    format: str | None = None

    @field_validator("name")
    @classmethod
    def _stays_in_its_folder(cls, name: str) -> str:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in name:
            raise ValueError(f"{name!r} leaves the delivery's folder")
        return name


class FigureMapping(Strict):
    """Which measure of the file is which of the project's figures.

    `attributes` narrows to one slice of further dimensions; a dimension left out means its total.
    """

    figure: FigureName
    source_figure: str
    attributes: dict[str, str] = {}
    unit: str | None = None


class AskedIf(Strict):
    """Routing: the question was put only to those who gave one of these answers to another one."""

    question: str
    answers: Annotated[list[str], Field(min_length=1)]


class QuestionMapping(Strict):
    """Which question of the survey asks for which concept of the shared vocabulary.

    `question` and the keys of `items` and `answers` are the tool's own codes or texts, as the reader
    gives them. `items` maps the parts of a grid or multiple choice to the concept's items; `answers`
    maps answers to the concept's answer codes, where they differ. A numeric concept needs neither.
    """

    question: str
    concept: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
    subquestion: str | None = None
    items: dict[str, str] = {}
    answers: dict[str, str] = {}
    asked_if: AskedIf | None = None


class Margin(Strict):
    """One cell of the population margins that a survey may be raked to; `count` in persons."""

    concept: str
    answer: str
    count: Annotated[int, Field(gt=0)]


class Survey(Strict):
    """What a survey's file cannot say: whom it asked, and what its questions mean."""

    population: Literal["citizens", "commuters", "space_users", "companies", "participants"]
    wave: Identifier | None = None
    invited: Annotated[int, Field(gt=0)] | None = None
    questions: list[QuestionMapping] = []
    margins: list[Margin] = []


class ReadingBounds(Strict):
    """What reading this delivery may take; to be raised only by who knows why it takes more than others.

    `memory_mb`: megabytes of memory; left out, 1,500 and ten times the files' size. `seconds` of processor time (on the
    clock four times as many); left out, 15 and 3 for each megabyte.
    """

    memory_mb: Annotated[int, Field(ge=500)] | None = None
    seconds: Annotated[float, Field(gt=0)] | None = None


class Manifest(Strict):
    """A delivery's `source.yml`."""

    id: Identifier
    kind: Literal["statistics", "calendar", "survey", "bookings", "events", "journal"]
    format: str | None = None
    town: Identifier | None = None
    title: Annotated[str, Field(min_length=1)]
    producer: Annotated[str, Field(min_length=1)]
    licence: Annotated[str, Field(min_length=1)]
    received: dt.date
    period: Period | None = None
    synthetic: bool
    note: str = ""
    bounds: ReadingBounds | None = None
    files: Annotated[list[DeliveredFile], Field(min_length=1)]
    figures: list[FigureMapping] = []
    survey: Survey | None = None
    bookings: Bookings | None = None
    events: Events | None = None
    journal: Journal | None = None

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "Manifest":
        if self.kind == "survey" and self.survey is None:
            raise ValueError("a survey needs the field 'survey' (population, questions)")
        if self.kind == "survey" and self.town is None:
            raise ValueError("a survey needs the field 'town'")
        if self.kind == "bookings":
            # Without the first and last day nobody knows how long the desks could have been booked.
            for name in ("bookings", "town", "period"):
                if getattr(self, name) is None:
                    raise ValueError(f"a delivery of bookings needs the field '{name}'")
        if self.kind == "events":
            # A series without an end is unrolled over the period; an event outside it is none of the delivery's.
            for name in ("town", "period"):
                if getattr(self, name) is None:
                    raise ValueError(f"a delivery of events needs the field '{name}'")
        return self


def load(path: Path) -> Manifest:
    """Read and validate one `source.yml`; DeliveryError names its line and field."""
    tree = yaml_lines.read(path)
    try:
        return Manifest.model_validate(tree)
    except ValidationError as error:
        # A misspelt field is both an unknown and a missing one; the unknown one says where it stands.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise DeliveryError(
            what=_plain(first),
            file=shown(path),
            line=yaml_lines.line_of(tree, first["loc"]),
            column="field " + ".".join(str(part) for part in first["loc"]) if first["loc"] else None,
            remedy=_remedy(first, error.errors()),
            rule="manifest",
        ) from None


def fault_at(path: Path, field: tuple[str | int, ...], what: str, remedy: str = "") -> DeliveryError:
    """A fault found only with knowledge from elsewhere, at the line and field of the manifest it is about."""
    return DeliveryError(
        what,
        shown(path),
        line_of(path, field),
        "field " + ".".join(str(part) for part in field),
        remedy,
        "manifest",
    )


def line_of(path: Path, field: tuple[str | int, ...]) -> int:
    """The line on which a field of a manifest stands; the first line where it has none."""
    return yaml_lines.line_of(yaml_lines.read(path), field)


def json_schema() -> str:
    """The manifest's JSON Schema, for editors; kept in `stadtlabor/manifest/source.schema.json`."""
    return json.dumps(Manifest.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


def _plain(error: Any) -> str:
    match error["type"]:
        case "missing":
            return f"the field '{error['loc'][-1]}' is missing"
        case "extra_forbidden":
            return f"there is no field '{error['loc'][-1]}'"
        case _:
            shown_input = repr(error.get("input"))
            return error["msg"].removeprefix("Value error, ") + (
                f" (found {shown_input})" if len(shown_input) <= 80 else ""
            )


def _remedy(error: Any, errors: Sequence[Any]) -> str:
    further = f" {len(errors) - 1} further problem(s) follow in this file." if len(errors) > 1 else ""
    match error["type"]:
        case "missing":
            return f"Add a line '{error['loc'][-1]}: …'.{further}"
        case "extra_forbidden":
            missing = [str(one["loc"][-1]) for one in errors if one["type"] == "missing"]
            meant = difflib.get_close_matches(str(error["loc"][-1]), missing, n=1)
            return f"Did you mean '{meant[0]}'?" if meant else f"Check the spelling, or take it out.{further}"
        case _:
            return f"Correct the value.{further}"
