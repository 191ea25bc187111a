"""The home-office gap of a town: what comes out of published figures and the reader's assumptions.

The computation itself is `stadtlabor.statistics.homeoffice`.
"""

from collections.abc import Mapping
from dataclasses import fields

import polars as pl

from dashboard import charts
from dashboard.pages.surveys import gap_inputs
from dashboard.pages.surveys.gap_inputs import SHARES, Inputs, Span
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from stadtlabor.statistics.homeoffice import Assumptions, HomeOfficeGap, Range, Survey, home_office_gap, influences

KIND = "homeoffice"  # the files' folder in their address


def computed(inputs: Inputs, spans: Mapping[str, Span]) -> tuple[HomeOfficeGap, dict[str, HomeOfficeGap]]:
    """The gap with the reader's spans, and with each of them alone; a span left as it was keeps its range."""
    chosen = {name: _chosen(name, inputs.ranges[name], spans.get(name)) for name in gap_inputs.BOUNDS}
    survey = Survey(**{one.name: chosen[one.name] for one in fields(Survey)})
    assumed = Assumptions(**{one.name: chosen[one.name] for one in fields(Assumptions)})
    return (
        home_office_gap(inputs.out_commuters, survey, assumed),
        dict(influences(inputs.out_commuters, survey, assumed)),
    )


def _chosen(name: str, given: Range, span: Span | None) -> Range:
    if span is None or span == gap_inputs.first_span(name, given):
        kept = given
    else:
        low, high = span
        kept = Range(low, given.central if low <= given.central <= high else (low + high) / 2, high)
    return kept.scaled(1 / 100) if name in SHARES else kept


def sentences(inputs: Inputs, gap: HomeOfficeGap, visit: Visit) -> list[str]:
    """What comes out, in two sentences."""
    say, rough = visit.say, visit.numbers.rough
    return [
        say.gap_commuters.format(
            commuters=visit.numbers.decimal(inputs.out_commuters),
            town=inputs.town,
            low=rough(gap.commuters.low),
            high=rough(gap.commuters.high),
            central=rough(gap.commuters.central),
        ),
        say.gap_savings.format(
            days_low=rough(gap.days.low),
            days_high=rough(gap.days.high),
            hours_low=rough(gap.hours.low),
            hours_high=rough(gap.hours.high),
            km_low=rough(gap.kilometres.low),
            km_high=rough(gap.kilometres.high),
        ),
    ]


def picture(inputs: Inputs, spans: Mapping[str, Span], visit: Visit) -> Picture:
    """The hours as a range, and how far they swing with each part alone."""
    say, rough = visit.say, visit.numbers.rough
    gap, parts_alone = computed(inputs, spans)
    short = say.group("gap_short")
    swings = [(say.gap_everything, gap.hours.low, gap.hours.central, gap.hours.high)]
    swings += [
        (short[name], one.hours.low, one.hours.central, one.hours.high)
        for name, one in parts_alone.items()
        if one.hours.low < one.hours.high
    ]
    title = say.gap_title.format(town=inputs.who, low=rough(gap.hours.low), high=rough(gap.hours.high))
    rows = "; ".join(
        say.alt_gap_row.format(name=name, low=rough(low), central=rough(central), high=rough(high))
        for name, low, central, high in swings
    )
    return Picture(
        kind=KIND,
        name=gap_inputs.name_of(inputs, spans),
        chart=charts.influences(swings, inputs.slot, visit.language, visit.theme),
        title=title,
        subtitle=say.gap_subtitle,
        alt=say.alt_gap.format(title=title, rows=rows),
        foot=[
            say.gap_foot,
            say.gap_official.format(
                count=visit.numbers.decimal(inputs.out_commuters), period=visit.period(inputs.official_period)
            ),
            say.gap_source.format(official=inputs.official_source, survey=inputs.survey_title),
        ],
        numbers=_numbers(gap, visit),
        is_synthetic=inputs.is_synthetic,
        indicator_id=gap_inputs.OFFICIAL,
        has_intervals=True,
    )


def _numbers(gap: HomeOfficeGap, visit: Visit) -> pl.DataFrame:
    say, names = visit.say, visit.say.group("gap_outcome_names")
    return pl.DataFrame(
        [(names[one.name], *_ends(getattr(gap, one.name))) for one in fields(gap)],
        schema=[say.gap_column_outcome, say.gap_column_low, say.gap_column_central, say.gap_column_high],
        orient="row",
    )


def _ends(given: Range) -> tuple[float, float, float]:
    return given.low, given.central, given.high


def outcomes(gap: HomeOfficeGap, visit: Visit) -> list[list[str]]:
    """The results as rows of a table: what, at least, in the middle, at most."""
    names = visit.say.group("gap_outcome_names")
    return [
        [names[one.name], *(visit.numbers.rough(value) for value in _ends(getattr(gap, one.name)))]
        for one in fields(gap)
    ]


def reason(name: str, inputs: Inputs, visit: Visit) -> str:
    """Where a quantity comes from, in the reader's words."""
    given = inputs.ranges[name]
    count = visit.numbers.decimal(inputs.bases.get(name, 0))
    return visit.say.group("gap_reasons")[name].format(value=visit.numbers.quantity(given.central, "%"), count=count)
