"""Shapes: how likely what is among a survey's respondents (`shapes.yml`)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from stadtlabor.base import own_yaml

PATH = Path(__file__).with_name("shapes.yml")
Weights = dict[str, float]


class Strict(BaseModel):
    """A part of the shapes; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(Strict):
    """A destination: how likely, how far (mean and spread in km), how fast (km/h door to door)."""

    weight: float
    km: float
    spread: float
    speed: float


class Shape(Strict):
    """One survey's respondents; the fields are explained in `shapes.yml`."""

    ages: Weights
    female: float = 0.55
    status: dict[str, Weights]
    sectors: Weights = {}
    employers: Weights = {}
    not_required: Weights
    remote: Weights = {}
    commutes: float = 0.5
    places: dict[str, Place] = {}
    modes: Weights = {}
    interest: Weights = {}
    steps: dict[str, Weights] = {}
    marks: dict[str, Weights] = {}
    choices: dict[str, Weights] = {}
    prices: dict[str, Weights] = {}


class _File(Strict):
    defaults: dict[str, object]
    shapes: dict[str, dict[str, object]] = Field(min_length=1)


@cache
def shapes() -> Mapping[str, Shape]:
    """Every shape by name, the defaults filled in."""
    file = _File.model_validate(own_yaml.read(PATH))
    return MappingProxyType(
        {name: Shape.model_validate({**file.defaults, **given}) for name, given in file.shapes.items()}
    )
