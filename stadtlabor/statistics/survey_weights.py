"""Weights of a survey's respondents, where its delivery brings population margins."""

import polars as pl

from stadtlabor.statistics.weighting import REFUSED_DE, REFUSED_EN, weigh

# One row per completed response of a survey with margins; `weight` is null where the weighting is refused
# or the response lacks an answer. State, n_effective and reasons are the survey's and repeat.
WEIGHTS = {
    "survey_id": pl.String,
    "response_id": pl.String,
    "weight": pl.Float64,
    "state": pl.String,
    "n_effective": pl.Float64,
    "reason_de": pl.String,
    "reason_en": pl.String,
}
# Register data know no third gender and surveys no children: so few answers may go without a margin.
MAX_SHARE_WITHOUT_MARGIN = 0.05


def weights(answers: pl.DataFrame, margins: pl.DataFrame) -> pl.DataFrame:
    """Rake every survey to its margins.

    Args:
        answers: survey_id, response_id, concept_id, code; one row per completed response and margin
            concept, code null where it was not stated.
        margins: survey_id, concept_id, code, person_count.

    Returns:
        Columns `WEIGHTS`. Who gave an answer that has no margin stays out of weighted figures like those
        who gave none, as long as they are at most 5 % of those who answered; else the weighting is refused.
    """
    found = [pl.DataFrame(schema=WEIGHTS)]
    for (survey,), mine in sorted(margins.group_by(["survey_id"]), key=lambda pair: pair[0]):
        found.append(_of_survey(str(survey), answers.filter(pl.col("survey_id") == survey), mine))
    return pl.concat(found)


def _of_survey(survey: str, answers: pl.DataFrame, margins: pl.DataFrame) -> pl.DataFrame:
    persons: dict[str, dict[str, float]] = {}
    for concept, code, count in margins.select("concept_id", "code", "person_count").sort("concept_id", "code").rows():
        persons.setdefault(concept, {})[code] = float(count)
    responses = answers.select("response_id").unique().sort("response_id")
    stated: dict[str, list[str | None]] = {}
    for concept in persons:
        mine = answers.filter(pl.col("concept_id") == concept).select("response_id", "code")
        codes = responses.join(mine, on="response_id", how="left", maintain_order="left")["code"].to_list()
        stated[concept] = _with_margin(codes, persons[concept])
    result = weigh(stated, persons)
    weight = None if result.weights is None else pl.Series(result.weights).fill_nan(None)
    return responses.select(
        pl.lit(survey).alias("survey_id"),
        "response_id",
        (pl.lit(None, pl.Float64) if weight is None else weight).alias("weight"),
        pl.lit("refused" if result.refused else "weighted").alias("state"),
        pl.lit(result.n_effective, pl.Float64).alias("n_effective"),
        pl.lit(REFUSED_DE[result.refused] if result.refused else None, pl.String).alias("reason_de"),
        pl.lit(REFUSED_EN[result.refused] if result.refused else None, pl.String).alias("reason_en"),
    )


def _with_margin(codes: list[str | None], persons: dict[str, float]) -> list[str | None]:
    given = [code for code in codes if code is not None]
    without = sum(code not in persons for code in given)
    if without > MAX_SHARE_WITHOUT_MARGIN * len(given):
        return codes
    return [code if code in persons else None for code in codes]
