"""The survey tables' way through disclosure control: protected in the build, attacked in the audit.

Both read tables as the warehouse holds them; what they know of each other is the policy alone.
"""

from collections.abc import Iterable, Mapping

import polars as pl

from stadtlabor.disclosure.attack import AttackResult, Cell, attack
from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.protect import ProtectionError, protect
from stadtlabor.disclosure.tables import RELEASED, TOTAL, Recode

# round_to 1: the towns hold the numbers against their own survey tool. For open publication take 5.
POLICY = Policy(k=5, k_sensitive=10, round_to=1, small_base=30, bracket_base=50)

# Columns of the warehouse → names of `disclosure.tables`.
NAMES = {"survey_id": "universe", "answer": "row", "breakdown_value": "column", "respondent_count": "count"}
# What protection hands on: what may leave, and the reason for hiding, which may not.
PROTECTED: Mapping[str, type[pl.DataType]] = {**RELEASED, "status": pl.String}


def protected(
    cells: pl.DataFrame, recodes: pl.DataFrame, completed: Mapping[str, int], previous: pl.DataFrame
) -> pl.DataFrame:
    """Protect the tables of every survey; no true count is handed on.

    Args:
        cells: columns of `core__survey_cells`.
        recodes: survey_id, fine, coarse, from_code, to_code; one row per finer answer.
        completed: number of completed responses by survey.
        previous: the last release's cells, columns `RELEASED`; may be empty.

    Returns:
        Columns `PROTECTED`, one row per cell. A survey whose breakdowns cannot be protected goes without
        them, and one whose plain tables cannot goes without tables: one survey must not stop the others.
    """
    named = cells.rename({old: new for old, new in NAMES.items() if old in cells.columns})
    found = [pl.DataFrame(schema=PROTECTED)]
    for universe in named["universe"].unique().sort():
        mine = named.filter(pl.col("universe") == universe)
        links = recodes_of(recodes.filter(pl.col("survey_id") == universe))
        before = previous.filter(pl.col("universe") == universe)
        found.append(_one(mine, links, completed, None if before.is_empty() else before))
    return pl.concat(found)


def _one(
    cells: pl.DataFrame, recodes: list[Recode], completed: Mapping[str, int], previous: pl.DataFrame | None
) -> pl.DataFrame:
    for tables in (cells, cells.filter(pl.col("breakdown") == TOTAL)):
        try:
            return protect(tables, POLICY, recodes, completed, previous).select(list(PROTECTED))
        except ProtectionError:
            continue
    return pl.DataFrame(schema=PROTECTED)


def recodes_of(rows: pl.DataFrame) -> list[Recode]:
    """The links between tables, from rows of survey_id, fine, coarse, from_code, to_code."""
    keys = ["survey_id", "fine", "coarse"]
    return [
        Recode(survey, fine, coarse, dict(group.select("from_code", "to_code").sort("from_code").iter_rows()))
        for (survey, fine, coarse), group in sorted(rows.group_by(keys), key=lambda pair: pair[0])
    ]


def attacked(
    released: pl.DataFrame,
    recodes: pl.DataFrame,
    completed: Mapping[str, int],
    previous: pl.DataFrame | None,
    targets: Iterable[Cell],
) -> AttackResult:
    """Attack the released cells (columns `RELEASED`) with all that is public, the release before included.

    `targets` are the cells hidden for confidentiality: (survey, table, answer, breakdown value).
    """
    return attack(released, POLICY, recodes_of(recodes), completed, previous, targets)
