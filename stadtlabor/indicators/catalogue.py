"""The indicators outside the surveys: a YAML file per theme, whose entries are validated and handed to dbt.

An entry is laid over the defaults of its theme, and these over what `rules.yml` says of its rule. Rules and texts
are explained there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, PositiveInt, ValidationError

from stadtlabor.base import own_yaml
from stadtlabor.base.strict import FIXED

FOLDER = Path(__file__).parent

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Codes = Annotated[tuple[Code, ...], Field(min_length=1)]
Text = Annotated[str, Field(min_length=1)]


class Passport(BaseModel):
    """What an entry says of its indicator to a reader; a misspelt key is an error, not a silence."""

    model_config = FIXED

    indicator_id: Code
    title_de: Text
    title_en: Text
    short_de: Text
    short_en: Text
    description_de: Text
    description_en: Text
    unit_de: Text
    unit_en: Text
    decimals: Annotated[int, Field(ge=0)]
    value_kind: Literal["share", "amount", "per_thousand", "balance", "count", "median", "index"]
    formula_de: Text
    formula_en: Text
    method_de: Text
    method_en: Text
    caveat_de: Text
    caveat_en: Text
    base_de: Text
    base_en: Text
    source_de: Text
    source_en: Text
    licence: Text
    sensitivity: Literal["public", "protected"]
    quality_grade: Literal["official", "estimate", "recorded"]


class RatioOfFigures(Passport):
    """factor × (numerator − minus) / denominator, each a sum of official figures; else the office's own ratio."""

    rule: Literal["ratio_of_figures"]
    numerator: Codes
    minus: tuple[Code, ...] = ()
    denominator: Codes
    factor: PositiveInt = 1
    months_apart: PositiveInt | None = None
    only_common_periods: bool = False
    published: Code | None = None


class FigureAsPublished(Passport):
    """An official figure, or a difference of figures."""

    rule: Literal["figure_as_published"]
    figure: Code
    minus: tuple[Code, ...] = ()
    base: Code | None = None


class Measure(Passport):
    """A measure that a core model computes under the indicator's own name."""

    rule: Literal["measure_of_spaces", "measure_of_events"]


class OwnSql(Passport):
    """An indicator with a dbt model of its own."""

    rule: Literal["sql"]
    model: Code
    figures: tuple[Code, ...] = ()


Entry = RatioOfFigures | FigureAsPublished | Measure | OwnSql


class Laid(BaseModel):
    """An entry over what its rule and theme say; its rule decides which parts it has."""

    entry: Annotated[Entry, Field(discriminator="rule")]


class Theme(BaseModel):
    """A file: the dbt model that computes its indicators, and what most of them have in common."""

    model_config = FIXED

    model: Literal["indicators__official", "indicators__recorded"]
    defaults: dict[str, Any] = {}
    indicators: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]


@dataclass(frozen=True)
class Indicator:
    """An entry in its place: `model` computes the theme, `position` is its order within it."""

    theme: str
    model: str
    position: int
    entry: Entry

    def for_dbt(self) -> dict[str, Any]:
        """Rule, parts, kind of value, `theme_model`, and the `passport` as a row of `release.indicator_catalogue`."""
        passport = self.entry.model_dump(include=set(Passport.model_fields)) | {
            "theme": self.theme,
            "position": self.position,
            "figures": ", ".join(figures_of(self.entry)),
            "dbt_model": getattr(self.entry, "model", self.model),
        }
        parts = self.entry.model_dump(mode="json", exclude=set(Passport.model_fields) - {"indicator_id"})
        return {**parts, "value_kind": self.entry.value_kind, "theme_model": self.model, "passport": passport}


def figures_of(entry: Entry) -> list[str]:
    """The official figures an indicator is made of, each once; none for what the towns record themselves."""
    parts = [
        getattr(entry, part, ())
        for part in ("figures", "figure", "numerator", "minus", "denominator", "base", "published")
    ]
    named = [name for part in parts if part for name in ((part,) if isinstance(part, str) else part)]
    return list(dict.fromkeys(named))


def load(folder: Path | None = None) -> list[Indicator]:
    """All indicators in the order of themes and entries; ValueError names file, indicator and fault."""
    folder = folder or FOLDER
    rules = _read(folder / "rules.yml")
    found = [one for path in sorted((folder / "themes").glob("*.yml")) for one in _theme(path, rules)]
    themes: dict[str, str] = {}
    for one in found:
        name = one.entry.indicator_id
        if name in themes:
            raise ValueError(f"{one.theme}.yml: {name} is defined already, in {themes[name]}.yml")
        themes[name] = one.theme
    return found


def _read(path: Path) -> Any:
    return own_yaml.read(path)


def _theme(path: Path, rules: Mapping[str, Mapping[str, Any]]) -> list[Indicator]:
    try:
        theme = Theme.model_validate(_read(path))
    except ValidationError as error:
        raise ValueError(f"{path.name}: {_faults(error)}") from None
    return [
        Indicator(path.stem, theme.model, 10 * place, _entry(path.name, theme, given, rules))
        for place, given in enumerate(theme.indicators, 1)
    ]


def _entry(file: str, theme: Theme, given: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]]) -> Entry:
    laid = {**theme.defaults, **given}
    try:
        return Laid.model_validate({"entry": {**rules.get(str(laid.get("rule")), {}), **laid}}).entry
    except ValidationError as error:
        name = given.get("indicator_id", "an entry without indicator_id")
        raise ValueError(f"{file}: {name}: {_faults(error)}") from None


def _faults(error: ValidationError) -> str:
    """Every fault with the field it lies in."""
    return "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors())
