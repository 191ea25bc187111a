"""One change of a slider of the desk planner, at the server, against an empty Streamlit rerun."""

import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from streamlit.testing.v1 import AppTest

from dashboard.pages.planner import planner_inputs
from dashboard.release import store
from stadtlabor.statistics.planner import simulate
from tests.dashboard.samples import planner_sample, sample
from tests.statistics.planner import published

T = TypeVar("T")
CHANGES = 15
BOUND_MS = 150
# name → weeks, desks, visits a day; the sample spaces of raw/ lie between the first two.
SIZES = {"small": (20, 5, 2.0), "as in raw/": (27, 7, 5.0), "large": (52, 40, 60.0)}


def measure() -> bool:
    """Medians of fifteen changes of the number of desks; the sample-sized spaces stay under the bound."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STADTLABOR_WAREHOUSE"] = folder
        sample.write_release(Path(folder), **_tables())
        empty = _changed(AppTest.from_function(_empty, default_timeout=60), range(2, 2 + CHANGES))
        print(f"{'empty Streamlit rerun':<24}{empty:>9.1f} ms")
        print(f"{'':<14}{'first':>10}{'change':>12}{'ratio':>8}{'simulation':>14}   runs, visits drawn")
        held = [_planned(name, empty) for name in SIZES]
    print(f"bound: under {BOUND_MS} ms a change beside the empty rerun, for every size")
    return all(held)


def _planned(name: str, empty: float) -> bool:
    world, first = _timed(lambda: planner_inputs.world_of(store.current(), name))
    page = AppTest.from_function(_planner, args=(name,), default_timeout=120)
    choices = [desks for desks in range(1, 40) if desks != SIZES[name][1]][:CHANGES]
    change = _changed(page, [*choices])
    start = planner_inputs.first_choice(world, [])
    desks = planner_inputs.drawn_desks(world.measured.desks, world.measured.desks)
    alone = [_timed(lambda: simulate(world, start.plan, start.assumptions, None, desks))[1] for _ in range(CHANGES)]
    print(
        f"{name:<14}{first:>7.0f} ms{change:>9.1f} ms{change / empty:>8.1f}{statistics.median(alone):>11.1f} ms   "
        f"{world.runs}, {len(world.day):,}"
    )
    return change - empty < BOUND_MS


def _changed(page: AppTest, values: Sequence[int]) -> float:
    """The median of a run after the first slider got another value, in milliseconds."""
    page.run()
    assert not page.exception
    seconds = []
    for value in values:
        page.slider[0].set_value(min(value, int(page.slider[0].max)))
        begun = time.perf_counter()
        page.run()
        seconds.append(time.perf_counter() - begun)
    assert not page.exception
    return 1000 * statistics.median(seconds)


def _timed(job: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    found = job()
    return found, 1000 * (time.perf_counter() - begun)


def _tables() -> dict[str, list[dict[str, object]]]:
    whole = planner_sample.tables()
    about = whole["spaces"][0]
    for name, (weeks, desks, visits) in SIZES.items():
        days = published.weekdays(weeks)
        made = published.chance_visits(np.random.default_rng(1), days, visits)
        for table, frame in published.tables(made, days, desks=desks).items():
            beside = about if table == "spaces" else {}
            whole[table] += [{**beside, **row, "space_id": name} for row in frame.to_dicts()]
    return whole


def _empty() -> None:
    import streamlit as st

    st.slider("n", 1, 40, key="n")


def _planner(space: str) -> None:
    from dashboard.pages.planner import section
    from dashboard.renderers.live import draw, session

    now = session.begin()
    draw.show(section.show(now, space), now)
