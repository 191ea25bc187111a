"""A chart as SVG that stands within a page: one drawing, its colours those of the reader's light."""

import re
from collections.abc import Mapping

import altair as alt
import vl_convert

from dashboard.charts.drawn import AnyChart
from dashboard.charts.sheet import DRAWING

WIDTH = 960  # px of a drawing as wide as the page
# Vega's own names of what it draws, other ones in each drawing.
_CLASS = re.compile(r' class="[^"]*"')
_ID = re.compile(r'(?<= id=")|(?<=url\(#)|(?<=href="#)')
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|rgba?\([^)]*\)")
# Under these names a page says which colours a drawing has in each light.
_NAME = "--{light}-{dark}"


def inline(light: AnyChart, dark: AnyChart, key: str, width: int = WIDTH) -> tuple[str, Mapping[str, tuple[str, str]]]:
    """The same chart in both lights as one drawing; its colours by name, each with that in light and in dark.

    `key` tells its parts from those of other drawings on the page. Where the two differ in more than colours it is the
    light one, on its own paper.
    """
    drawn = [_drawn(chart, key, width) for chart in (light, dark)]
    colours = [_COLOUR.findall(svg) for svg in drawn]
    if _COLOUR.sub("", drawn[0]) != _COLOUR.sub("", drawn[1]):
        return drawn[0], {}
    pairs = iter(zip(*colours, strict=True))
    names: dict[str, tuple[str, str]] = {}

    def named(found: re.Match[str]) -> str:
        pair = next(pairs)
        if pair[0] == pair[1]:
            return found[0]
        name = _NAME.format(light=re.sub(r"\W", "", pair[0]), dark=re.sub(r"\W", "", pair[1]))
        names[name] = pair
        return f"var({name})"

    return _COLOUR.sub(named, drawn[0]), names


def _drawn(chart: AnyChart, key: str, width: int) -> str:
    spec = chart.copy(deep=False)
    if isinstance(spec, alt.LayerChart | alt.Chart):
        spec.width = width
    with DRAWING:
        svg = str(vl_convert.vegalite_to_svg(spec.to_dict()))
    svg = _ID.sub(f"{key}-", _CLASS.sub("", svg))
    # The page says how wide it stands.
    return re.sub(r'<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', r"<svg \1", svg, count=1)
