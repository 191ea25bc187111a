"""An indicator's values on the map: the Länder in outline, a dot for each small town in a shade of its class."""

from collections.abc import Sequence

import altair as alt
import polars as pl

from dashboard.charts.structure.places_map import land_in_outline, names_beside, signs_of
from dashboard.charts.theme import LABEL, NARROW, dressed, ink, layered

HEIGHT = 620
# From the lowest class to the highest: one hue from faint to strong, since more is neither better nor worse.
SHADES = {
    "light": ("#b3c6cc", "#8fadb6", "#68909c", "#42727f", "#1c4d5a"),
    "dark": ("#435960", "#5b7a83", "#799ea8", "#9dc3cd", "#cbe8ee"),
}
DOT = 16  # px²


def value_dots(
    dots: pl.DataFrame, classes: Sequence[str], towns: pl.DataFrame, language: str, theme: str
) -> alt.LayerChart:
    """`dots` (longitude, latitude, `of_class`, one of `classes` from low to high) beneath the named `towns`."""
    base = alt.Chart(dots).encode(longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"))
    colour = alt.Color(
        "of_class:N",
        scale=alt.Scale(domain=list(classes), range=list(_shades(len(classes), theme))),
        legend=alt.Legend(
            title=None, orient="top", direction="horizontal", symbolSize=110, symbolOpacity=1, labelFontSize=LABEL,
            labelColor=ink(theme).text, columns=alt.ExprRef(f"{NARROW} ? 2 : 5"), labelLimit=400,
        ),
    )  # fmt: skip
    shown = base.mark_point(filled=True, size=DOT, opacity=0.9, shape="circle").encode(color=colour)
    marks, frame = signs_of(towns, theme, None)
    named = [layer for side in ("left", "right") for layer in names_beside(frame, side, theme)]
    return dressed(layered(land_in_outline(theme, HEIGHT), shown, marks, *named), theme, language)


def _shades(count: int, theme: str) -> Sequence[str]:
    shades = SHADES[theme]
    return [shades[round(place * (len(shades) - 1) / max(count - 1, 1))] for place in range(count)]
