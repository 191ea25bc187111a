"""What a price would do: for each price the share of those who named one that would find it acceptable."""

from itertools import pairwise

import altair as alt
import polars as pl

from dashboard import texts
from dashboard.charts import palette
from dashboard.charts.scales import at
from dashboard.charts.theme import LABEL, NARROW, NOTE, dressed, ink, layered
from dashboard.words.numbers import NARROW_SPACE, Numbers
from dashboard.words.survey_words import called

HEIGHT = 320
END = f"{NARROW} ? 48 : 150"  # px at the right for the last figure and a curve's name


def demand_curve(points: pl.DataFrame, unit: str, language: str, theme: str) -> alt.LayerChart:
    """A curve for each survey (`survey_queries.demand`) with its uncertainty as a band.

    A price whose share is hidden breaks the curve and is an open circle on the ground.
    """
    frame = _frame(points, unit, language, theme)
    base = alt.Chart(frame, width="container", height=HEIGHT)
    euros = NARROW_SPACE + "€" if language == "de" else ""
    before = "" if language == "de" else "€"
    x = alt.X(
        "price:Q",
        axis=alt.Axis(
            title=None,
            values=sorted(set(points.get_column("price").to_list())),
            labelExpr=f"'{before}' + format(datum.value, ',~f') + '{euros}'",
            grid=False,
            labelOverlap="greedy",
            labelSeparation=8,
        ),
        scale=alt.Scale(zero=False, nice=False, rangeMin=16, rangeMax=alt.ExprRef(f"width - ({END})")),
    )
    sign = NARROW_SPACE + "%" if language == "de" else "%"
    y = alt.Y(
        "share:Q",
        axis=alt.Axis(title=None, tickCount=5, labelExpr=f"datum.value + '{sign}'", gridDash=[2, 3]),
        scale=alt.Scale(domain=[0, 100], nice=False),
    )
    colour = alt.Color("colour:N", scale=None)
    known = base.transform_filter("isValid(datum.share)")
    band = base.mark_area(opacity=0.16).encode(
        x=x, y=at(y, "low"), y2=alt.Y2("high:Q"), color=colour, detail=alt.Detail("stretch:N")
    )
    line = base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, detail=alt.Detail("stretch:N"))
    dots = known.mark_point(filled=True, size=130, stroke=ink(theme).paper, strokeWidth=1.2, opacity=1).encode(
        x=x,
        y=y,
        color=colour,
        shape=alt.Shape("shape:N", scale=None),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("said:N", title="  ")],
    )
    hidden = (
        base.transform_filter("!isValid(datum.share)")
        .mark_point(size=70, filled=False, strokeWidth=1.5, strokeDash=[2, 2], color=ink(theme).quiet)
        .encode(x=x, y=alt.YValue(alt.ExprRef("height")))
    )
    return dressed(layered(band, line, dots, hidden, *_labels(known, x, y, theme)), theme, language)


def _frame(points: pl.DataFrame, unit: str, language: str, theme: str) -> pl.DataFrame:
    numbers, say, names = Numbers(language), texts.of(language), called(points, language)
    rows, stretch, was_hidden = [], 0, False
    for row in points.iter_rows(named=True):
        stretch += was_hidden or row["share"] is None
        was_hidden = row["share"] is None
        share = "" if was_hidden else numbers.quantity(row["share"], "%")
        price = numbers.measured(row["price"], unit, 0 if float(row["price"]).is_integer() else 2)
        rows.append(
            {
                "name": names[row["survey_id"]][0],
                "price": row["price"],
                "share": row["share"],
                "low": row["interval_low"],
                "high": row["interval_high"],
                "label": numbers.signed_text(share, row["sign"]) if share else share,
                "said": say.demand_point.format(price=price, share=share or say.hidden),
                "stretch": f"{row['survey_id']}/{stretch}",
                "survey_id": row["survey_id"],
                "end": "",
                "colour": palette.colour(row["slot"], theme),
                "shape": palette.shape(row["slot"]),
            }
        )
    for row, following in pairwise(rows):
        # On a level stretch the figure stands once, at its end.
        if row["label"] == following["label"] and row["stretch"] == following["stretch"]:
            row["label"] = ""
    if len(names) > 1:
        last = {row["survey_id"]: row for row in rows if row["share"] is not None}
        for row in last.values():
            row["end"] = row["name"]
    return pl.DataFrame(rows)


def _labels(known: alt.Chart, x: alt.X, y: alt.Y, theme: str) -> list[alt.Chart]:
    return [
        known.mark_text(align="left", baseline="bottom", dx=8, dy=-6, fontSize=NOTE, color=ink(theme).text).encode(
            x=x, y=y, text=alt.Text("label:N")
        ),
        known.mark_text(align="left", baseline="top", dx=8, dy=6, fontSize=LABEL, color=ink(theme).text).encode(
            x=x, y=y, text=alt.Text("end:N")
        ),
    ]
