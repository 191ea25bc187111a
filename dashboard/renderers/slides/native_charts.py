"""A picture as a chart of PowerPoint's own, with its numbers in the sheet behind it.

Rows with a dot on a band become a scatter, answers to several points stacked bars, a value over time lines, any other
table bars. A value that is missing or hidden has no point.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from dashboard.charts import palette
from dashboard.charts.theme import ink
from dashboard.parts.picture import Picture

# Of a band, from the widest: its ends' names in a row's data, the line's width in points, and its colour.
BANDS = (("p10", "p90", 16, ink("light").band_middle), ("p25", "p75", 16, ink("light").median))
SEEN_THROUGH = 45  # per cent of a band's colour
BAND_NAME = "{low}–{high}: {name}"
# The signs of PowerPoint that come nearest to the towns' shapes, by place.
MARKERS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.PLUS,
    XL_MARKER_STYLE.STAR,
    XL_MARKER_STYLE.DASH,
    XL_MARKER_STYLE.X,
    XL_MARKER_STYLE.STAR,
    XL_MARKER_STYLE.DOT,
)
# The pictures of a question's answers, which stand on each other.
ANSWERS = "frage"
# More bars or points than these nobody reads on a slide.
MOST_BARS, MOST_POINTS = 40, 120


class NativeChart:
    """What of a picture a chart of PowerPoint's own shows; `add` puts it on a slide."""

    def __init__(self, picture: Picture, slots: Mapping[str, int]) -> None:
        self.picture, self.slots = picture, slots
        self.rows = _rows_of(picture)
        self.series = {} if self.rows or _has_rows(picture) else _series_of(picture.numbers, picture.kind == ANSWERS)

    @property
    def is_empty(self) -> bool:
        """Whether there is no number to show."""
        values = [row["value"] for row in self.rows] or [one for of in self.series.values() for one in of.values()]
        return all(one is None for one in values)

    def add(self, shapes: Any, place: tuple[Emu, Emu, Emu, Emu]) -> Any:
        """The chart as a graphic frame at a place (left, top, width, height)."""
        if self.rows:
            return self._scatter(shapes, place)
        return self._by_category(shapes, place)

    def _scatter(self, shapes: Any, place: tuple[Emu, Emu, Emu, Emu]) -> Any:
        data = XyChartData()
        drawn: list[Callable[[Any], None]] = []
        for low, high, width, colour in BANDS:
            for at, row in _from_below(self.rows):
                if row[low] is not None and row[high] is not None:
                    series = data.add_series(BAND_NAME.format(low=low, high=high, name=row["name"]))
                    series.add_data_point(row[low], at)
                    series.add_data_point(row[high], at)
                    drawn.append(partial(_line, colour=colour, width=width))
        for at, row in _from_below(self.rows):
            series = data.add_series(row["name"])
            if row["value"] is not None:
                series.add_data_point(row["value"], at)
            drawn.append(partial(self._dot, row=row))
        frame = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *place, data)
        for draw, series in zip(drawn, frame.chart.plots[0].series, strict=True):
            draw(series)
        _quiet(frame.chart, len(self.rows))
        return frame

    def _dot(self, series: Any, row: Mapping[str, Any]) -> None:
        series.format.line.fill.background()
        series.marker.style = self._marker(row["name"])
        series.marker.size = 12
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _rgb(row["colour"] or ink("light").accent)
        if row["value"] is not None:
            label = series.points[0].data_label
            label.position = XL_LABEL_POSITION.ABOVE
            label.text_frame.text = f"{row['name']}  {row['label']}"
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(12)

    def _marker(self, name: str) -> Any:
        slot = self.slots.get(name)
        return MARKERS[palette.place(slot) - 1] if slot else XL_MARKER_STYLE.CIRCLE

    def _by_category(self, shapes: Any, place: tuple[Emu, Emu, Emu, Emu]) -> Any:
        data = CategoryChartData()
        data.categories = categories = list(dict.fromkeys(one for of in self.series.values() for one in of))
        for name, values in self.series.items():
            data.add_series(name, [values.get(one) for one in categories])
        frame = shapes.add_chart(_kind(self.picture, self.series), *place, data)
        chart = frame.chart
        chart.has_legend = len(self.series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
            chart.legend.font.size = Pt(12)
        chart.category_axis.tick_labels.font.size = chart.value_axis.tick_labels.font.size = Pt(12)
        chart.value_axis.major_gridlines.format.line.color.rgb = _rgb(ink("light").line)
        for series in chart.plots[0].series:
            self._coloured(series)
        return frame

    def _coloured(self, series: Any) -> None:
        if series.name in self.slots:
            colour = _rgb(palette.colour(self.slots[series.name], "light"))
            series.format.line.color.rgb = colour
            if hasattr(series, "marker"):
                series.marker.style = self._marker(series.name)
                series.marker.format.fill.solid()
                series.marker.format.fill.fore_color.rgb = colour


def _drawn_rows(picture: Picture) -> pl.DataFrame | None:
    """The rows of a standard picture as they are drawn; nothing for another kind of picture."""
    layers = getattr(picture.chart, "layer", [])
    frames = [one.data for one in (picture.chart, *layers) if isinstance(getattr(one, "data", None), pl.DataFrame)]
    return next((one for one in frames if {"name", "label", "value", "p10", "colour"} <= set(one.columns)), None)


def _rows_of(picture: Picture) -> list[dict[str, Any]]:
    """The rows of a standard picture whose values are those of its numbers, not places on a scale of their own."""
    frame = _drawn_rows(picture)
    if frame is None:
        return []
    known = {one for column in picture.numbers.iter_columns() if column.dtype.is_numeric() for one in column}
    return frame.to_dicts() if set(frame["value"]) <= known | {None} else []


def _has_rows(picture: Picture) -> bool:
    return _drawn_rows(picture) is not None


def _from_below(rows: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows with their heights, the first on top."""
    return ((len(rows) - place, row) for place, row in enumerate(rows))


def _series_of(numbers: pl.DataFrame, are_answers: bool) -> dict[str, dict[str, float | None]]:
    """The main numbers of a table: by series and category.

    The first column names the series where it repeats; of answers to several points the second does.
    """
    texts = [one for one in numbers.iter_columns() if one.dtype == pl.String and one.null_count() < numbers.height]
    values = next((one for one in _by_weight(numbers)), None)
    if not texts or values is None or numbers.height > MOST_POINTS:
        return {}
    repeats = _repeats(texts)
    if not repeats and numbers.height > MOST_BARS:
        return {}
    series = texts[0].to_list() if repeats else [values.name] * numbers.height
    categories = texts[1].to_list() if repeats else _told_apart(texts)
    found: dict[str, dict[str, float | None]] = {}
    if repeats and are_answers:
        series, categories = categories, series
    for name, category, value in zip(series, categories, values, strict=True):
        found.setdefault(str(name), {})[str(category)] = None if value is None else float(value)
    return found


def _repeats(texts: list[pl.Series]) -> bool:
    """Whether the first column says the same several times, and the second tells those rows apart."""
    if len(texts) < 2 or texts[0].n_unique() > len(texts[0]) / 2:
        return False
    return len(set(zip(texts[0], texts[1], strict=True))) == len(texts[0])


def _told_apart(texts: list[pl.Series]) -> list[str]:
    """A name for each row: the first column's words, with further ones, then a number, where those are the same."""
    names = texts[0].cast(pl.String).fill_null("").to_list()
    for further in texts[1:]:
        if len(set(names)) < len(names):
            names = [f"{name} · {more}" if more else name for name, more in zip(names, further, strict=True)]
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        names[place] = f"{name} ({seen[name]})" if seen[name] > 1 else name
    return names


def _by_weight(numbers: pl.DataFrame) -> Iterable[pl.Series]:
    """The numeric columns, shares before counts."""
    columns = [one for one in numbers.iter_columns() if one.dtype.is_numeric() and one.null_count() < numbers.height]
    return sorted(columns, key=lambda one: "%" not in one.name)


def _kind(picture: Picture, series: Mapping[str, Mapping[str, Any]]) -> Any:
    if picture.kind == ANSWERS and len(series) > 1:
        return XL_CHART_TYPE.BAR_STACKED
    is_over_time = all(one[:4].isdecimal() for of in series.values() for one in of)
    return XL_CHART_TYPE.LINE_MARKERS if is_over_time or len(series) > 1 else XL_CHART_TYPE.COLUMN_CLUSTERED


def _line(series: Any, colour: str, width: int) -> None:
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb = _rgb(colour)
    series.format.line.width = Pt(width)
    series.smooth = False
    # Seen through: programs differ in which of two series they draw on top.
    for fill in series.format.line._get_or_add_ln().iter(qn("a:srgbClr")):
        alpha = OxmlElement("a:alpha")
        alpha.set("val", str(1000 * SEEN_THROUGH))
        fill.append(alpha)


def _quiet(chart: Any, count: int) -> None:
    chart.has_legend = False
    heights = chart.value_axis
    heights.minimum_scale, heights.maximum_scale = 0.5, count + 0.8
    heights.has_major_gridlines = False
    heights.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    heights.format.line.fill.background()
    chart.category_axis.tick_labels.font.size = Pt(12)
    chart.category_axis.has_major_gridlines = False


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())
