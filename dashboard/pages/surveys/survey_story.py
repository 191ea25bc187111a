"""What the overview and a town's portrait tell of surveys: a few pictures, chosen by rule.

Nothing is chosen by how its value lies: the first of its kind that the release can show is taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any

import polars as pl

from dashboard.article.arrangement import Columns
from dashboard.article.blocks import Block, Empty, Heading, way
from dashboard.pages.surveys import survey_compare, survey_single
from dashboard.parts import locations
from dashboard.parts.picture import Picture, Pictures
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries
from dashboard.words.indicator import Indicator

# In which themes a question is looked for that tells of digital work.
THEMES = ("survey_coworking", "survey_work", "survey_commuting", "survey_town", "survey_lab")
QUESTIONS = 3  # of a survey on a town's portrait
MOST_ANSWERS = 7  # that a small picture has room for

Row = Mapping[str, Any]


def find(shown: Pictures, visit: Visit) -> Iterator[Block]:
    """The overview's question, side by side, with the way to its page."""
    indicator = first_indicator(visit)
    if indicator is None:
        yield Empty(visit.say.overview_no_survey)
        return
    yield from shown.show(survey_compare.picture(indicator, visit, "total", ""))
    yield from locations.link_to(indicator, visit.say.overview_to_survey.format(title=indicator.short))


def portray(town: Row, shown: Pictures, visit: Visit) -> Iterator[Block]:
    """A few questions of a town's survey, side by side; a sentence where there are none."""
    say, survey = visit.say, survey_of(town["town_id"], visit)
    found = questions(survey, visit) if survey else []
    yield Heading(say.portrait_surveys, subtitle=survey["title"] if survey and found else "")
    if survey is None or not found:
        yield Empty(say.portrait_surveys_none.format(town=town["name"]))
        return
    yield from shown.strip(found)
    yield Columns([tuple(shown.show(picture)) for picture in found], [1] * len(found), gap="medium")
    yield way(say.portrait_to_surveys, "surveys", ansicht="single", befragung=survey["survey_id"])


def first_indicator(visit: Visit) -> Indicator | None:
    """The share that most surveys asked for, in the first theme that has any."""
    for theme in THEMES:
        found = [one for one in queries.indicators(visit.release, theme, visit.language) if one.value_kind == "share"]
        counted = [(queries.values(visit.release, one.indicator_id)["value"].count(), one) for one in found]
        most = max((count for count, _ in counted), default=0)
        if most:
            return next(one for count, one in counted if count == most)
    return None


def survey_of(town_id: str, visit: Visit) -> Row | None:
    """The survey of a town that most answered."""
    own = queries.surveys(visit.release).filter(pl.col("town_id") == town_id)
    rows = own.sort("completed", descending=True, nulls_last=True, maintain_order=True)
    return rows.row(0, named=True) if rows.height else None


def questions(survey: Row, visit: Visit) -> Sequence[Picture]:
    """Up to QUESTIONS pictures of a survey with few answers to draw: the first of each theme, then the second."""
    by_theme = survey_single.themes(survey["survey_id"], visit)
    small = [islice(_small(survey, by_theme.get(theme, []), visit), QUESTIONS) for theme in THEMES]
    in_turn = (picture for row in zip_longest(*small) for picture in row if picture)
    return list(islice(in_turn, QUESTIONS))


def _small(survey: Row, rows: Sequence[Row], visit: Visit) -> Iterator[Picture]:
    for row in rows:
        if row["scale"] != "single":
            continue
        counts = queries.counts(visit.release, survey["survey_id"], row["concept"])
        known = counts.get_column("share").drop_nulls().len()
        if known > 1 and counts.height <= MOST_ANSWERS:
            picture = survey_single.picture(survey, row, visit)
            if picture:
                yield picture
