"""Raking to the population margins a delivery brings."""

from stadtlabor.statistics.survey_weights import weights


def model(dbt, session):
    """One row per completed response of a survey with margins: its weight, or why there is none."""
    dbt.config(materialized="table")
    return weights(dbt.ref("core__survey_margin_answers").pl(), dbt.ref("stg_landing__survey_margins").pl())
