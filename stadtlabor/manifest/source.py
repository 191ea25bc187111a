"""`source.yml`: what a delivery says of itself, validated, with errors that name line and field."""

import datetime as dt
import difflib
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal
from weakref import WeakValueDictionary

from pydantic import (
    BaseModel,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from ruamel.yaml.comments import CommentedMap

from stadtlabor.base import yaml_lines
from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.places import shown
from stadtlabor.base.strict import STRICT, Identifier
from stadtlabor.manifest.bookings_section import Bookings
from stadtlabor.manifest.events_section import Events
from stadtlabor.manifest.journal_section import Journal
from stadtlabor.manifest.survey_section import Survey
from stadtlabor.values.stated import Period

MANIFEST_NAME = "source.yml"

FigureName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]


class Strict(BaseModel):
    """A part of the manifest; a misspelt field is an error, not a silence."""

    model_config = STRICT


class DeliveredFile(Strict):
    """One file as received; `sha256` guards against silent change, `sheets` are those of a workbook to be read."""

    name: str
    sheets: list[str] = []
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
        for name in NEEDED.get(self.kind, ()):
            if getattr(self, name) is None:
                what = f"a delivery of the kind '{self.kind}' needs the field '{name}'"
                raise PydanticCustomError("needed", "{what}", {"what": what, "field": name})
        return self


# Of surveys, bookings and events nothing can be said without a period: which time the desks were open, how far a
# series is unrolled, which year an answer belongs to.
NEEDED: Mapping[str, Sequence[str]] = {
    "survey": ("survey", "town", "period"),
    "bookings": ("bookings", "town", "period"),
    "events": ("town", "period"),
}


# A build meets each manifest several times, beside its delivery and beside its outcome, and to read it takes longest.
_valid: WeakValueDictionary[bytes, "Manifest"] = WeakValueDictionary()


def load(path: Path) -> Manifest:
    """Read and validate one `source.yml`; DeliveryError names its line and field.

    The same content gives the same object while that is in use; nobody changes it.
    """
    content = _content(path)
    if (known := _valid.get(content)) is None:
        known = _valid[content] = _validated(path, _tree(path, content))
    return known


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.sha256(stream.read(yaml_lines.MAX_MANIFEST_BYTES + 1)).digest()


@lru_cache(maxsize=1)
def _tree(path: Path, content: bytes) -> CommentedMap:
    return yaml_lines.read(path)


def _validated(path: Path, tree: CommentedMap) -> Manifest:
    try:
        return Manifest.model_validate(tree)
    except ValidationError as error:
        # A misspelt field is both an unknown and a missing one; the unknown one says where it stands.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        field = first["loc"] or ((first["ctx"]["field"],) if first["type"] == "needed" else ())
        raise DeliveryError(
            what=_plain(first),
            file=shown(path),
            line=yaml_lines.line_of(tree, field),
            column="field " + ".".join(str(part) for part in field) if field else None,
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
    return yaml_lines.line_of(_tree(path, _content(path)), field)


def json_schema() -> str:
    """The manifest's JSON Schema, for editors; kept in `stadtlabor/manifest/source.schema.json`.

    A concept is chosen from the vocabulary, each with its label and answers, and each has an example.
    """
    from stadtlabor.dictionary.concepts import concepts
    from stadtlabor.dictionary.concepts.listing import example

    schema = Manifest.model_json_schema(by_alias=True)
    choices = [{"const": one.id, "description": f"{one.label_de}: {one.brief}"} for one in concepts().values()]
    schema["$defs"]["QuestionMapping"]["examples"] = [example(one) for one in concepts().values()]
    schema["$defs"]["QuestionMapping"]["properties"]["concept"] = {
        "default": "",
        "description": "`stadtlabor concepts` lists them with an example each; empty: the question is not mapped.",
        "oneOf": [{"enum": ["", None], "description": "not mapped"}, *choices],
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _plain(error: Any) -> str:
    match error["type"]:
        case "missing":
            return f"the field '{error['loc'][-1]}' is missing"
        case "extra_forbidden":
            return f"there is no field '{error['loc'][-1]}'"
        case "needed":
            return str(error["msg"])
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
        case "needed":
            name = error["ctx"]["field"]
            example = ", first and last day: `period: {from: 2022-03-01, to: 2022-04-30}`" if name == "period" else ""
            return f"Add '{name}'{example}.{further}"
        case _:
            return f"Correct the value.{further}"
