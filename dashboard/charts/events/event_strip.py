"""What kinds of events drew how many: a row for each format, theme, group or venue, in it a sign for each event."""

from collections import Counter
from typing import Any

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.events.event_timeline import kind_of
from dashboard.charts.rows import LAID_BACK, track_scale
from dashboard.charts.scales import at
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, hatch, ink, layered
from dashboard.words.event_words import dates_words, event_line
from dashboard.words.numbers import INTERNAL

STEP = 62  # px a row
NAMES, VALUES = 212, 104
SHIFT = f"{NARROW} ? 12 : 0"
WORDS_SHIFT = f"{NARROW} ? -16 : 0"
BINS = 70  # signs in the same seventieth of the scale stand above each other
PILE = (0, -11, 11, -22, 22)  # px; more than five in one place lie upon each other
# Beneath its name, on a telephone, a pile has less height, and what lies in it is drawn thinner.
PILED = f"{NARROW} ? 0.6 : 1"


def event_strip(
    events: pl.DataFrame, towns: pl.DataFrame, group: str, language: str, theme: str, highlighted: str | None = None
) -> alt.LayerChart:
    """A row for each value of the column `group`, in the frame's order of first appearance.

    Only events with an attendance are drawn; a row counts all its events.
    """
    points, members = _points(events, towns, group, language, theme, highlighted), _members(events, group, language)
    order = members.get_column("member").to_list()
    scale = alt.Scale(paddingInner=0, paddingOuter=0)
    y = alt.Y("member:N", sort=order, axis=None, scale=scale)
    top = max((float(value) for value in points.get_column("high").drop_nulls()), default=1.0) * 1.06
    x = track_scale((0.0, max(top, 1.0)), "", names=NAMES, values=VALUES)
    base = alt.Chart(points).properties(width="container", height=alt.Step(STEP))
    base = base.encode(y=y, opacity=alt.Opacity("opacity:Q", scale=None))
    tips = [alt.Tooltip("title:N", title=" "), alt.Tooltip("said:N", title="  ")]
    colour = alt.Color("colour:N", scale=None)
    drawn: list[alt.Chart] = []
    for pile in PILE:
        here = base.transform_filter(f"datum.pile == {pile}")
        moved: dict[str, Any] = {"yOffset": alt.ExprRef(f"({SHIFT}) + {pile} * ({PILED})")}
        few = here.transform_filter("datum.kind == 'few'").encode(x=at(x, "low"), x2=alt.X2("high:Q"), tooltip=tips)
        drawn += [
            few.mark_rule(strokeWidth=alt.ExprRef(f"9 * ({PILED})"), strokeCap="round", **moved).encode(color=colour),
            few.mark_rule(
                strokeWidth=alt.ExprRef(f"5 * ({PILED})"), strokeCap="round", color=ink(theme).paper, **moved
            ),
            here.transform_filter("datum.kind == 'counted'")
            .mark_point(
                filled=True, size=alt.ExprRef(f"110 * ({PILED})"), stroke=ink(theme).paper, strokeWidth=1.2, **moved
            )
            .encode(x=at(x, "high"), color=colour, shape=alt.Shape("shape:N", scale=None), tooltip=tips),
        ]
        if points.get_column("is_internal").any():
            over = here.transform_filter("datum.kind == 'counted' && datum.is_internal")
            size = alt.ExprRef(f"110 * ({PILED})")
            drawn.append(
                over.mark_point(filled=True, size=size, fill=hatch(theme), **moved).encode(
                    x=at(x, "high"), shape=alt.Shape("shape:N", scale=None)
                )
            )
    return dressed(layered(*_words(members, y, theme), *drawn), theme, language)


def town_signs(towns: pl.DataFrame) -> str:
    """Whose sign is which: "● Dießen, ■ Dippoldiswalde"; `towns` has name and slot."""
    return ", ".join(f"{palette.character(row['slot'])} {row['name']}" for row in towns.iter_rows(named=True))


def _points(
    events: pl.DataFrame, towns: pl.DataFrame, group: str, language: str, theme: str, highlighted: str | None
) -> pl.DataFrame:
    known = {town["town_id"]: town for town in towns.iter_rows(named=True)}
    top = max((int(value) for value in events.get_column("attended_high").drop_nulls()), default=1) or 1
    piled: Counter[tuple[str, int]] = Counter()
    rows = []
    for event in events.iter_rows(named=True):
        kind = kind_of(event)
        if kind not in ("few", "counted"):
            continue
        town, place = known[event["town_id"]], (event[group], round(event["attended_high"] / top * BINS))
        rows.append(
            {
                "member": event[group],
                "kind": kind,
                "low": float(event["attended_low"]),
                "high": float(event["attended_high"]),
                "is_internal": event.get("attended_sign") == INTERNAL,
                "pile": PILE[piled[place] % len(PILE)],
                "title": event["title"],
                "said": f"{town['name']} · {event_line(event, language)}",
                "colour": palette.colour(town["slot"], theme),
                "shape": palette.shape(town["slot"]),
                "opacity": 1.0 if highlighted in (None, event["town_id"]) else LAID_BACK,
            }
        )
        piled[place] += 1
    texts_of = ("member", "kind", "title", "said", "colour", "shape")
    numbers = ("low", "high", "pile", "opacity")
    schema: dict[str, Any] = dict.fromkeys(texts_of, pl.String) | dict.fromkeys(numbers, pl.Float64)
    return pl.DataFrame(rows, schema=schema | {"is_internal": pl.Boolean})


def _members(events: pl.DataFrame, group: str, language: str) -> pl.DataFrame:
    counted = events.group_by(group, maintain_order=True).agg(
        pl.len().alias("count"), pl.col("attended_low").is_not_null().any().alias("is_known")
    )
    say = texts.of(language)
    return counted.select(
        pl.col(group).alias("member"),
        pl.col("count").map_elements(lambda one: dates_words(one, language), return_dtype=pl.String).alias("label"),
        pl.when("is_known").then(pl.lit("")).otherwise(pl.lit(say.event_uncounted)).alias("aside"),
    )


def _words(members: pl.DataFrame, y: alt.Y, theme: str) -> list[alt.Chart]:
    colours = ink(theme)
    base = alt.Chart(members).properties(width="container", height=alt.Step(STEP)).encode(y=y)
    edge = alt.Y("member:N", sort=None, axis=None, bandPosition=1)
    shared: dict[str, Any] = {"baseline": "middle", "yOffset": alt.ExprRef(WORDS_SHIFT), "fontSize": LABEL}
    limit = alt.ExprRef(f"{NARROW} ? width - {VALUES} : {NAMES - 14}")
    return [
        base.mark_rule(color=colours.line, strokeWidth=1).encode(
            x=alt.XValue(0), x2=alt.X2Value(alt.ExprRef("width")), y=edge
        ),
        base.mark_text(align="left", color=colours.text, limit=limit, **shared).encode(
            x=alt.XValue(0), text=alt.Text("member:N")
        ),
        base.mark_text(align="right", color=colours.quiet, **shared).encode(
            x=alt.XValue(alt.ExprRef("width")), text=alt.Text("label:N")
        ),
        base.mark_text(
            align="left", baseline="middle", fontSize=NOTE, fontStyle="italic", color=colours.quiet,
            yOffset=alt.ExprRef(SHIFT),
        ).encode(x=alt.XValue(alt.ExprRef(f"{NARROW} ? 0 : {NAMES}")), text=alt.Text("aside:N")),
    ]  # fmt: skip
