"""What dbt's macros say of periods and figures, so that the gate and the models judge by one text."""

from functools import cache
from typing import Any

import jinja2
import polars as pl

from stadtlabor.base import fingerprint, places


def days(periods: pl.Series) -> pl.DataFrame:
    """Distinct periods → `period`, `first_day`, `last_day`; both null where a text is none, or its days do not exist.

    A year beyond those that Python knows (1 to 9999) does not exist.
    """
    macros = _macros()
    start, end = (f"try({macro('period')})" for macro in (macros.period_start, macros.period_end))
    days_of = f"select period, {macros.is_period('period')} as fits, {start} as first_day, {end} as last_day from given"
    exist = "fits and date '0001-01-01' <= first_day and first_day <= last_day and last_day <= date '9999-12-31'"
    only = ", ".join(f"case when {exist} then {day} end as {day}" for day in ("first_day", "last_day"))
    return _asked(f"select period, {only} from ({days_of})", periods.alias("period").to_frame())


def may_be_negative(figures: pl.DataFrame) -> pl.DataFrame:
    """Distinct `unit` and `figure` → the same with `may_be_negative`, true where no figure is named."""
    allowed = _macros().may_be_negative("unit", "figure")
    return _asked(f"select unit, figure, coalesce({allowed}, true) as may_be_negative from given", figures)


def _asked(sql: str, given: pl.DataFrame) -> pl.DataFrame:
    # Most deliveries are no statistics, and need none of its memory.
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("given", given)
        return connection.sql(sql).pl()


@cache
def _macros() -> Any:
    text = "".join((places.PROJECT / path).read_text("utf-8") for path in fingerprint.JUDGING_MACROS)
    return jinja2.Environment(autoescape=False).from_string(text).module
