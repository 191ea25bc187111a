"""What a theme, a concept, its answers, items and levels are: validated, immutable."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from stadtlabor.base.strict import FIXED

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Text = Annotated[str, Field(min_length=1)]
Scale = Literal["single", "multiple", "scale", "number"]
UNITS = ("minutes", "km", "days_per_week", "eur_per_day", "eur_per_month")


class Strict(BaseModel):
    """A part of the dictionary; a misspelt key is an error, not a silence."""

    model_config = FIXED


class Answer(Strict):
    """One answer of a concept; `is_substantive` false for "do not know" and the like, which is in no base."""

    code: Code
    label_de: Text
    label_en: Text
    is_substantive: bool = True


class Item(Strict):
    """One row of a grid, or one thing that can be marked."""

    code: Code
    label_de: Text
    label_en: Text


class LevelAnswer(Strict):
    """A coarser answer: the finer codes it takes in, or the numbers from `minimum` to under `below`.

    Labels may be left out where the code is an answer elsewhere in the concept (or in `to_concept`).
    """

    code: Code
    label_de: Text | None = None
    label_en: Text | None = None
    sources: tuple[Code, ...] = Field(default=(), alias="from")
    minimum: float | None = None
    below: float | None = None

    def takes_in(self, value: str | float) -> bool:
        """Whether a finer (or this) answer's code, or a number, belongs to this answer."""
        if isinstance(value, str):
            return value == self.code or value in self.sources
        return self.minimum is not None and self.below is not None and self.minimum <= value < self.below


class Level(Strict):
    """A coarser classification of a concept; without any source it is not comparable with the base."""

    level: Code
    label_de: Text
    label_en: Text
    to_concept: Code | None = None
    note_de: str = ""
    note_en: str = ""
    answers: Annotated[tuple[LevelAnswer, ...], Field(min_length=2)]

    @property
    def is_reachable(self) -> bool:
        """Whether finer answers or numbers lead to this level."""
        return any(answer.sources or answer.below is not None for answer in self.answers)


class Concept(Strict):
    """One harmonised variable."""

    id: Code
    label_de: Text
    label_en: Text
    question_de: Text
    question_en: Text
    scale: Scale
    unit: Literal[UNITS] | None = None  # type: ignore[valid-type]
    sensitivity: Literal["normal", "sensitive"] = "normal"
    minimum: float | None = None
    maximum: float | None = None
    keywords: Annotated[tuple[str, ...], Field(min_length=1)]
    answers: tuple[Answer, ...] = ()
    items: tuple[Item, ...] = ()
    levels: tuple[Level, ...] = ()
    note_de: str = ""
    note_en: str = ""

    @model_validator(mode="after")
    def _fits_its_scale(self) -> "Concept":
        is_number, is_multiple = self.scale == "number", self.scale == "multiple"
        if is_number != (self.unit is not None and self.minimum is not None and self.maximum is not None):
            raise ValueError(f"{self.id}: a number, and only a number, has unit, minimum and maximum")
        if bool(self.answers) == (is_number or is_multiple):
            raise ValueError(f"{self.id}: scale {self.scale} and answers do not go together")
        if is_multiple and not self.items:
            raise ValueError(f"{self.id}: a multiple choice needs items")
        for codes in ([a.code for a in self.answers], [i.code for i in self.items]):
            if len(set(codes)) != len(codes):
                raise ValueError(f"{self.id}: a code stands twice")
        return self

    @model_validator(mode="after")
    def _levels_know_their_sources(self) -> "Concept":
        known = {answer.code for answer in self.answers}
        known |= {answer.code for level in self.levels for answer in level.answers}
        for level in self.levels:
            taken = [source for answer in level.answers for source in answer.sources]
            if unknown := set(taken) - known:
                raise ValueError(f"{self.id}: level {level.level} takes in unknown {sorted(unknown)}")
            if len(set(taken)) != len(taken):
                raise ValueError(f"{self.id}: level {level.level} takes an answer in twice")
            if not level.is_reachable and not level.note_de:
                raise ValueError(f"{self.id}: level {level.level} is not comparable; a note must say why")
            # Answers left out would follow from the difference of two published bases.
            lost = {a.code for a in self.answers if a.is_substantive} - set(taken)
            if taken and lost:
                raise ValueError(f"{self.id}: level {level.level} leaves out {sorted(lost)}")
        return self

    @property
    def brief(self) -> str:
        """What is asked for in a few words: codes of answers and items, or a number's unit and range."""
        if self.scale == "number":
            return f"a number of {self.unit}, {self.minimum:g} to {self.maximum:g}"
        lists = (("items", self.items), ("answers", self.answers))
        return "; ".join(f"{name} {', '.join(one.code for one in found)}" for name, found in lists if found)

    def codes(self) -> set[str]:
        """Every answer code a survey may map to, of the base and of every level."""
        coarse = (a.code for level in self.levels if level.to_concept is None for a in level.answers)
        return {answer.code for answer in self.answers} | set(coarse)

    def recode(self, value: str | float, level: str) -> str | None:
        """The `level`'s code for a finer answer code or a number; None where it is not comparable."""
        found = next(one for one in self.levels if one.level == level)
        for answer in found.answers:
            if answer.takes_in(value):
                return answer.code
        return None


class Theme(Strict):
    """A group of concepts as a page shows them together."""

    theme: Code
    position: int
    label_de: Text
    label_en: Text
    concepts: Annotated[tuple[Concept, ...], Field(min_length=1)]
