"""The pictures of co-working spaces by their name in an address, for the files to take away."""

from dashboard.pages.spaces import space_compare, space_pictures, space_shown
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries


def _of_one(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    space_id, _, rest = name.partition(space_shown.APART)
    which, _, year = rest.partition(space_shown.APART)
    rows = queries.spaces(visit.release).filter(space_id=space_id)
    if rows.is_empty() or which not in space_shown.NAMES:
        return None
    space = rows.row(0, named=True)
    if year and (which not in space_shown.BY_YEAR or year not in queries.years(space)):
        return None
    return space_pictures.picture(which, space_id, visit, year)


def _compared(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    indicator = next(
        (one for one in queries.indicators(visit.release, visit.language) if one.indicator_id == name), None
    )
    return space_compare.picture(indicator, visit) if indicator else None


MAKERS = {space_shown.KIND: _of_one, space_compare.KIND: _compared}
