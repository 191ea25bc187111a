"""Page: where the towns lie, what they tried and what came of it, when, and three findings."""

from collections.abc import Iterator

from dashboard import charts
from dashboard.article.arrangement import Columns, Group
from dashboard.article.blocks import Block, Chart, Heading, Intro
from dashboard.article.subject_blocks import Guide
from dashboard.pages.overview import sections
from dashboard.parts import subjects
from dashboard.parts.picture import Pictures
from dashboard.parts.visit import Visit
from dashboard.release.release_cache import cached

MAP_HEIGHT = 560  # px; near the list beside it on a desk, not a whole screen on a telephone


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, numbers, towns = visit.say, visit.numbers, visit.release.towns()
    yield Intro(
        say.group("pages")["overview"],
        say.overview_story,
        say.overview_data.format(count=towns.height, date=numbers.date(visit.release.population_date())),
    )
    steps = list(say.group("guide_steps").values())
    yield Guide(say.guide_title, steps, say.guide_dismiss, say.guide_remembered)

    where = (
        Heading(say.overview_map),
        Chart(_map(visit), charts.describe_places(towns, visit.language), "chart-places"),
        sections.towns_unfolding(towns, visit),
    )
    which = Heading(say.overview_towns), Group(tuple(sections.list_of(towns, visit)), "sl-links")
    yield Columns((where, which), (5, 6), gap="large")

    shown = Pictures(visit)
    for subject in subjects.every():
        yield from subject.open_overview(shown, visit)
    yield Heading(say.overview_findings)
    for subject in subjects.every():
        yield from subject.find(shown, visit)


@cached
def _map(visit: Visit) -> charts.Drawn:
    return charts.Drawn(charts.places(visit.release.towns(), visit.language, visit.theme, height=MAP_HEIGHT))
