"""Every number of a space through disclosure control; the one way from true numbers to published ones."""

import polars as pl

from stadtlabor.space_protection import PROTECTED, protected

# Who contributed to each number takes far more memory than the numbers, so spaces come in portions.
PORTION = 100


def model(dbt, session):
    """One row per number of a space: published, primary or secondary."""
    dbt.config(materialized="table")
    tables = [
        dbt.ref("core__space_cells").select("space_id, family, cell, amount, reason, available_seat_seconds"),
        dbt.ref("core__space_lines"),
        dbt.ref("core__space_contributions"),
        dbt.ref("core__space_members"),
        dbt.ref("stg_landing__previous_space_cells"),
    ]
    spaces = tables[0].select("space_id").distinct().pl()["space_id"].sort()
    portions = [spaces[first : first + PORTION] for first in range(0, len(spaces), PORTION)]
    # An id of a space holds letters, digits and hyphens alone.
    wanted = [f"space_id between '{portion[0]}' and '{portion[-1]}'" for portion in portions]
    decided = [protected(*(table.filter(these).pl() for table in tables)) for these in wanted]
    return pl.concat([pl.DataFrame(schema=dict(PROTECTED)), *decided])
