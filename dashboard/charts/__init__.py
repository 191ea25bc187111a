"""Charts: a frame, an indicator, a language and a theme in; a picture and its words out.

They know neither the database nor the page.
"""

from dashboard.charts.answers import answer_bars
from dashboard.charts.demand import demand_curve
from dashboard.charts.influences import influences
from dashboard.charts.likert import likert, scale_of
from dashboard.charts.places import describe_places, places
from dashboard.charts.portrait import Figure, describe_portrait, portrait, portrait_finding
from dashboard.charts.sentences import (
    band_words,
    describe,
    describe_series,
    finding,
    label,
    position,
    subtitle,
)
from dashboard.charts.series import marked, series_lines
from dashboard.charts.sheet import png, sheet, svg
from dashboard.charts.survey_dots import survey_dots
from dashboard.charts.town_dots import town_dots

__all__ = [
    "Figure",
    "answer_bars",
    "band_words",
    "demand_curve",
    "describe",
    "describe_places",
    "describe_portrait",
    "describe_series",
    "finding",
    "influences",
    "label",
    "likert",
    "marked",
    "places",
    "png",
    "portrait",
    "portrait_finding",
    "position",
    "scale_of",
    "series_lines",
    "sheet",
    "subtitle",
    "survey_dots",
    "svg",
    "town_dots",
]
