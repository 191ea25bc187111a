"""The survey tables' way through disclosure control, as the warehouse holds them.

`survey_audit` attacks what comes of it; the two share the policy and the links between tables, no more.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.base import fingerprint
from stadtlabor.disclosure.cache import ProtectionCache, key_of
from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.surveys.count_tables import RELEASED, TOTAL, Recode
from stadtlabor.disclosure.surveys.protect import ProtectionError, protect

# Columns of the warehouse → names of `disclosure.tables`.
NAMES = {"survey_id": "universe", "answer": "row", "breakdown_value": "column", "respondent_count": "count"}
_K = {False: POLICY.k, True: POLICY.k_sensitive}
# What protection hands on: what may leave, and the reason for hiding, which may not.
PROTECTED: Mapping[str, type[pl.DataType]] = {**RELEASED, "status": pl.String}


def protected(
    cells: pl.DataFrame,
    recodes: pl.DataFrame,
    completed: Mapping[str, int],
    previous: pl.DataFrame,
    cache: ProtectionCache | None = None,
) -> pl.DataFrame:
    """Protect the tables of every survey; no true count is handed on.

    Args:
        cells: columns of `core__survey_cells`.
        recodes: survey_id, fine, coarse, from_code, to_code; one row per finer answer.
        completed: number of completed responses by survey.
        previous: the last release's cells, columns `RELEASED`; may be empty.
        cache: outcomes of earlier builds, used where nothing they depend on has changed, and pruned.

    Returns:
        Columns `PROTECTED`, one row per cell. A table that cannot be protected, whatever is hidden, is left
        out: one question must not stop a survey, nor one survey the others.
    """
    named = cells.rename({old: new for old, new in NAMES.items() if old in cells.columns})
    # A database gives rows in any order; the solver's choice among equals depends on it.
    named, recodes, previous = (frame.sort(pl.all()) for frame in (named, recodes, previous))
    code = fingerprint.code(("stadtlabor/disclosure",))
    found = [pl.DataFrame(schema=PROTECTED)]
    for universe in named["universe"].unique().sort():
        mine = named.filter(pl.col("universe") == universe)
        links = recodes.filter(pl.col("survey_id") == universe)
        before = previous.filter(pl.col("universe") == universe)
        size = {universe: completed[universe]} if universe in completed else {}
        key = key_of([code, repr(POLICY), repr(size), mine, links, before])
        outcome = cache.find(key) if cache else None
        if outcome is None:
            outcome = _one(mine, links, size, None if before.is_empty() else before)
            if cache:
                cache.store(key, outcome)
        found.append(outcome)
    if cache:
        cache.prune()
    return pl.concat(found)


def _one(
    cells: pl.DataFrame, links: pl.DataFrame, completed: Mapping[str, int], previous: pl.DataFrame | None
) -> pl.DataFrame:
    tables = _without(cells, _telling(cells, links))
    while not tables.is_empty():
        try:
            return protect(tables, POLICY, recodes_of(links), completed, previous).select(list(PROTECTED))
        except ProtectionError as fault:
            tables = _without(tables, _blamed(tables, links, fault.table_id))
    return pl.DataFrame(schema=PROTECTED)


def _telling(cells: pl.DataFrame, links: pl.DataFrame) -> set[str]:
    """Coarser classifications that leave out a handful of answers: the two bases would tell how many."""
    bases = (
        cells.filter((pl.col("breakdown") == TOTAL) & (pl.col("shape") == "partition"))
        .group_by("question")
        .agg(base=pl.col("count").sum(), k=pl.col("is_sensitive").any().replace_strict(_K, return_dtype=pl.Int64))
    )
    pairs = links.select(question="fine", coarse="coarse").unique().join(bases, on="question")
    pairs = pairs.join(bases.select(coarse="question", coarse_base="base"), on="coarse")
    left_out = pl.col("base") - pl.col("coarse_base")
    return set(pairs.filter((left_out > 0) & (left_out < pl.col("k")))["coarse"])


def _blamed(cells: pl.DataFrame, links: pl.DataFrame, table_id: str) -> set[str]:
    """What gives way for a table: the coarser classifications beside it, else its question itself."""
    question = cells.filter(pl.col("table_id") == table_id)["question"][0]
    coarser = set(links.filter(pl.col("fine") == question)["coarse"]) & set(cells["question"])
    return coarser or {question}


def _without(cells: pl.DataFrame, questions: set[str]) -> pl.DataFrame:
    return cells.filter(~pl.col("question").is_in(list(questions)) & ~pl.col("breakdown").is_in(list(questions)))


def recodes_of(rows: pl.DataFrame) -> list[Recode]:
    """The links between tables, from rows of survey_id, fine, coarse, from_code, to_code."""
    keys = ["survey_id", "fine", "coarse"]
    return [
        Recode(survey, fine, coarse, dict(group.select("from_code", "to_code").sort("from_code").iter_rows()))
        for (survey, fine, coarse), group in sorted(rows.group_by(keys), key=lambda pair: pair[0])
    ]
