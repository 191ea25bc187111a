"""The home-office gap: what official commuter figures cannot see, and a survey can.

Official figures count everyone whose workplace lies in another municipality as a commuter, also on days
at home. A commuter survey says who could stay at home, on how many days, and how far the way is. Put
together they give ranges, not numbers: each step is a sum or product of quantities that are only known
within limits, and as every step rises or falls in each of them, the limits of the result are found at
the limits of what goes in.

Only published figures go in: an official count and the published distributions of a survey, hidden
classes included as what they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise

from stadtlabor.statistics.weighting import wilson


@dataclass(frozen=True)
class Range:
    """Lowest, central and highest value of one quantity."""

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.central <= self.high:
            raise ValueError(f"not in order: {self.low}, {self.central}, {self.high}")

    def times(self, other: "Range") -> "Range":
        """The product; both must be ≥ 0."""
        if self.low < 0 or other.low < 0:
            raise ValueError("a product of ranges is monotone only where both are ≥ 0")
        return Range(self.low * other.low, self.central * other.central, self.high * other.high)

    def minus(self, other: "Range") -> "Range":
        """The difference, never below 0."""
        return Range(
            max(0.0, self.low - other.high),
            max(0.0, self.central - other.central),
            max(0.0, self.high - other.low),
        )

    def scaled(self, factor: float) -> "Range":
        """Each value times a known factor ≥ 0."""
        return self.times(exactly(factor))


def exactly(value: float) -> Range:
    """A quantity that is known."""
    return Range(value, value, value)


@dataclass(frozen=True)
class AnswerClass:
    """One published class of a numeric question: its limits and how many gave it, None where hidden.

    A question answered in whole days has classes of one value each (`low` = `high`).
    """

    low: float
    high: float
    respondents: int | None


def mean_range(classes: Sequence[AnswerClass], base_n: int) -> Range:
    """The mean of a classed answer: limits by class limits, hidden classes and small numbers together.

    The mean is the lowest limit plus Σ (step to the next limit) · (share in that class or above); each
    such share is taken at the end of its Wilson interval. Respondents of hidden classes may stand in
    any of them: all in the lowest for the lower end, all in the highest for the upper end.

    Args:
        classes: without overlap; the open last class needs an upper limit, which is an assumption.
        base_n: respondents of all classes, hidden ones included.

    Raises:
        ValueError: no class or base, overlapping classes, or counts that do not fit the base.
    """
    ordered = sorted(classes, key=lambda each: each.low)
    if not ordered or base_n <= 0:
        raise ValueError("a mean needs classes and respondents")
    if any(each.low > each.high for each in ordered) or any(
        first.high > second.low for first, second in pairwise(ordered)
    ):
        raise ValueError("the classes overlap or are upside down")
    hidden = [i for i, each in enumerate(ordered) if each.respondents is None]
    rest = base_n - sum(each.respondents or 0 for each in ordered)
    if rest < 0 or (rest > 0 and not hidden):
        raise ValueError(f"the classes hold {base_n - rest} respondents, the base {base_n}")
    counts = [each.respondents or 0 for each in ordered]
    lowest, highest, even = list(counts), list(counts), [float(count) for count in counts]
    if hidden:
        lowest[hidden[0]] += rest
        highest[hidden[-1]] += rest
        for i in hidden:
            even[i] += rest / len(hidden)
    central = sum(n * (each.low + each.high) / 2 for n, each in zip(even, ordered, strict=True)) / base_n
    low = _stepped([each.low for each in ordered], lowest, base_n, end=0)
    high = _stepped([each.high for each in ordered], highest, base_n, end=1)
    return Range(low, min(max(central, low), high), high)


def _stepped(limits: Sequence[float], counts: Sequence[int], base_n: int, end: int) -> float:
    mean = limits[0]
    for i in range(1, len(limits)):
        mean += (limits[i] - limits[i - 1]) * wilson(sum(counts[i:]), base_n)[end]
    return mean


@dataclass(frozen=True)
class Survey:
    """What a commuter survey publishes of it, among commuters.

    Attributes:
        could_stay: share whose work allows home office.
        possible_days: days per week at home that these could work.
        current_days: days per week at home that these work already.
        one_way_minutes, one_way_km: the way to work.
    """

    could_stay: Range
    possible_days: Range
    current_days: Range
    one_way_minutes: Range
    one_way_km: Range


@dataclass(frozen=True)
class Assumptions:
    """What no figure says; each can be set by the reader.

    Attributes:
        working_weeks: weeks worked in a year. 52 less paid leave (20 days by law, 30 usual), 9–13 public
            holidays and up to three weeks of illness, five days a week.
        carries_over: how much of the survey's share holds for commuters who did not take part. Those
            who care about home office are likelier to answer a survey on it, so 1 is the upper end; the
            lower one is a guess that no data supports.
    """

    working_weeks: Range = field(default_factory=lambda: Range(40, 43, 46))
    carries_over: Range = field(default_factory=lambda: Range(0.5, 0.75, 1.0))


@dataclass(frozen=True)
class HomeOfficeGap:
    """Per year, for all out-commuters of a town.

    Attributes:
        commuters: who could stay at home on some days more than now, persons.
        days: days on which they would not commute.
        hours: hours of travelling saved, both ways.
        kilometres: kilometres not travelled, both ways, by any means of transport.
    """

    commuters: Range
    days: Range
    hours: Range
    kilometres: Range


def home_office_gap(out_commuters: int, survey: Survey, assumptions: Assumptions | None = None) -> HomeOfficeGap:
    """Ranges of what home office could save a town's out-commuters in a year.

        commuters  = out-commuters · could_stay · carries_over
        days       = commuters · (possible_days − current_days, at least 0) · working_weeks
        hours      = days · 2 · one_way_minutes / 60
        kilometres = days · 2 · one_way_km

    All limits coincide at the ends, so the range is an outer one: it is certain under the assumptions
    to hold the result, and wider than what is likely.

    Args:
        out_commuters: official count, employees subject to social insurance who work elsewhere.
        survey: published results of a commuter survey of the same town.
        assumptions: the defaults where None.

    Raises:
        ValueError: a quantity is negative, a share exceeds 1, or a week has more than 7 days.
    """
    given = assumptions or Assumptions()
    if survey.could_stay.high > 1 or given.carries_over.high > 1:
        raise ValueError("a share exceeds 1")
    if survey.possible_days.high > 7 or survey.current_days.high > 7:
        raise ValueError("a week has 7 days")
    commuters = exactly(out_commuters).times(survey.could_stay).times(given.carries_over)
    more_days = survey.possible_days.minus(survey.current_days)
    days = commuters.times(more_days).times(given.working_weeks)
    hours = days.times(survey.one_way_minutes.scaled(2 / 60))
    return HomeOfficeGap(commuters, days, hours, days.times(survey.one_way_km.scaled(2)))


def influences(
    out_commuters: int, survey: Survey, assumptions: Assumptions | None = None
) -> Mapping[str, HomeOfficeGap]:
    """The gap by parameter, with that parameter at its limits and all others at their central value.

    Shows the reader which uncertainty the range comes from.
    """
    given = assumptions or Assumptions()
    middle_survey = Survey(**{f.name: exactly(getattr(survey, f.name).central) for f in fields(survey)})
    middle = Assumptions(**{f.name: exactly(getattr(given, f.name).central) for f in fields(given)})
    found = {}
    for each in fields(survey):
        varied = replace(middle_survey, **{each.name: getattr(survey, each.name)})
        found[each.name] = home_office_gap(out_commuters, varied, middle)
    for each in fields(given):
        loosened = replace(middle, **{each.name: getattr(given, each.name)})
        found[each.name] = home_office_gap(out_commuters, middle_survey, loosened)
    return found
