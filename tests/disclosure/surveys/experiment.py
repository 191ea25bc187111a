"""The audit's own audit: releases in which every part of the protection matters, with each switched off.

`python -m tests.disclosure.surveys.experiment 200` runs it at full size and prints one line per part.
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
import polars as pl

from stadtlabor.disclosure.policy import PARTS, Policy
from stadtlabor.disclosure.surveys.count_tables import released
from stadtlabor.disclosure.surveys.findings import Audit, audit
from stadtlabor.disclosure.surveys.protect import protect
from stadtlabor.disclosure.surveys.protection import protected
from tests.disclosure.surveys.releases import Question, Survey, add_recode, cells, random_survey

POLICY = Policy()
LINKS = dict.fromkeys(("survey_id", "fine", "coarse", "from_code", "to_code"), pl.String)
ALL_ON, ALL_ON_AGAIN = "all on", "all on, 2nd release"


@dataclass
class Waves:
    """A survey at the last release and now, a few respondents later."""

    before: Survey
    now: Survey


def planted(seed: int) -> Waves:
    """A random survey in which every part of the protection has something to do.

    Planted are an answer of 1–4 persons (primary, classes), two of three (zeros), a group of 1–4 whom a
    question was not put to, so that its table by group counts everybody else (linked), an item that all but 1–4 marked
    (complement), a sensitive answer that a whole age group gave (group), 1–4 persons in one cell of a
    breakdown whose margins are large (cells), and 1–4 respondents since the last release (previous).
    """
    rng = np.random.default_rng(seed)
    size = int(rng.integers(180, 420))
    few = iter(rng.integers(1, 5, 5))
    age = rng.permutation(np.arange(size) % 3)
    gender = rng.integers(0, 2, size)
    rare = rng.choice(3, size, p=rng.dirichlet([6, 6, 6]))
    rare[rng.choice(size, next(few), replace=False)] = 3
    marks = (rng.random((size, 4)) < rng.uniform(0.2, 0.8, 4)).astype(int)
    marks[:, 0] = 1
    left_out = rng.choice(size, next(few), replace=False)
    marks[left_out] = [0, 1, 1, 0]
    income = np.where(age == 0, 0, rng.integers(0, 3, size))
    local = rng.integers(0, 3, size)
    crowd = np.flatnonzero(age == 1)
    local[crowd] = rng.integers(0, 2, len(crowd))
    local[crowd[: next(few)]] = 2
    status = rng.integers(0, 2, size)
    status[rng.choice(size, next(few), replace=False)] = 2
    pair = rng.permutation(np.where(np.arange(size) < 6, 1 + np.arange(size) % 2, 0))
    routed = np.where(status == 2, -1, rng.integers(0, 2, size))
    answers = {"age": age, "gender": gender, "status": status, "routed": routed}
    answers |= {"pair": pair, "rare": rare, "marks": marks, "income": income, "local": local}
    questions = [
        Question("age", [1, 1, 1]),
        Question("gender", [1, 1]),
        Question("status", [1, 1, 1]),
        Question("routed", [1, 1]),
        Question("pair", [1, 1, 1]),
        Question("rare", [1, 1, 1, 1]),
        Question("marks", [1, 1, 1, 1], "marks"),
        Question("income", [1, 1, 1], is_sensitive=True),
        Question("local", [1, 1, 1]),
    ]
    earlier = size - int(next(few))
    return Waves(
        _survey(questions, {name: codes[:earlier] for name, codes in answers.items()}), _survey(questions, answers)
    )


def _survey(questions: list[Question], answers: dict[str, np.ndarray]) -> Survey:
    survey = Survey("s", list(questions), dict(answers), ("age", "gender", "status"))
    add_recode(survey, "rare", "rare_coarse", {0: 0, 1: 0, 2: 1, 3: 1})
    return survey


def published_before(waves: Waves, policy: Policy = POLICY) -> pl.DataFrame:
    """The last release of the survey, fully protected."""
    first = waves.before
    return released(protect(cells(first), policy, first.recodes, {"s": first.size}))


def attacked(waves: Waves, parts: frozenset[str], policy: Policy = POLICY, is_first: bool = False) -> Audit:
    """Protect the survey with some parts of the protection only, and attack what is published.

    `is_first`: there was no release before. Otherwise what that one hid stays hidden, so that a part
    switched off later does no harm.
    """
    now, size = waves.now, {"s": waves.now.size}
    if is_first:
        return audit(protect(cells(now), policy, now.recodes, size, None, parts), policy, now.recodes, size)
    previous, then = published_before(waves, policy), {"s": waves.before.size}
    if parts == PARTS:
        # What decides which of the two is told is part of the protection.
        links = [(r.universe, r.fine, r.coarse, *pair) for r in now.recodes for pair in r.classes.items()]
        found = protected(cells(now), pl.DataFrame(links, LINKS, orient="row"), size, previous, previous_completed=then)
        size = then if found["is_kept"].any() else size
    else:
        found = protect(cells(now), policy, now.recodes, size, previous, parts)
    return audit(found, policy, now.recodes, size, previous, then)


def run(releases: int) -> dict[str, Counter[str]]:
    """By part switched off: releases, those with a finding, hidden and recoverable cells."""
    found: dict[str, Counter[str]] = {}
    for seed in range(releases):
        waves = planted(seed)
        for off in (ALL_ON, ALL_ON_AGAIN, *sorted(PARTS)):
            result = attacked(waves, PARTS - {off}, is_first=off not in (ALL_ON_AGAIN, "previous"))
            tally = found.setdefault(off, Counter())
            tally["releases"] += 1
            tally["found"] += bool(result.attack.findings)
            tally["hidden"] += result.row["hidden_cells"] or 0
            tally["recoverable"] += result.row["recoverable_cells"] or 0
    return found


def run_random(releases: int, round_to: int) -> Counter[str]:
    """Random surveys, nothing planted, all parts on: hidden and recoverable cells, other findings."""
    tally: Counter[str] = Counter()
    policy = Policy(round_to=round_to)
    for seed in range(1_000, 1_000 + releases):
        survey = random_survey(seed, questions=8)
        size = {survey.name: survey.size}
        result = audit(protect(cells(survey), policy, survey.recodes, size), policy, survey.recodes, size)
        tally["releases"] += 1
        tally["found"] += bool(result.attack.findings)
        tally.update({name: result.row[name] or 0 for name in ("hidden_cells", "recoverable_cells")})
    return tally


def pace(surveys: int = 5, questions: int = 25) -> tuple[int, float, float]:
    """Cells of one release of several surveys, seconds to protect them, seconds to attack them."""
    drawn = [random_survey(seed, name=f"s{seed}", questions=questions) for seed in range(surveys)]
    counts = pl.concat([cells(survey) for survey in drawn])
    recodes = [recode for survey in drawn for recode in survey.recodes]
    sizes = {survey.name: survey.size for survey in drawn}
    started = time.perf_counter()
    found = protect(counts, POLICY, recodes, sizes)
    between = time.perf_counter()
    audit(found, POLICY, recodes, sizes)
    return found.height, between - started, time.perf_counter() - between


def main() -> None:
    """Print the experiment's figures."""
    releases = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    height, protecting, attacking = pace()
    print(f"five surveys, {height} cells: protected in {protecting:.1f} s, attacked in {attacking:.1f} s")
    for round_to in (1, 5):
        tally = run_random(releases, round_to)
        print(
            f"random, rounded to {round_to}: {tally['found']} of {tally['releases']} releases with a finding, "
            f"{tally['recoverable_cells']} of {tally['hidden_cells']} hidden cells recoverable",
            flush=True,
        )
    for off, tally in run(releases).items():
        name = off if off.startswith(ALL_ON) else f"without {off}"
        print(
            f"{name:21} {tally['found']:4} of {tally['releases']} releases with a finding, "
            f"{tally['recoverable']} of {tally['hidden']} hidden cells recoverable"
        )


if __name__ == "__main__":
    main()
