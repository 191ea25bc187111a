"""An exception planted in each reader and in each rule of the gate in turn: its delivery is refused alone."""

import datetime as dt
import json

import pytest

from expectations import engine, suites
from stadtlabor.intake import one_delivery
from stadtlabor.intake.one_delivery import State, work_out
from stadtlabor.intake.reading import Reading
from stadtlabor.manifest.delivered import Delivery
from stadtlabor.manifest.source import DeliveredFile, Manifest
from stadtlabor.readers import registry
from stadtlabor.values.stated import Period
from tests.conftest import figures
from tests.expectations.rows import TOWNS, frame

SECRET = "Erika Mustermann, 12.03.1980"
YEAR = Period.model_validate({"from": "2022-01-01", "to": "2022-12-31"})
KINDS = sorted(path.stem for path in suites.FOLDER.glob("*.yml"))


@pytest.fixture
def state_of(tmp_path):
    """A delivery of a kind and format with one file of figures; what its kind needs beside them is left open."""

    def build(name: str, kind: str = "statistics", form: str | None = "figures") -> State:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "f.csv").write_text(figures(), "utf-8")
        (folder / "source.yml").write_text("", "utf-8")
        manifest = Manifest.model_construct(
            id=name, kind=kind, title="T", producer="P", licence="L", received=dt.date(2026, 1, 1),
            files=[DeliveredFile(name="f.csv")], format=form, period=YEAR,
        )  # fmt: skip
        return State(Delivery(folder, manifest, {"f.csv": "0" * 64}), "key", frozenset(), frozenset(TOWNS))

    return build


def crash(*_: object, **__: object) -> None:
    raise ValueError(SECRET)


def refused(outcome) -> bool:
    """Whether an outcome says that the program broke down, and nothing of what was delivered."""
    summary = json.dumps(outcome.summary, ensure_ascii=False)
    return "the program broke down over it (ValueError)" in (outcome.refused or "") and SECRET not in summary


@pytest.mark.parametrize("reader", registry.READERS, ids=lambda reader: reader.name)
def test_a_reader_that_breaks_down_refuses_its_delivery_alone(state_of, tmp_path, monkeypatch, reader):
    monkeypatch.setattr(one_delivery, "rejection_reason", lambda *_: None)
    with monkeypatch.context() as planted:
        planted.setattr(reader, "read", crash, raising=False)
        (outcome,) = work_out([state_of("bricht", reader.kind, reader.name)], tmp_path)

    assert refused(outcome)
    assert "f.csv" in outcome.refused


def test_a_rule_of_the_gate_that_breaks_down_refuses_its_delivery_alone(state_of, tmp_path, monkeypatch):
    monkeypatch.setattr(one_delivery, "rejection_reason", lambda *_: None)
    build, planted = engine._build, []

    def build_or_crash(suite, table, expectation, values):
        return crash() if expectation is planted[-1] else build(suite, table, expectation, values)

    monkeypatch.setattr(engine, "_build", build_or_crash)
    for kind in KINDS:
        for table, rules in suites.load(kind).tables.items():
            for rule in rules:
                planted.append(rule)
                reading = Reading({table: [frame(table, [{}])]}, formats=list(rule.only_formats or ["figures"])[:1])
                monkeypatch.setattr(one_delivery, "read", lambda _, reading=reading: reading)
                assert refused(*work_out([state_of("bricht", kind)], tmp_path)), rule.id
    assert len(planted) > 150
    planted.append(None)
    good = Reading({"figures": [frame("figures", [{}])]}, formats=["figures"])
    monkeypatch.setattr(one_delivery, "read", lambda _: good)

    assert work_out([state_of("gut")], tmp_path)[0].refused is None
