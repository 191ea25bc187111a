"""Every number of a space through disclosure control; the one way from true numbers to published ones."""

from stadtlabor.space_protection import protected


def model(dbt, session):
    """One row per number of a space: published, primary or secondary."""
    dbt.config(materialized="table")
    return protected(
        dbt.ref("core__space_cells").select("space_id, family, cell, amount, reason").pl(),
        dbt.ref("core__space_lines").pl(),
        dbt.ref("core__space_contributions").pl(),
        dbt.ref("core__space_members").pl(),
    )
