"""The statistics macros, rendered as dbt renders them and run in DuckDB."""

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from stadtlabor.disclosure.policy import POLICY, Policy

MACROS = Path(__file__).parents[2] / "dbt" / "macros" / "statistics"


@cache
def _source() -> str:
    return "".join(path.read_text("utf-8") for path in sorted(MACROS.glob("*.sql")))


def render(expression: str, policy: Policy = POLICY) -> str:
    """The SQL of an expression that calls the macros."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    environment.globals["var"] = asdict(policy).__getitem__
    return environment.from_string(_source() + "{{ " + expression + " }}").render().strip()


def query(sql: str, *expressions: str) -> list[tuple[Any, ...]]:
    """Run a query in which `{0}`, `{1}` … stand for rendered expressions."""
    with duckdb.connect() as connection:
        return connection.execute(sql.format(*map(render, expressions))).fetchall()
