"""The planner's chart with its words and numbers, by the plan."""

import polars as pl

from dashboard import charts
from dashboard.article.blocks import Facts
from dashboard.charts.spaces.planner_chart import Measure, span_words
from dashboard.pages.planner import planner_inputs, planner_surveys, planner_words
from dashboard.pages.planner.planner_inputs import Choice
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from stadtlabor.statistics.planner import CannotPlanError, Outcome, Range, World

KIND = "platzplaner"  # the files' folder in their address
MEASURES = ("utilisation", "none_found_days", "coverage")


def by_name(visit: Visit, name: str, highlighted: str | None = None) -> Picture:
    """The picture that a name in an address means. Raises `LookupError` where there is none."""
    space_id, asked_for = planner_inputs.named_in(name)
    rows = queries.spaces(visit.release).filter(pl.col("space_id") == space_id)
    if rows.is_empty():
        raise LookupError(name)
    try:
        world = planner_inputs.world_of(visit.release, space_id)
    except CannotPlanError:
        raise LookupError(name) from None
    space = rows.row(0, named=True)
    asked = planner_surveys.surveys(visit.release, space["town_id"], visit.language)
    first = planner_inputs.first_choice(world, asked)
    choice = planner_inputs.read(asked_for, first, world, asked)
    return picture(space, world, choice, first, visit)


def picture(space: queries.Row, world: World, choice: Choice, first: Choice, visit: Visit) -> Picture:
    """What a plan comes to, by the number of desks."""
    say = visit.say
    outcome = planner_inputs.outcome_of(visit.release, space["space_id"], choice, visit.language)
    asked = {one.survey_id: one for one in planner_surveys.surveys(visit.release, space["town_id"], visit.language)}
    survey = asked.get(choice.survey_id)
    titles = say.group("planner_measures")
    measures = [Measure(titles[name], [_span(one) for one in getattr(outcome, name)]) for name in MEASURES]
    return Picture(
        kind=KIND,
        name=planner_inputs.named(space["space_id"], choice, first),
        chart=charts.planner(
            outcome.desks, measures, choice.plan.desks, world.measured.desks, space["slot"], visit.language, visit.theme
        ),
        title=planner_words.title(outcome, choice, visit),
        subtitle=say.planner_subtitle.format(
            when=planner_words.opening(choice.plan, visit), price=planner_words.price(choice.plan, visit)
        ),
        alt=_alt(outcome, visit),
        foot=[
            say.planner_key.format(seen=visit.numbers.decimal(world.measured.desks)),
            say.planner_foot.format(
                space=space[f"name_{visit.language}"], period=visit.numbers.period(space["period"])
            ),
            say.planner_source.format(source=space["source_text"] or ""),
            say.planner_other_town.format(town=survey.name)
            if survey and survey.town_id != space["town_id"] and choice.plan.tariff.price
            else "",
            say.survey_source.format(source=survey.title) if survey else "",
        ],
        numbers=_numbers(outcome, visit),
        is_synthetic=bool(space["is_synthetic"]) or bool(survey and survey.is_synthetic),
    )


def _span(one: Range) -> tuple[float, float, float]:
    return one.low, one.central, one.high


def _alt(outcome: Outcome, visit: Visit) -> str:
    titles = visit.say.group("planner_measures")
    rows = []
    for at, desks in enumerate(outcome.desks):
        sentences = [
            f"{titles[name]} {span_words(_span(getattr(outcome, name)[at]), visit.language)}" for name in MEASURES
        ]
        rows.append(f"{visit.numbers.decimal(desks)}: {', '.join(sentences)}")
    return visit.say.alt_planner.format(rows="; ".join(rows))


def _numbers(outcome: Outcome, visit: Visit) -> pl.DataFrame:
    say, titles = visit.say, visit.say.group("planner_measures")
    ends = (say.gap_column_low, say.gap_column_central, say.gap_column_high)
    columns: dict[str, list[float]] = {say.planner_column_desks: [float(one) for one in outcome.desks]}
    for name in (*MEASURES, "none_found_visits"):
        for place, end in enumerate(ends):
            spans = [_span(one) for one in getattr(outcome, name)]
            columns[f"{titles[name]} (%), {end}"] = [float(round(span[place])) for span in spans]
    columns[say.planner_column_takings] = [round(one.central) for one in outcome.takings_eur]
    columns[say.planner_column_costs] = [round(sum(one.values())) for one in outcome.costs_eur]
    return pl.DataFrame(columns).with_columns(pl.col(say.planner_column_desks).cast(pl.Int64))


def costs_of(outcome: Outcome, choice: Choice, visit: Visit) -> Facts:
    """What the costs of the plan are made of."""
    of = visit.say.group("planner_costs")
    costs = outcome.costs_eur[outcome.at(choice.plan.desks)]
    return Facts({of[name]: visit.numbers.quantity(amount, "€") for name, amount in costs.items()})
