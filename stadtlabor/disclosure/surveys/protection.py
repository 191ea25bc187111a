"""The survey tables' way through disclosure control, as the warehouse holds them.

The one place where protection asks the attack, of a survey that goes on: what the two releases tell together is not
protected by construction.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from stadtlabor.base import fingerprint
from stadtlabor.base.bounded import Bounds
from stadtlabor.base.children import side_by_side
from stadtlabor.disclosure.cache import ProtectionCache, key_of
from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.surveys.count_tables import BASE, RELEASED, TOTAL, Nested, Recode
from stadtlabor.disclosure.surveys.findings import audit
from stadtlabor.disclosure.surveys.protect import ProtectionError, protect

# Columns of the warehouse → names of `disclosure.tables`.
NAMES = {"survey_id": "universe", "answer": "row", "breakdown_value": "column", "respondent_count": "count"}
# What one survey may take of memory, and of the processor in seconds; the largest of the samples takes 0.2 GB and 9 s.
BOUNDS = Bounds(4_000_000_000, 7200)
# A survey is told anew only where it tells at least so much of what the last release told.
LEAST_TOLD = 0.85
_K = {False: POLICY.k, True: POLICY.k_sensitive}
# What protection hands on: what may leave, and the reason for hiding, which may not.
PROTECTED: Mapping[str, type[pl.DataType]] = {
    **RELEASED,
    "status": pl.String,
    "is_kept": pl.Boolean,
}
NESTED = dict.fromkeys(("survey_id", "inner_question", "outer_question", "outer_answer"), pl.String)


def protected(
    cells: pl.DataFrame,
    recodes: pl.DataFrame,
    completed: Mapping[str, int],
    previous: pl.DataFrame,
    cache: ProtectionCache | None = None,
    nested: pl.DataFrame | None = None,
    previous_completed: Mapping[str, int] | None = None,
) -> pl.DataFrame:
    """Protect the tables of every survey; no true count is handed on.

    Args:
        cells: columns of `core__survey_cells`.
        recodes: survey_id, fine, coarse, from_code, to_code; one row per finer answer.
        completed: number of completed responses by survey.
        previous: the last release's cells, columns `RELEASED`; may be empty.
        cache: outcomes of earlier builds, used where nothing they depend on has changed, and pruned.
        nested: survey_id, inner_question, outer_question, outer_answer.
        previous_completed: as the last release named them.

    Returns:
        Columns `PROTECTED`, one row per cell. A table that cannot be protected, whatever is hidden, is left
        out: one question must not stop a survey, nor one survey the others. A survey of which nothing can be told
        anew beside its last release, or much less, or to which fewer than k respondents came or went, keeps the tables
        of that one, which `is_kept` says: numbers of one survey stay or change together, since of different dates they
        tell by subtraction who came in between.
    """
    named = cells.rename({old: new for old, new in NAMES.items() if old in cells.columns})
    # A database gives rows in any order; the solver's choice among equals depends on it.
    nested = pl.DataFrame(schema=NESTED) if nested is None else nested
    named, recodes, previous, nested = (frame.sort(pl.all()) for frame in (named, recodes, previous, nested))
    code = fingerprint.code(("stadtlabor/disclosure",))
    then = previous_completed or {}
    outcomes: dict[str, pl.DataFrame] = {}
    new: dict[str, tuple[str, _Survey, pl.DataFrame]] = {}
    for universe in named["universe"].unique().sort():
        mine = named.filter(pl.col("universe") == universe)
        links = recodes.filter(pl.col("survey_id") == universe)
        inside = nested.filter(pl.col("survey_id") == universe)
        before = previous.filter(pl.col("universe") == universe)
        now, last = ({universe: found[universe]} if universe in found else {} for found in (completed, then))
        key = key_of([code, repr(POLICY), repr([now, last]), mine, links, inside, before])
        outcome = cache.find(key) if cache else None
        if outcome is None:
            new[universe] = key, _Survey(mine, recodes_of(links), nested_of(inside), now, last, before), links
        else:
            outcomes[universe] = outcome
    # The largest begins first, so that the cores end together.
    by_size = sorted(new, key=lambda universe: new[universe][1].cells.height, reverse=True)
    worked_out = side_by_side(_one, [new[universe][1:] for universe in by_size], BOUNDS)
    for universe, outcome in zip(by_size, worked_out, strict=True):
        outcomes[universe] = outcome
        if cache:
            cache.store(new[universe][0], outcome)
    if cache:
        cache.prune()
    return pl.concat([pl.DataFrame(schema=PROTECTED), *(outcomes[universe] for universe in sorted(outcomes))])


@dataclass(frozen=True)
class _Survey:
    """What one survey's tables are protected from: true counts, how they are linked, and the last release."""

    cells: pl.DataFrame
    recodes: list[Recode]
    nested: list[Nested]
    completed: Mapping[str, int]
    previous_completed: Mapping[str, int]
    previous: pl.DataFrame

    def protected(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Some of the cells as they may be published.

        Raises:
            ProtectionError: see `protect`.
        """
        before = None if self.previous.is_empty() else self.previous
        return protect(cells, POLICY, self.recodes, self.completed, before, nested=self.nested)

    @property
    def is_hardly_new(self) -> bool:
        """Whether so few respondents have come or gone that their number tells of them."""
        changes = [abs(self.completed[name] - old) for name, old in self.previous_completed.items()]
        return not self.previous.is_empty() and any(0 < change < POLICY.k for change in changes)

    def can_follow(self, outcome: pl.DataFrame) -> bool:
        """Whether about as much is told, and the attack finds no more beside the last release than in it alone."""
        if self.previous.is_empty():
            return True
        if outcome["published_count"].count() < LEAST_TOLD * self.previous["published_count"].count():
            return False
        rest = (self.completed, self.previous, self.previous_completed, self.nested)
        return audit(outcome, POLICY, self.recodes, *rest).passed

    def kept(self) -> pl.DataFrame:
        """The last release's tables as they stand there; beneath a hidden base cells may be blank for its size."""
        count, is_base = pl.col("published_count"), pl.col("row") == BASE
        is_beneath = ~is_base & count.filter(is_base).first().is_null().over("table_id", "column")
        is_blank = (pl.col("sign") == "/") | is_beneath
        status = pl.when(count.is_not_null()).then(pl.lit("published")).when(is_blank).then(pl.lit("small_base"))
        return self.previous.with_columns(status=status.otherwise(pl.lit("secondary")), is_kept=pl.lit(True))


def _one(survey: _Survey, links: pl.DataFrame) -> pl.DataFrame:
    if survey.is_hardly_new:
        return survey.kept().select(list(PROTECTED))
    tables = _without(survey.cells, _telling(survey.cells, links))
    while not tables.is_empty():
        try:
            outcome = survey.protected(tables)
        except ProtectionError as fault:
            if fault.only_table:
                tables = tables.filter(pl.col("table_id") != fault.table_id)
                continue
            blamed = _blamed(tables, links, fault.table_id)
            if not survey.previous.filter(pl.col("question").is_in(list(blamed))).is_empty():
                return survey.kept().select(list(PROTECTED))
            tables = _without(tables, blamed)
            continue
        outcome = outcome.with_columns(is_kept=pl.lit(False))
        return (outcome if survey.can_follow(outcome) else survey.kept()).select(list(PROTECTED))
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


def nested_of(rows: pl.DataFrame) -> list[Nested]:
    """The questions put to some alone, from rows of columns NESTED."""
    *keys, answer = NESTED
    grouped = rows.select(list(NESTED)).sort(list(NESTED)).group_by(keys, maintain_order=True).agg(answer)
    return [Nested(survey, inner, outer, tuple(answers)) for survey, inner, outer, answers in grouped.iter_rows()]
