"""What a town's home-office gap is computed from: published figures as ranges, and what the reader assumes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import polars as pl

from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.release.snapshot import Release
from dashboard.words import survey_words
from stadtlabor.statistics.homeoffice import AnswerClass, Assumptions, Range, Survey, mean_range

COULD_STAY = "presence_not_required_share"
OFFICIAL = "out_commuter_share"
# Each number's concept, and the largest value anybody may have stated: a working week, the longest way.
NUMBERS = {
    "possible_days": ("home_office_days_possible", 5.0),
    "current_days": ("home_office_days", 5.0),
    "one_way_minutes": ("commute_minutes", 240.0),
    "one_way_km": ("commute_km", 300.0),
}
STATISTICS = ("p25", "median", "p75", "p90")
PARTS_BELOW = {"p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}

# A slider for each quantity, in its unit (shares in per cent): its ends and its step.
BOUNDS: Mapping[str, tuple[float, float, float]] = {
    "could_stay": (0, 100, 1),
    "possible_days": (0.0, 5.0, 0.1),
    "current_days": (0.0, 5.0, 0.1),
    "one_way_minutes": (0, 240, 1),
    "one_way_km": (0, 300, 1),
    "working_weeks": (30, 52, 1),
    "carries_over": (0, 100, 1),
}
ADDRESSES = {
    "could_stay": "anteil",
    "possible_days": "moeglich",
    "current_days": "heute",
    "one_way_minutes": "minuten",
    "one_way_km": "kilometer",
    "working_weeks": "wochen",
    "carries_over": "uebertragbar",
}
SHARES = ("could_stay", "carries_over")

Span = tuple[float, float]


@dataclass(frozen=True)
class Inputs:
    """What a town's gap is computed from; `ranges` are by the names of BOUNDS and in their units."""

    survey_id: str
    town: str
    who: str  # the town, and who was asked where it asked twice
    slot: int
    out_commuters: int
    official_period: str
    official_source: str
    survey_title: str
    ranges: Mapping[str, Range]
    bases: Mapping[str, int]
    is_synthetic: bool


def candidates(visit: Visit) -> list[Inputs]:
    """The surveys for which everything is published, towns in their fixed order."""
    release = visit.release
    surveys = queries.surveys(release)
    names = survey_words.called(surveys, visit.language)
    found = []
    for survey in surveys.iter_rows(named=True):
        official = _official(release, survey["town_id"])
        ranges, bases = _published(release, survey["survey_id"])
        if official is None or set(ranges) != {one.name for one in fields(Survey)}:
            continue
        assumed = Assumptions()
        found.append(
            Inputs(
                survey_id=survey["survey_id"],
                town=survey["name"],
                who=names[survey["survey_id"]][0],
                slot=survey["slot"],
                out_commuters=int(official["numerator"]),
                official_period=official["period"],
                official_source=_official_source(visit),
                survey_title=survey["title"],
                ranges={
                    **ranges,
                    **{one.name: _in_unit(one.name, getattr(assumed, one.name)) for one in fields(assumed)},
                },
                bases=bases,
                is_synthetic=bool(survey["is_synthetic"]),
            )
        )
    return found


def _official_source(visit: Visit) -> str:
    # The delivery's own words for its tables are in one language; the catalogue's are in the reader's.
    indicator = visit.release.indicator(OFFICIAL, visit.language)
    return indicator.source if indicator else ""


def _official(release: Release, town_id: str) -> dict[str, Any] | None:
    rows = release.tables["indicator_values"].filter(
        (pl.col("indicator_id") == OFFICIAL)
        & (pl.col("town_id") == town_id)
        & (pl.col("breakdown") == "total")
        & (pl.col("numerator") > 0)
    )
    return rows.sort("period_end").row(-1, named=True) if rows.height else None


def _published(release: Release, survey_id: str) -> tuple[dict[str, Range], dict[str, int]]:
    ranges, bases = {}, {}
    shares = queries.values(release, COULD_STAY).filter(
        (pl.col("survey_id") == survey_id) & pl.col("value").is_not_null()
    )
    if shares.height:
        row = shares.row(0, named=True)
        ranges["could_stay"], bases["could_stay"] = (
            Range(row["interval_low"], row["value"], row["interval_high"]),
            row["base_n"],
        )
    for name, (concept, largest) in NUMBERS.items():
        for group in (("commutes", "yes"), None):
            rows = queries.numbers_of(release, survey_id, concept, group)
            mean = mean_of(rows, largest)
            if mean is not None:
                ranges[name], bases[name] = mean, queries.largest(rows, "base_n")
                break
    return ranges, bases


def mean_of(numbers: pl.DataFrame, largest: float) -> Range | None:
    """The mean that published quartiles allow: a quarter of the answers between each two of them.

    `numbers` has statistic, value and base_n (`survey_queries.numbers_of`). The 90 % point is used where it is
    published; nothing where a quartile is hidden.
    """
    known = {row["statistic"]: row["value"] for row in numbers.iter_rows(named=True) if row["value"] is not None}
    if not {"p25", "median", "p75"} <= set(known):
        return None
    base = queries.largest(numbers, "base_n")
    steps = [name for name in STATISTICS if name in known]
    limits = [0.0, *(float(known[name]) for name in steps), max(largest, *(float(one) for one in known.values()))]
    below = [0, *(round(base * PARTS_BELOW[name]) for name in steps), base]
    classes = [
        AnswerClass(low, high, after - before)
        for (low, high), (before, after) in zip(pairwise(limits), pairwise(below), strict=True)
    ]
    return mean_range(classes, base)


def _in_unit(name: str, given: Range) -> Range:
    return given.scaled(100) if name in SHARES else given


def first_span(name: str, given: Range) -> Span:
    """The two ends that a slider starts with: the range, rounded outwards to the slider's step."""
    low, high, step = BOUNDS[name]
    if step >= 1:
        return max(int(low), int(given.low)), min(int(high), -int(-given.high // 1))
    return max(low, int(given.low / step) * step), min(high, round(-(-given.high // step) * step, 1))


def name_of(inputs: Inputs, spans: Mapping[str, Span]) -> str:
    """The picture's name in an address: the survey, and each span that is not its first."""
    changed = [
        f"{name}={low:g}-{high:g}".replace(".", ",")
        for name, (low, high) in spans.items()
        if (low, high) != first_span(name, inputs.ranges[name])
    ]
    return "~".join([inputs.survey_id, *changed])


def spans_in(name: str) -> dict[str, Span]:
    """The spans that a picture's name tells of. Raises `LookupError` where it tells of none there are."""
    spans = {}
    for part in name.split("~")[1:]:
        key, _, ends = part.replace(",", ".").partition("=")
        low, _, high = ends.partition("-")
        try:
            span = (float(low), float(high))
        except ValueError:
            raise LookupError(part) from None
        if key not in BOUNDS or not BOUNDS[key][0] <= span[0] <= span[1] <= BOUNDS[key][1]:
            raise LookupError(part)
        spans[key] = span
    return spans
