"""A questionnaire as data, and what one respondent did with it; tools turn both into their own form."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from stadtlabor.dictionary import concepts
from stadtlabor.samples import delivery
from stadtlabor.values.stated import Period

FOLDER = Path(__file__).with_name("questionnaires")
Kind = Literal["single", "multiple", "grid", "number", "text"]


class Strict(BaseModel):
    """A part of a questionnaire; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AskedIf(Strict):
    """Routing, in the concept codes of the other question's answers."""

    question: str
    answers: Annotated[tuple[str, ...], Field(min_length=1)]


class Question(Strict):
    """One question. `options` and `items` map the concept's codes to this survey's wording, in its order.

    `missing` is how often those asked skip it; `other` are the texts typed beside "Sonstiges"; `texts`
    are those of an open question; `weights` draw a question that has no concept.
    """

    code: str
    text: str
    group: str = "Fragen"
    concept: str | None = None
    kind: Kind = "text"
    options: dict[str, str] = {}
    items: dict[str, str] = {}
    other: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    weights: dict[str, float] = {}
    asked_if: AskedIf | None = None
    missing: float = 0.0

    @model_validator(mode="before")
    @classmethod
    def _kind_of_its_concept(cls, given: dict[str, Any]) -> dict[str, Any]:
        if given.get("concept") is None:
            return given
        scale = concepts.concepts()[given["concept"]].scale
        kind = {"scale": "grid" if given.get("items") else "single"}.get(scale, scale)
        return {**given, "kind": kind}

    @model_validator(mode="after")
    def _speaks_the_dictionary(self) -> "Question":
        if self.concept is None:
            return self
        concept = concepts.concepts()[self.concept]
        unknown = set(self.options) - concept.codes() | set(self.items) - {item.code for item in concept.items}
        if unknown:
            raise ValueError(f"{self.code}: concept '{self.concept}' does not know {sorted(unknown)}")
        return self


class Defect(Strict):
    """A real-life fault to be put in, and how it came about.

    value: a number question holds this text; unknown_answer: a choice holds an answer nobody mapped;
    wrong_year: the times of one response lie in this year; ragged_record: a record has too few (or, with
    `surplus`, too many) fields; repeated_record: a record stands twice.
    """

    kind: Literal["value", "unknown_answer", "wrong_year", "ragged_record", "repeated_record"]
    why: str
    question: str | None = None
    value: str | int | None = None
    surplus: bool = False


class Questionnaire(Strict):
    """One survey: what it asks, of how many, and what goes wrong in it.

    `started` questionnaires, of which the share `completion` is finished; `doubles` are people who took
    part twice, `pretests` the makers' own trials; `references` the links people came by, with weights.
    """

    delivery: str
    tool: str
    shape: str
    town: str
    population: str
    title: str
    producer: str
    period: Period
    received: dt.date
    wave: str
    note: str
    started: int
    completion: float
    doubles: int = 0
    pretests: int = 0
    references: dict[str, float] = {}
    margins: dict[str, dict[str, int]] = {}
    questions: tuple[Question, ...]
    defects: tuple[Defect, ...] = ()

    def question(self, code: str) -> Question:
        """The question of a code."""
        return next(question for question in self.questions if question.code == code)


class Verbatim(str):
    """An answer as it shall stand in the file, whatever the questionnaire offers."""


# single: option code; multiple: item codes; grid: item → option code; number and text: as typed.
Answer = str | list[str] | dict[str, str]


@dataclass
class Response:
    """What one respondent left: answers by question code, the texts beside "Sonstiges", and when.

    `reached` is the number of questions seen; a response that reached all of them is completed.
    """

    number: int
    started: dt.datetime
    seconds: int
    reached: int
    is_completed: bool
    is_pretest: bool = False
    reference: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)

    @property
    def ended(self) -> dt.datetime:
        """When the last page was sent."""
        return self.started + dt.timedelta(seconds=self.seconds)


def questionnaires(folder: Path = FOLDER) -> list[Questionnaire]:
    """Every questionnaire of `folder`, by file name."""
    return delivery.read_all(folder, Questionnaire)
