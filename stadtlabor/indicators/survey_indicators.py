"""The survey indicators' catalogue: `survey_indicators.yml`, validated against the concept dictionary.

One entry is one indicator; the build writes them into the landing table `survey_indicators`, and dbt
computes each by its rule. Rules and texts are explained in the YAML file itself.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import polars as pl
from pydantic import BaseModel, Field, model_validator

from stadtlabor.base import own_yaml
from stadtlabor.base.strict import FIXED
from stadtlabor.dictionary import concepts

PATH = Path(__file__).with_name("survey_indicators.yml")
THEME = "surveys"

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Text = Annotated[str, Field(min_length=1)]
Population = Literal["citizens", "commuters", "space_users", "companies", "participants"]
RuleName = Literal[
    "share", "distribution", "top2", "marks", "median", "demand", "completed", "completion", "reach",
    "item_nonresponse",
]  # fmt: skip
# Which scale of concept a rule works on; rules not named here are on the survey itself.
SCALES: Mapping[str, frozenset[str]] = {
    "share": frozenset({"single"}),
    "distribution": frozenset({"single"}),
    "top2": frozenset({"scale"}),
    "marks": frozenset({"multiple"}),
    "median": frozenset({"number"}),
    "demand": frozenset({"number"}),
}
NEEDS_ANSWERS = frozenset({"share", "top2"})

# One row per indicator; lists are comma lists, `asked_of_concept`/`asked_of_answers` null for everybody.
COLUMNS = (
    "indicator_id", "theme", "position", "concept_theme", "concept_id", "level", "rule", "answers",
    "populations", "asked_of_concept", "asked_of_answers", "prices", "breakdown", "statements",
    "sensitivity", "unit_de", "unit_en", "decimals", "value_kind", "title_de", "title_en", "short_de",
    "short_en", "description_de", "description_en", "base_de", "base_en", "formula_de", "formula_en",
    "method_de", "method_en", "caveat_de", "caveat_en",
)  # fmt: skip


class Strict(BaseModel):
    """A part of the catalogue; a misspelt key is an error, not a silence."""

    model_config = FIXED


class Rule(Strict):
    """What all indicators of a rule have in common; the unit is null where it is the concept's."""

    unit_de: Text | None = None
    unit_en: Text | None = None
    decimals: int
    value_kind: Literal["share", "median", "count", "per_thousand"]
    breakdown: Literal["total", "answer", "item", "statistic", "price", "survey"]
    formula_de: Text
    formula_en: Text
    method_de: Text
    method_en: Text


class AskedOf(Strict):
    """Narrows the base to those who gave one of these answers to another concept."""

    concept: Code
    answers: Annotated[tuple[Code, ...], Field(min_length=1)]


class SurveyIndicator(Strict):
    """One entry of the catalogue."""

    indicator_id: Code
    rule: RuleName
    concept: Code | None = None
    level: Code | None = None
    answers: tuple[Code, ...] = ()
    populations: tuple[Population, ...] = ()
    asked_of: AskedOf | None = None
    prices: tuple[float, ...] = ()
    statements: tuple[Annotated[str, Field(pattern=r"^S\d\d$")], ...] = ()
    unit_de: Text | None = None
    unit_en: Text | None = None
    decimals: int | None = None
    title_de: Text
    title_en: Text
    short_de: Text
    short_en: Text
    description_de: Text
    description_en: Text
    base_de: Text
    base_en: Text
    caveat_de: str = ""
    caveat_en: str = ""

    @model_validator(mode="after")
    def _fits_its_concept(self) -> "SurveyIndicator":
        if (self.concept is None) == (self.rule in SCALES):
            raise ValueError(f"{self.indicator_id}: rule '{self.rule}' and concept do not go together")
        if bool(self.answers) != (self.rule in NEEDS_ANSWERS):
            raise ValueError(f"{self.indicator_id}: answers are for the rules share and top2, and needed there")
        if bool(self.prices) != (self.rule == "demand"):
            raise ValueError(f"{self.indicator_id}: prices are for the rule demand, and needed there")
        if self.concept is not None:
            _check_codes(self, self.concept)
        if self.asked_of is not None:
            known = _concept(self, self.asked_of.concept)
            if unknown := set(self.asked_of.answers) - {answer.code for answer in known.answers}:
                raise ValueError(f"{self.indicator_id}: asked_of names unknown answers {sorted(unknown)}")
        return self


