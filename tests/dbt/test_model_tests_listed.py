"""docs/model_tests.md says of every data test of the models what finds its failure before."""

import re

from ruamel.yaml import YAML

from expectations.suites import load
from stadtlabor.base import places

DBT = places.PROJECT / "dbt"
DOC = (places.PROJECT / "docs" / "model_tests.md").read_text("utf-8")
KINDS = ("statistics", "calendar", "survey", "bookings", "events", "journal")


def named(node: object) -> set[str]:
    """The names of all data tests in a properties file."""
    if isinstance(node, list):
        return {name for one in node for name in named(one)}
    if not isinstance(node, dict):
        return set()
    own = {test["name"] for one in node.get("data_tests", []) for test in one.values() if isinstance(test, dict)}
    return own | {name for part in node.values() for name in named(part)}


def test_every_data_test_is_listed_and_no_other():
    files = [path for folder in ("models", "seeds") for path in (DBT / folder).rglob("*.yml")]
    tests = {name for path in files for name in named(YAML(typ="safe").load(path.read_text("utf-8")))}
    tests |= {path.stem for path in (DBT / "tests" / "singular").glob("*.sql")}

    assert set(re.findall(r"^\| ([a-z_]+) \| [a-z]", DOC, re.MULTILINE)) - {"test"} == tests
    assert len(tests) > 150


def test_the_rules_of_the_gate_it_names_are_there():
    rules = {rule.id for kind in KINDS for rules in load(kind).tables.values() for rule in rules}
    stated = {rule for line in re.findall(r"gate ([^|;]+)", DOC) for rule in re.findall(r"`([a-z_]+)`", line)}

    assert stated - rules == set()
    assert len(stated) > 40
