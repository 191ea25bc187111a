"""The pictures of the surveys by their name in an address, for the files to take away."""

import polars as pl

from dashboard.pages.surveys import gap, gap_inputs, survey_compare, survey_single
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.release import survey_queries as queries


def _compared(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    indicator_id, _, rest = name.partition(survey_compare.APART)
    breakdown, _, code = rest.partition(survey_compare.APART)
    indicator = visit.release.indicator(indicator_id, visit.language)
    if indicator is None or breakdown not in queries.breakdowns(visit.release, indicator_id):
        return None
    if breakdown in ("item", "answer") and code not in survey_compare.codes(indicator, visit, breakdown):
        return None
    return survey_compare.picture(indicator, visit, breakdown, code, highlighted)


def _single(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    survey_id, _, concept = name.partition(survey_compare.APART)
    surveys = queries.surveys(visit.release).filter(pl.col("survey_id") == survey_id)
    questions = queries.questions(visit.release, survey_id).filter(pl.col("concept") == concept)
    if surveys.is_empty() or questions.is_empty():
        return None
    return survey_single.picture(surveys.row(0, named=True), questions.row(0, named=True), visit)


def _gap(visit: Visit, name: str, highlighted: str | None) -> Picture | None:
    survey_id = name.split("~")[0]
    inputs = next((one for one in gap_inputs.candidates(visit) if one.survey_id == survey_id), None)
    return gap.picture(inputs, gap_inputs.spans_in(name), visit) if inputs else None


MAKERS = {survey_compare.KIND: _compared, survey_single.KIND: _single, gap.KIND: _gap}
