"""Charts: a frame, an indicator, a language and a theme in; a picture and its words out.

They know neither the database nor the page.
"""

from dashboard.charts.bars import Bar, bars
from dashboard.charts.drawn import AnyChart, Drawn, trust
from dashboard.charts.events.event_rows import describe_rows, durations, event_rows
from dashboard.charts.events.event_strip import event_strip, town_signs
from dashboard.charts.events.event_timeline import event_timeline, kind_of
from dashboard.charts.events.phases import has_days, phases
from dashboard.charts.inline import NARROW, WIDTH, inline
from dashboard.charts.sheet import png, sheet, svg
from dashboard.charts.spaces.influences import influences
from dashboard.charts.spaces.planner_chart import planner
from dashboard.charts.spaces.space_profile import space_profile
from dashboard.charts.spaces.space_rows import space_dots, space_effects
from dashboard.charts.spaces.space_weeks import space_weeks
from dashboard.charts.spaces.space_year import space_year
from dashboard.charts.spaces.year_cells import Year
from dashboard.charts.structure.places_map import describe_places, places
from dashboard.charts.structure.portrait_chart import Figure, describe_portrait, portrait, portrait_finding
from dashboard.charts.structure.series import marked, series_lines
from dashboard.charts.structure.town_dots import town_dots
from dashboard.charts.structure.value_dots import value_dots
from dashboard.charts.surveys.answers import answer_bars
from dashboard.charts.surveys.demand import demand_curve
from dashboard.charts.surveys.likert import likert, scale_of
from dashboard.charts.surveys.survey_dots import survey_dots
from dashboard.words.phase_words import describe_phases, period_words
from dashboard.words.sentences import (
    band_words,
    describe,
    describe_series,
    finding,
    label,
    position,
    position_of,
    subtitle,
)

__all__ = [
    "NARROW",
    "WIDTH",
    "AnyChart",
    "Bar",
    "Drawn",
    "Figure",
    "Year",
    "answer_bars",
    "band_words",
    "bars",
    "demand_curve",
    "describe",
    "describe_phases",
    "describe_places",
    "describe_portrait",
    "describe_rows",
    "describe_series",
    "durations",
    "event_rows",
    "event_strip",
    "event_timeline",
    "finding",
    "has_days",
    "influences",
    "inline",
    "kind_of",
    "label",
    "likert",
    "marked",
    "period_words",
    "phases",
    "places",
    "planner",
    "png",
    "portrait",
    "portrait_finding",
    "position",
    "position_of",
    "scale_of",
    "series_lines",
    "sheet",
    "space_dots",
    "space_effects",
    "space_profile",
    "space_weeks",
    "space_year",
    "subtitle",
    "survey_dots",
    "svg",
    "town_dots",
    "town_signs",
    "trust",
    "value_dots",
]
