"""What the benchmark offers: its table as files."""

from collections.abc import Mapping
from typing import ClassVar

import polars as pl

from dashboard.pages.benchmark import selection
from dashboard.parts import subjects
from dashboard.parts.subjects import Tables
from dashboard.parts.visit import Visit


def _table(visit: Visit, name: str) -> Mapping[str, pl.DataFrame]:
    indicators = selection.chosen(selection.OWN, name.replace("~", ","), visit)
    return {visit.say.group("pages")["benchmark"]: selection.table(indicators, visit)} if indicators else {}


class Benchmark(subjects.Subject):
    """Several indicators side by side."""

    tables: ClassVar[Mapping[str, Tables]] = {"benchmark": _table}
