"""A survey of a million answers through the build; the attack on releases; the interval's coverage."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from scipy.stats import binom

from stadtlabor.base import places
from stadtlabor.statistics.weighting import wilson
from tests.bench.survey_of_a_million import DELIVERY, counted_plainly, deliver
from tests.disclosure.surveys import experiment

ANSWERS = 1_000_000
PLAIN_RUNS = 5
BASES = (10, 20, 30, 50, 100, 187, 300, 500)
# `STADTLABOR_BENCH_RELEASES=200` runs the experiment at the size that DECISIONS and the pages quote.
RELEASES = int(os.environ.get("STADTLABOR_BENCH_RELEASES", "10"))
# "[2/6] read      2 of 2 deliveries are new or changed — 3.6 s"
STEP = re.compile(r"^\[\d/\d\] (?P<name>\w+) .* — (?P<seconds>[\d.]+) s$", re.MULTILINE)


@dataclass(frozen=True)
class Child:
    """What one build took, as the system counted it."""

    seconds: float
    processor_seconds: float
    peak_mebibytes: float
    steps: dict[str, float]


def million() -> bool:
    """One survey of a million answers: seconds per step, peak memory, ratio to plain DuckDB; the counts agree."""
    with tempfile.TemporaryDirectory() as folder:
        raw, warehouse = Path(folder, "raw"), Path(folder, "warehouse")
        raw.mkdir()
        shutil.copy(places.PROJECT / "raw" / "towns.csv", raw)
        shutil.copytree(places.PROJECT / "raw" / "official-figures", raw / "official-figures")
        without = build_once(raw, warehouse)
        export = deliver(raw, ANSWERS)
        with_survey = build_once(raw, warehouse)
        plain = []
        for _ in range(PLAIN_RUNS):
            begun = time.perf_counter()
            expected = counted_plainly(export)
            plain.append(time.perf_counter() - begun)
        counted = _counted(warehouse)
        size = export.stat().st_size / 2**20
    print(f"one survey of {ANSWERS:,} answers, a CSV of {size:.0f} MiB")
    print(f"{'':<12}{'with it':>10}{'without':>10}")
    for name, seconds in with_survey.steps.items():
        print(f"{name:<12}{seconds:>8.1f} s{without.steps.get(name, 0):>8.1f} s")
    print(f"{'whole build':<12}{with_survey.seconds:>8.1f} s{without.seconds:>8.1f} s")
    print(f"{'processor':<12}{with_survey.processor_seconds:>8.1f} s{without.processor_seconds:>8.1f} s")
    print(f"{'peak memory':<12}{with_survey.peak_mebibytes:>6.0f} MiB{without.peak_mebibytes:>6.0f} MiB")
    seconds, more = statistics.median(plain), with_survey.seconds - without.seconds
    print(f"plain DuckDB, from the CSV to the same counts: {seconds:.2f} s")
    print(
        f"build / plain DuckDB {with_survey.seconds / seconds:.0f}, the survey's part of the build {more / seconds:.0f}"
    )
    same = expected.items() <= counted.items()
    print(f"counts equal to plain DuckDB's: {same} ({len(expected)} answers)")
    return same


def disclosure() -> bool:
    """The attack on random releases, protected and with each part of the protection off."""
    begun = time.perf_counter()
    found = experiment.run(RELEASES)
    for off, tally in found.items():
        name = off if off.startswith(experiment.ALL_ON) else f"without {off}"
        print(
            f"{name:<22}{tally['found']:>4} of {tally['releases']} releases with a finding, "
            f"{tally['recoverable']} of {tally['hidden']} hidden cells recoverable"
        )
    print(f"{time.perf_counter() - begun:.1f} s")
    held = {off: tally["found"] for off, tally in found.items()}
    protected = [held.pop(name) for name in (experiment.ALL_ON, experiment.ALL_ON_AGAIN)]
    return protected == [0, 0] and all(found == RELEASES for found in held.values())


def coverage() -> bool:
    """Exact coverage of Wilson's interval over n and p: mean and minimum; between 93 and 97 % on average."""
    p = np.linspace(0.01, 0.99, 981)
    everything = []
    for n in BASES:
        k = np.arange(n + 1)
        low, high = np.array([wilson(float(i), float(n)) for i in k]).T
        holds = (low[:, None] <= p) & (p <= high[:, None])
        covered = (binom.pmf(k[:, None], n, p) * holds).sum(axis=0)
        everything.append(covered)
        print(f"n = {n:<5} mean {covered.mean():.4f}   min {covered.min():.4f} at p = {p[covered.argmin()]:.3f}")
    mean, least = float(np.mean(everything)), float(np.min(everything))
    print(f"Wilson covers {mean:.4f} on average, {least:.4f} at least     (bound: a mean of 0.93 to 0.97)")
    return 0.93 < mean < 0.97


def build_once(raw: Path, warehouse: Path) -> Child:
    """Run the command, and ask the system what this one process took."""
    environment = {**os.environ, "STADTLABOR_RAW": str(raw), "STADTLABOR_WAREHOUSE": str(warehouse), "CI": "true"}
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "stadtlabor.cli", "build"], env=environment, cwd=places.PROJECT, stdout=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begun
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise RuntimeError(f"the build ended with {process.returncode}:\n{text}")
    # Linux counts the peak in KiB, macOS in bytes.
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    # A step may come in several parts.
    steps: dict[str, float] = defaultdict(float)
    for match in STEP.finditer(text):
        steps[match["name"]] += float(match["seconds"])
    return Child(seconds, used.ru_utime + used.ru_stime, peak, steps)


def _counted(warehouse: Path) -> dict[tuple[str, str], int]:
    """The build's true counts of the survey, every question in total; keys as `counted_plainly` gives them."""
    with duckdb.connect(str(warehouse / "private" / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select question, answer, respondent_count from core.core__survey_cells "
            "where survey_id = $delivery and breakdown = 'total'",
            {"delivery": DELIVERY},
        ).fetchall()
    return {(question, answer): respondents for question, answer, respondents in rows}
