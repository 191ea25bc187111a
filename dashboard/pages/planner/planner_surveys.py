"""Which surveys say who would still come at a price: those that asked for the price of a day."""

from dataclasses import dataclass

import polars as pl

from dashboard.release import survey_queries
from dashboard.release.release_cache import cached
from dashboard.release.snapshot import Release
from dashboard.words import survey_words
from stadtlabor.statistics.planner import Willingness, willingness

# The unit in which surveys must have asked for a price: that of a day, which every visit can be reckoned in.
ASKED_UNIT = "eur_per_day"
PAYS = "willing_to_pay_share"


@dataclass(frozen=True)
class Asked:
    """A survey that asked for the price of a day."""

    survey_id: str
    town_id: str
    name: str
    title: str
    base_n: int
    pays_base_n: int | None
    median_eur: float | None
    dearest_eur: float
    is_synthetic: bool
    curve: Willingness


@cached
def surveys(release: Release, town_id: str, language: str) -> list[Asked]:
    """The surveys that asked for the price of a day: those of the town first, then in the fixed order."""
    curves, numbers = release.tables["demand_curve"], release.tables["survey_numbers"]
    known = survey_queries.surveys(release)
    names = survey_words.called(known, language)
    found = []
    for survey in known.iter_rows(named=True):
        own = curves.filter(pl.col("survey_id") == survey["survey_id"])
        asked = numbers.filter(
            (pl.col("survey_id") == survey["survey_id"])
            & (pl.col("concept").is_in(own.get_column("concept").to_list()))
            & (pl.col("unit") == ASKED_UNIT)
            & (pl.col("breakdown") == "total")
        )
        rows = own.filter(pl.col("concept").is_in(asked.get_column("concept").to_list()))
        pays = _pays(release, survey["survey_id"])
        curve = willingness(rows, pays and pays[:3]) if rows.height else None
        if curve is None:
            continue
        median = asked.filter(pl.col("statistic") == "median").get_column("value").drop_nulls()
        published = rows.filter(pl.col("share").is_not_null())
        found.append(
            Asked(
                survey_id=survey["survey_id"],
                town_id=survey["town_id"],
                name=names[survey["survey_id"]][0],
                title=survey["title"] or "",
                base_n=survey_queries.largest(published, "base_n"),
                pays_base_n=pays[3] if pays else None,
                median_eur=float(median[0]) if len(median) else None,
                dearest_eur=float(str(published.get_column("price").max())),
                is_synthetic=bool(survey["is_synthetic"]),
                curve=curve,
            )
        )
    return sorted(found, key=lambda one: one.town_id != town_id)


def _pays(release: Release, survey_id: str) -> tuple[float, float, float, int] | None:
    """The share of a survey who would pay at all, with its interval and base; None where it is not published."""
    rows = survey_queries.values(release, PAYS).filter(
        (pl.col("survey_id") == survey_id) & pl.col("value").is_not_null() & pl.col("interval_low").is_not_null()
    )
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    return row["interval_low"], row["value"], row["interval_high"], row["base_n"]
