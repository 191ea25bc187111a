"""Where the towns lie and how large they are: the Länder in outline, a sign and a name for each town."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.rows import LAID_BACK
from dashboard.charts.theme import LABEL, dressed, ink, layered
from dashboard.words.numbers import Numbers

OUTLINES = Path(__file__).parents[2] / "assets" / "bundeslaender.geojson"

# px² of a sign per inhabitant, and the smallest sign: areas compare, but the smallest town stays visible.
AREA_PER_INHABITANT = 0.022
SMALLEST = 110

# East of this meridian the name stands left of the sign, so that it never leaves the map.
NAMES_LEFT_FROM = 11.0


def places(
    towns: pl.DataFrame, language: str, theme: str, height: int = 470, highlighted: str | None = None
) -> alt.LayerChart:
    """The towns on the map (`Release.towns`); with `highlighted`, that town alone has its name."""
    signs, base = signs_of(towns, theme, highlighted)
    names = [layer for side in ("left", "right") for layer in names_beside(base, side, theme)]
    return dressed(layered(land_in_outline(theme, height), signs, *names), theme, language)


def land_in_outline(theme: str, height: int) -> alt.Chart:
    """The Länder, `height` px high."""
    colours = ink(theme)
    return (
        alt.Chart(alt.InlineData(values=_outlines(), format=alt.DataFormat(type="json")))
        .mark_geoshape(fill=colours.land, stroke=colours.paper, strokeWidth=1.2)
        .project(type="mercator")
        .properties(width="container", height=height)
    )


def signs_of(towns: pl.DataFrame, theme: str, highlighted: str | None) -> tuple[alt.Chart, alt.Chart]:
    """The towns' signs, and the chart their names are made of (`names_beside`)."""
    base = alt.Chart(_signs(towns, theme, highlighted)).encode(
        longitude=alt.Longitude("longitude:Q"),
        latitude=alt.Latitude("latitude:Q"),
        opacity=alt.Opacity("opacity:Q", scale=None),
    )
    signs = base.mark_point(filled=True, strokeWidth=alt.ExprRef("datum.edge_width"), opacity=1).encode(
        color=alt.Color("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
        size=alt.Size("size:Q", scale=None),
    )
    return signs, base


def _signs(towns: pl.DataFrame, theme: str, highlighted: str | None) -> pl.DataFrame:
    rows = []
    for row in towns.iter_rows(named=True):
        is_highlighted = highlighted in (None, row["town_id"])
        rows.append(
            {
                "name": (row.get("name_in_chart") or row["name"]) if is_highlighted else "",
                "longitude": row["longitude"],
                "latitude": row["latitude"],
                **palette.inks(palette.colour(row["slot"], theme), row["slot"] == palette.ADDED, ink(theme).paper),
                "shape": palette.shape(row["slot"]),
                "size": max(SMALLEST, (row["population"] or 0) * AREA_PER_INHABITANT),
                "opacity": 1.0 if is_highlighted else LAID_BACK,
                "side": "left" if (row["longitude"] or 0) > NAMES_LEFT_FROM else "right",
            }
        )
    return pl.DataFrame(rows)


def names_beside(base: alt.Chart, side: str, theme: str) -> tuple[alt.Chart, alt.Chart]:
    """The names on one side of their signs: first a seam in the land's colour, then the words."""
    colours = ink(theme)
    mine = base.transform_filter(alt.datum.side == side)
    shared: dict[str, Any] = {
        "align": "right" if side == "left" else "left",
        "baseline": "middle",
        "dx": -15 if side == "left" else 15,
        "fontSize": LABEL,
        "fontWeight": 600,
    }
    seam = mine.mark_text(stroke=colours.land, strokeWidth=4, strokeJoin="round", **shared)
    words = mine.mark_text(color=colours.text, **shared)
    return seam.encode(text=alt.Text("name:N")), words.encode(text=alt.Text("name:N"))


@lru_cache
def _outlines() -> list[Any]:
    features: list[Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    return features


def describe_places(towns: pl.DataFrame, language: str) -> str:
    """The text alternative of the map: each town with its Land and its size."""
    say, numbers = texts.of(language), Numbers(language)
    seen = [
        say.alt_map_town.format(
            town=row["name"], land=row[f"land_{language}"], population=numbers.decimal(row["population"] or 0)
        )
        for row in towns.iter_rows(named=True)
    ]
    return say.alt_map.format(rows="; ".join(seen))
