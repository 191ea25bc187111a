"""The one-way rule: raw → readers → landing → expectations → dbt → release → dashboard; nobody looks back."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent

# room → what it may not import, as module prefixes
FORBIDDEN = {
    "dashboard": (
        "dbt",
        "great_expectations",
        "expectations",
        "stadtlabor.readers",
        "stadtlabor.build",
        "stadtlabor.making",
        "stadtlabor.intake",
        "stadtlabor.transform",
    ),
    "dashboard/views": ("duckdb", "altair", "dashboard.charts.marks"),
    "dashboard/charts": ("duckdb", "streamlit", "dashboard.views", "dashboard.release"),
    "dashboard/planner": (
        "duckdb",
        "streamlit",
        "altair",
        "dashboard.release",
        "dashboard.charts",
        "dashboard.views",
        "dashboard.texts",
    ),
    "expectations": (
        "dbt",
        "dashboard",
        "streamlit",
        "stadtlabor.transform",
        "stadtlabor.build",
        "stadtlabor.making",
    ),
    "stadtlabor/readers": (
        "dbt",
        "great_expectations",
        "expectations",
        "dashboard",
        "streamlit",
        "stadtlabor.build",
    ),
    # scipy.stats takes over a second to load; the quantiles of the standard library do.
    "stadtlabor": ("streamlit", "altair", "scipy.stats"),
}
# A view asks `dashboard.release`; it does not speak SQL itself.
SQL = re.compile(r"\b(select\s.+\sfrom|insert\s+into|create\s+(table|view))\b", re.IGNORECASE | re.DOTALL)


def modules(room: str) -> list[Path]:
    return sorted((PROJECT / room).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def looks_back(names: set[str], forbidden: tuple[str, ...]) -> set[str]:
    return {name for name in names for prefix in forbidden if name == prefix or name.startswith(prefix + ".")}


@pytest.mark.parametrize("room", FORBIDDEN)
def test_no_room_imports_what_lies_behind_it(room):
    files = modules(room)
    assert files, f"{room} is empty"

    found = {path.relative_to(PROJECT).as_posix(): looks_back(imported(path), FORBIDDEN[room]) for path in files}

    assert {path: names for path, names in found.items() if names} == {}


def test_the_rule_would_notice_an_import(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("from stadtlabor.readers import registry\nimport duckdb as d\n", "utf-8")

    assert looks_back(imported(bad), FORBIDDEN["dashboard"]) == {
        "stadtlabor.readers",
        "stadtlabor.readers.registry",
    }
    assert looks_back(imported(bad), FORBIDDEN["dashboard/views"]) == {"duckdb"}


def test_views_speak_no_sql():
    texts = {
        path.name: node.value
        for path in modules("dashboard/views")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    }

    assert texts == {}
    assert SQL.search("select a from b")


def test_a_build_with_nothing_to_do_imports_neither_dbt_nor_great_expectations():
    """Measured on the modules themselves: the lazy imports are what keeps an unchanged build under a second."""
    script = (
        "import sys, stadtlabor.cli, stadtlabor.build\n"
        "heavy = {'dbt', 'great_expectations', 'pandas', 'polars', 'duckdb', 'streamlit', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "[]"
