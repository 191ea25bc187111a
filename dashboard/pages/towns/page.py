"""Page: one town whole: where it lies, what it tried, its figures, surveys, space, events, and what was learned."""

from collections.abc import Iterator

from dashboard import charts
from dashboard.article.arrangement import Columns, Group
from dashboard.article.blocks import About, Block, Chart, Heading, Intro
from dashboard.pages.towns import portrait, sections
from dashboard.parts.choosing import choose
from dashboard.parts.pieces import beside, report_files
from dashboard.parts.pieces.small_towns_beside import choose_beside
from dashboard.parts.visit import Visit
from dashboard.release import small_towns
from dashboard.release.release_cache import cached


def show(visit: Visit) -> Iterator[Block]:
    """The page."""
    say, release = visit.say, visit.release
    towns = release.towns()
    yield Intro(say.group("pages")["towns"], say.towns_answers, say.towns_data)

    names = visit.town_names()
    choice = choose(visit, say.choose_town, list(names), "stadt", names.__getitem__)
    chosen = choice.value
    yield Group((choice,), "sl-choices")
    yield from choose_beside(visit, opens="stadt")
    is_added = chosen == visit.added
    found = small_towns.town(release, chosen) if is_added else None
    town = found or next(row for row in towns.iter_rows(named=True) if row["town_id"] == chosen)

    yield About("towns", names[chosen])

    line = portrait.head_of_added(town, visit) if is_added else portrait.head(town, visit)
    where = say.portrait_location.format(town=town["name"]) + ": " + town[f"land_{visit.language}"]
    words, place = Heading(town["name"], subtitle=line), Chart(_map(visit, chosen), where, f"chart-place-{chosen}")
    yield Columns(((words,), (place,)), (7, 3), gap="large")
    if is_added:
        yield from sections.show_added(town, visit)
        return
    yield from sections.show(town, visit)
    yield report_files.offered("towns", visit)


@cached
def _map(visit: Visit, town_id: str) -> charts.Drawn:
    towns = beside.on_map(visit)
    return charts.Drawn(charts.places(towns, visit.language, visit.theme, height=230, highlighted=town_id))
