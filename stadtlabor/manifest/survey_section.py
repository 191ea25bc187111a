"""What a survey's file cannot say: whom it asked, and what its questions mean."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from stadtlabor.base.strict import STRICT, Identifier

# A key without a value says nothing: a scaffold lists every answer, and a code is written behind those that have one.
Codes = Annotated[
    dict[str, str],
    BeforeValidator(
        lambda found: (
            {key: code for key, code in found.items() if code is not None} if isinstance(found, dict) else found
        )
    ),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "null"]}}),
]
ConceptName = Annotated[str, BeforeValidator(lambda found: found or ""), Field(pattern=r"^([a-z][a-z0-9_]{0,62})?$")]


class Strict(BaseModel):
    """A part of the section; a misspelt field is an error, not a silence."""

    model_config = STRICT


class AskedIf(Strict):
    """Routing: the question was put only to those who gave one of these answers to another one."""

    question: str
    answers: Annotated[list[str], Field(min_length=1)]


class QuestionMapping(Strict):
    """Which question of the survey asks for which concept of the shared vocabulary.

    `question` and the keys of `items` and `answers` are the tool's own codes or texts, as the reader
    gives them. `items` maps the parts of a grid or multiple choice to the concept's items; `answers`
    maps answers to the concept's answer codes, where they differ. A numeric concept needs neither.
    Without a `concept` the question is not mapped, and nothing of it is published. Two questions that ask
    for the same thing of a concept are counted as one only where the further ones say `combine: true`.
    """

    question: str
    concept: ConceptName = ""
    subquestion: str | None = None
    items: Codes = {}
    answers: Codes = {}
    combine: bool = False
    asked_if: AskedIf | None = None

    def speaks_of(self, part: str) -> bool:
        """Whether it is about this part of its question: one of its items or, where it has none, its own part."""
        return part in self.items if self.items else part == (self.subquestion or "")


class Margin(Strict):
    """One cell of the population margins that a survey may be raked to; `count` in persons."""

    concept: str
    answer: str
    count: Annotated[int, Field(gt=0)]


class SurveyColumns(Strict):
    """Headings of a table of answers that hold no answer: when, whether finished, whose, in which language."""

    time: str | None = None
    started: str | None = None
    completed: str | None = None
    id: str | None = None
    language: str | None = None


class Survey(Strict):
    """What a survey's file cannot say: whom it asked, and what its questions mean."""

    population: Literal["citizens", "commuters", "space_users", "companies", "participants"]
    wave: Identifier | None = None
    invited: Annotated[int, Field(gt=0)] | None = None
    columns: SurveyColumns = SurveyColumns()
    questions: list[QuestionMapping] = []
    margins: list[Margin] = []

    @property
    def mapped(self) -> list[tuple[int, QuestionMapping]]:
        """The questions that ask for a concept, each with its place in `questions`."""
        return [(place, question) for place, question in enumerate(self.questions) if question.concept]