class Catalogue(Strict):
    """The whole file."""

    caveat_de: Text
    caveat_en: Text
    rules: dict[RuleName, Rule]
    indicators: Annotated[tuple[SurveyIndicator, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _complete(self) -> "Catalogue":
        ids = [indicator.indicator_id for indicator in self.indicators]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"indicators defined twice: {', '.join(twice)}")
        for one in self.indicators:
            if one.rule not in self.rules:
                raise ValueError(f"{one.indicator_id}: there is no rule '{one.rule}' under rules")
            if one.unit_de is None and self.rules[one.rule].unit_de is None:
                raise ValueError(f"{one.indicator_id}: rule '{one.rule}' leaves the unit to the indicator")
        return self


def load(path: Path = PATH) -> Catalogue:
    """Read and validate the catalogue; ValueError names file, indicator and fault."""
    try:
        return Catalogue.model_validate(own_yaml.read(path))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None


@cache
def catalogue() -> Catalogue:
    """The project's own catalogue, read once."""
    return load()


def frame(whole: Catalogue) -> pl.DataFrame:
    """The landing table `survey_indicators`: `COLUMNS`, all text, an absent value null."""
    rows = [_row(whole, indicator, position) for position, indicator in enumerate(whole.indicators, 1)]
    return pl.DataFrame(
        [[None if row[column] is None else str(row[column]) for column in COLUMNS] for row in rows],
        schema=dict.fromkeys(COLUMNS, pl.String),
        orient="row",
    )


def _row(whole: Catalogue, one: SurveyIndicator, position: int) -> dict[str, object]:
    rule = whole.rules[one.rule]
    concept = concepts.concepts()[one.concept] if one.concept else None
    theme = next((t.theme for t in concepts.themes() if concept in t.concepts), "survey_quality")
    row: dict[str, object] = {name: getattr(one, name, None) for name in COLUMNS}
    row |= {name: getattr(rule, name) for name in ("value_kind", "breakdown", "formula_de", "formula_en")}
    row |= {name: getattr(rule, name) for name in ("method_de", "method_en")}
    row |= {name: _list(getattr(one, name)) for name in ("answers", "populations", "statements")}
    return row | {
        "theme": THEME,
        "position": position,
        "concept_theme": theme,
        "concept_id": one.concept,
        "asked_of_concept": one.asked_of.concept if one.asked_of else None,
        "asked_of_answers": _list(one.asked_of.answers) if one.asked_of else None,
        "prices": _list(f"{price:g}" for price in one.prices),
        "sensitivity": concept.sensitivity if concept else "normal",
        "unit_de": one.unit_de or rule.unit_de,
        "unit_en": one.unit_en or rule.unit_en,
        "decimals": rule.decimals if one.decimals is None else one.decimals,
        "caveat_de": f"{one.caveat_de} {whole.caveat_de}".strip(),
        "caveat_en": f"{one.caveat_en} {whole.caveat_en}".strip(),
    }


def _list(values: Iterable[str]) -> str | None:
    return ",".join(values) or None


def _concept(one: SurveyIndicator, name: str) -> concepts.Concept:
    found = concepts.concepts().get(name)
    if found is None:
        raise ValueError(f"{one.indicator_id}: there is no concept '{name}'")
    return found


def _check_codes(one: SurveyIndicator, name: str) -> None:
    concept = _concept(one, name)
    if concept.scale not in SCALES[one.rule]:
        raise ValueError(f"{one.indicator_id}: rule '{one.rule}' does not work on a {concept.scale} concept")
    known = {answer.code for answer in concept.answers}
    if one.level is not None:
        level = next((level for level in concept.levels if level.level == one.level), None)
        if level is None or not level.is_reachable:
            raise ValueError(f"{one.indicator_id}: concept '{name}' cannot be recoded to level '{one.level}'")
        known = {answer.code for answer in level.answers}
    if unknown := set(one.answers) - known:
        raise ValueError(f"{one.indicator_id}: concept '{name}' has no answers {sorted(unknown)}")
