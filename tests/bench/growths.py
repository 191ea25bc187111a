"""Surveys that go on: protection and audit of one release after the other, in memory, without dbt.

Each sample survey starts with six of ten of its respondents; the others come by one, three or ten at a time, and
after the last of them copies of those who are there. The true tables are counted here anew each time.
"""

import os
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from stadtlabor.base import places
from stadtlabor.disclosure.policy import POLICY
from stadtlabor.disclosure.surveys.count_tables import RELEASED
from stadtlabor.disclosure.surveys.findings import audit
from stadtlabor.disclosure.surveys.protection import nested_of, protected, recodes_of

GROWTHS = int(os.environ.get("STADTLABOR_BENCH_GROWTHS", "25"))
STEPS = (1, 3, 10)


@dataclass(frozen=True)
class Sample:
    """One survey's records and its tables' description, as the private warehouse holds them."""

    name: str
    responses: list[str]
    events: pl.DataFrame
    tables: pl.DataFrame
    questions: pl.DataFrame
    links: pl.DataFrame
    nested: pl.DataFrame

    def cells(self, times: dict[str, int]) -> pl.DataFrame:
        """Columns of `core__survey_cells` with each respondent counted so many times."""
        here = pl.DataFrame({"response_id": list(times), "times": list(times.values())})
        events = self.events.join(here, on="response_id")
        alone = events.group_by("question", "answer").agg(n=pl.col("times").sum())
        others = events.select("response_id", breakdown="question", breakdown_value="answer")
        pairs = self.tables.select("question", "breakdown").unique()
        both = events.join(pairs, on="question").join(others, on=["response_id", "breakdown"])
        both = both.group_by("question", "breakdown", "answer", "breakdown_value").agg(n=pl.col("times").sum())
        alone = alone.with_columns(breakdown=pl.lit("total"), breakdown_value=pl.lit("total")).select(both.columns)
        columns = self.questions.select(breakdown="question", breakdown_value="answer")
        columns = pl.concat([columns, pl.DataFrame({"breakdown": ["total"], "breakdown_value": ["total"]})])
        rows = self.tables.join(self.questions, on="question").join(columns, on="breakdown")
        counted = rows.join(
            pl.concat([alone, both]), on=["question", "breakdown", "answer", "breakdown_value"], how="left"
        )
        return counted.with_columns(respondent_count=pl.col("n").fill_null(0)).drop("n")


def measure() -> bool:
    """Each growth of each survey is published or kept, and no audit finds anything; reads the private warehouse."""
    begun, tally = time.perf_counter(), Counter[str]()
    for sample in _samples(places.warehouse() / "private" / "warehouse.duckdb"):
        mine = grow(sample, GROWTHS)
        print(f"{sample.name:<40}{dict(sorted(mine.items()))}", flush=True)
        tally += mine
    print(f"{tally['growths']} growths, {tally['failed']} failed, {time.perf_counter() - begun:.0f} s")
    return tally["growths"] > 0 and tally["failed"] == 0


def grow(sample: Sample, growths: int, seed: int = 0) -> Counter[str]:
    """How often the survey was published anew, kept its tables, or failed."""
    rng, tally = np.random.default_rng(seed), Counter[str]()
    waiting = list(rng.permutation(sample.responses))
    times = dict.fromkeys(waiting[: 6 * len(waiting) // 10], 1)
    waiting = waiting[len(times) :]
    previous, then = pl.DataFrame(schema=RELEASED), dict[str, int]()
    for step in range(growths + 1):
        if step:
            for _ in range(int(rng.choice(STEPS))):
                name = waiting.pop() if waiting else str(rng.choice(sample.responses))
                times[name] = times.get(name, 0) + 1
        completed = {sample.name: sum(times.values())}
        found = protected(sample.cells(times), sample.links, completed, previous, None, sample.nested, then)
        is_kept = bool(found["is_kept"].any())
        printed = then if is_kept else completed
        before, known = (previous, then) if step else (None, None)
        result = audit(found, POLICY, recodes_of(sample.links), printed, before, known, nested_of(sample.nested))
        if not result.passed:
            print(step, result.first_findings())
        if step:
            tally["growths"] += 1
            tally["kept" if is_kept else "published"] += 1
            tally["kept, of those that grew by k or more"] += (
                is_kept and completed[sample.name] - then[sample.name] >= 5
            )
            tally["failed"] += not result.passed
        previous, then = found.select(list(RELEASED)), printed
    tally["cells published at the end"] = previous["published_count"].count()
    return tally


def _samples(warehouse: Path) -> list[Sample]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:

        def read(model: str, *columns: str) -> pl.DataFrame:
            return connection.sql(f"select survey_id, {', '.join(columns)} from core.{model} order by all").pl()

        events = read("core__survey_events", "response_id", "question", "answer")
        tables = read("core__survey_tables", "table_id", "question", "breakdown", "shape", "is_sensitive")
        questions = read("core__survey_questions", "question", "answer").unique(maintain_order=True)
        links = read("core__survey_links", "fine", "coarse", "from_code", "to_code")
        nested = read("core__survey_nested", "inner_question", "outer_question", "outer_answer")
        answers = read("core__survey_coded_answers", "response_id").unique(maintain_order=True)
    found = []
    for name in answers["survey_id"].unique().sort():
        here = pl.col("survey_id") == name
        found.append(
            Sample(
                name,
                answers.filter(here)["response_id"].to_list(),
                events.filter(here).drop("survey_id"),
                tables.filter(here),
                questions.filter(here).drop("survey_id"),
                links.filter(here),
                nested.filter(here),
            )
        )
    return found
