"""Every count through disclosure control; the one way from true counts to published ones."""

from stadtlabor.disclosure.cache import of_build
from stadtlabor.disclosure.surveys.protection import protected


def model(dbt, session):
    """One row per cell: what may be published of it, and the reason where it is hidden."""
    dbt.config(materialized="table")
    completed = dbt.ref("core__survey_responses").select("survey_id, completed_count").pl()
    before = dbt.ref("stg_landing__previous_survey_cells").select("survey_id, completed_count").distinct().pl()
    return protected(
        dbt.ref("core__survey_cells").pl(),
        dbt.ref("core__survey_links").pl(),
        dict(completed.iter_rows()),
        dbt.ref("core__survey_previous_cells").pl(),
        of_build(),
        dbt.ref("core__survey_nested").pl(),
        dict(before.drop_nulls().iter_rows()),
    )
