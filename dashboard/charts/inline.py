"""A chart as SVG that stands within a page: one drawing, its colours those of the reader's light."""

import json
import re
from collections.abc import Mapping

import altair as alt
import vl_convert

from dashboard.charts.drawn import AnyChart, Spec
from dashboard.charts.sheet import DRAWING

WIDTH = 960  # px of a drawing as wide as the page
NARROW = 358  # px of one for a telephone: 390 less the page's margins
# As Vega is told to fit its drawing into the live page: labels and margins are part of the width.
_FITTED = alt.AutoSizeParams(type="fit-x", contains="padding")
# Vega's own names of what it draws, other ones in each drawing.
_CLASS = re.compile(r' class="[^"]*"')
_ID = re.compile(r'(?<= id=")|(?<=url\(#)|(?<=href="#)')
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|rgba?\([^)]*\)")
# Under these names a page says which colours a drawing has in each light.
_NAME = "--{light}-{dark}"
# The colour of a mark that is given none.
_VEGAS_OWN = "#4c78a8"
_HASHED = re.compile(r"data-[0-9a-f]{32}|view_[0-9a-f]{16}")


def inline(light: AnyChart, dark: AnyChart, key: str, width: int = WIDTH) -> tuple[str, Mapping[str, tuple[str, str]]]:
    """The same chart in both lights as one drawing; its colours by name, each with that in light and in dark.

    `key` tells its parts from those of other drawings on the page. Where the two differ in more than colours it is the
    light one, on its own paper.
    """
    specs = [_spec(chart, width) for chart in (light, dark)]
    svg = _drawn(specs[0], key)
    found = _COLOUR.findall(svg)
    pairs = _pairs(*specs)
    if pairs is None or not pairs.keys() >= set(found):
        # What is computed while drawing, such as a shade between two, is known from a second drawing alone.
        other = _drawn(specs[1], key)
        if _COLOUR.sub("", svg) != _COLOUR.sub("", other):
            return svg, {}
        of_dark = _COLOUR.findall(other)
    else:
        of_dark = [pairs[one] for one in found]
    lights = iter(zip(found, of_dark, strict=True))
    names: dict[str, tuple[str, str]] = {}

    def named(colour: re.Match[str]) -> str:
        pair = next(lights)
        if pair[0] == pair[1]:
            return colour[0]
        name = _NAME.format(light=re.sub(r"\W", "", pair[0]), dark=re.sub(r"\W", "", pair[1]))
        names[name] = pair
        return f"var({name})"

    return _COLOUR.sub(named, svg), names


def _spec(chart: AnyChart, width: int) -> Spec:
    spec = chart.copy(deep=False)
    if isinstance(spec, alt.LayerChart | alt.Chart):
        spec.width, spec.autosize = width, _FITTED
    return spec.to_dict(validate=False)


def _pairs(light: Spec, dark: Spec) -> Mapping[str, str] | None:
    """The dark colour of each light one; nothing where the two differ otherwise, or a colour has two."""
    # Datasets and views are named by what they hold.
    texts = [_HASHED.sub("", json.dumps(one, ensure_ascii=False)) for one in (light, dark)]
    if _COLOUR.sub("", texts[0]) != _COLOUR.sub("", texts[1]):
        return None
    pairs = {_VEGAS_OWN: _VEGAS_OWN}
    for one, other in zip(*map(_COLOUR.findall, texts), strict=True):
        if pairs.setdefault(one, other) != other:
            return None
    return pairs


def _drawn(spec: Spec, key: str) -> str:
    with DRAWING:
        svg = str(vl_convert.vegalite_to_svg(spec))
    svg = _ID.sub(f"{key}-", _CLASS.sub("", svg))
    # The page says how wide it stands.
    return re.sub(r'<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', r"<svg \1", svg, count=1)
