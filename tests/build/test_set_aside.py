"""What a model or a check of the results fails over is set aside by delivery, and everything else is published."""

import re
import shutil
from dataclasses import dataclass, replace
from types import SimpleNamespace

import duckdb
import pytest

from stadtlabor.base import places
from stadtlabor.base.errors import BuildError, DeliveryError
from stadtlabor.base.progress import Progress
from stadtlabor.build import blame, compute, finish, last_look, transform
from stadtlabor.build.ingest import ingest, set_aside
from stadtlabor.build.inputs import gather
from stadtlabor.build.run import run_build
from stadtlabor.build.transform import Failed
from tests.conftest import figures

FAULT = DeliveryError("computing with it fails a check", rule="not_computable")


@dataclass(frozen=True)
class Delivered:
    """A delivery as blame knows it: by name."""

    name: str
    serving: bool = True
    is_new: bool = False

    @property
    def delivery(self) -> SimpleNamespace:
        return SimpleNamespace(name=self.name)


@pytest.mark.parametrize(
    ("guilty", "expected"),
    [
        ([{"a"}], ["a"]),
        ([{"e"}], ["e"]),
        ([{"b"}, {"d"}], ["b", "d"]),
        # Two that do by themselves and not together: what came later goes.
        ([{"a", "d"}], ["d"]),
        # It fails whoever takes part, or nothing that is delivered decides: no delivery's fault.
        ([set()], []),
        ([{"nobody"}], []),
    ],
)
def test_where_no_row_names_a_delivery_halving_finds_it(monkeypatch, guilty, expected):
    monkeypatch.setattr(blame, "_kind", lambda one: "statistics" if one.name == "official" else "events")
    failed = Failed("a_model", "a_model", "models/core/events/core_events.yml", "", "")

    def fails(some, _):
        return any(one <= {delivery.name for delivery in some} for one in guilty)

    found = blame._by_trial(failed, [Delivered(name) for name in ("official", *"abcde")], fails)

    assert [one.name for one in found] == expected


CHECKS = re.findall(
    r"^\| ([a-z_]+) \| ([a-z_0-9, ]+) \|", (places.PROJECT / "docs" / "model_tests.md").read_text("utf-8"), re.M
)


@pytest.mark.parametrize("guilty", ["statistics", "calendar", "survey", "bookings", "events", "journal"])
def test_each_model_test_that_a_delivery_of_any_kind_fails_sets_that_one_aside(monkeypatch, guilty):
    monkeypatch.setattr(blame, "_kind", lambda one: one.name.partition("-")[0])
    kinds = ("statistics", "calendar", "survey", "bookings", "events", "journal")
    serving = [Delivered(f"{kind}-{number}") for kind in kinds for number in (1, 2, 3)]
    assert len(CHECKS) > 150

    for name, model in CHECKS:
        failed = Failed(name, model, "models/x.yml", "", "")
        found = blame.concerned([failed], serving, None, None, lambda some, _: f"{guilty}-2" in {s.name for s in some})
        assert found == {f"{guilty}-2": failed}, name


def test_of_old_and_new_deliveries_the_new_one_is_concerned():
    old, new = Delivered("old"), Delivered("new", is_new=True)

    assert blame._newest([old, new]) == [new]
    assert blame._newest([old]) == [old]


@pytest.mark.parametrize(
    ("path", "model", "kind"),
    [
        ("models/core/survey/core_survey.yml", "core__survey_codes", "survey"),
        ("models/release/bookings/release_bookings.yml", "spaces", "bookings"),
        ("tests/singular/x.sql", "core__published_cells, core__space_days", "bookings"),
        ("models/core/events/core_events.yml", "core__events", "events"),
        ("models/release/journal/release_journal.yml", "learnings", "journal"),
        ("models/release/release.yml", "indicator_values", None),
    ],
)
def test_a_check_tells_of_which_kind_of_delivery_it_is(path, model, kind):
    assert blame.kind_of(Failed("x", model, path, "", "")) == kind


def taken(network):
    inputs = gather(network.raw, network.warehouse)
    return ingest(inputs, network.warehouse, Progress())


def test_what_served_before_serves_again_and_all_rows_are_accounted_for(network):
    network.deliver("zahlen", {"f.csv": figures({"value": "1"})})
    [first] = taken(network)
    network.deliver("zahlen", {"f.csv": figures({"value": "2"}, {"value": "3", "source_figure": "B"})})
    [second] = taken(network)

    aside = set_aside(network.warehouse, second, FAULT, Progress())
    summary = aside.newest.summary

    assert aside.state == "refused_previous_kept"
    assert aside.serving.folder == first.serving.folder
    assert summary["delivered_rows"] == summary["quarantined_rows"] == aside.newest.quarantine().height == 2
    assert "failed a check of the results" in summary["published"]["en"]
    # It is tried again, and what serves meanwhile is not forgotten.
    [again] = taken(network)
    assert again.serving.folder == second.serving.folder
    assert set_aside(network.warehouse, again, FAULT, Progress()).serving.folder == first.serving.folder


def test_without_a_state_before_it_the_delivery_is_refused(network):
    network.deliver("zahlen", {"f.csv": figures()})
    [one] = taken(network)

    aside = set_aside(network.warehouse, one, FAULT, Progress())

    assert (aside.state, aside.serving) == ("refused", None)
    assert set_aside(network.warehouse, replace(aside), FAULT, Progress()) == aside


def attacked(network, tmp_path, monkeypatch, sentence, whose):
    """What goes into a release whose attack finds the sentence while the delivery `whose` serves."""
    landed = []

    def land(some, _, path, __):
        landed.append({blame.id_of(one) for one in some if one.serving is not None})
        with duckdb.connect(str(path)) as connection:
            connection.execute("create schema landing; create schema core")
            connection.execute("create table landing.spaces as select 'haus' as space_id, 'verraet' as delivery_id")
            connection.execute("create table core.core__events as select 'fest-1' as event_id, 'feste' as delivery_id")

    def attack(*_):
        if whose in landed[-1]:
            raise last_look.GivenAwayError({"hidden numbers of a space": [sentence]})

    monkeypatch.setattr(compute, "land", land)
    monkeypatch.setattr(finish, "transform", lambda *_: (SimpleNamespace(ok=True), None))
    monkeypatch.setattr(last_look, "attack", attack)
    inputs = SimpleNamespace(towns=[], code_hash="")
    return compute.compute(taken(network), inputs, network.warehouse, tmp_path, None, Progress())[0]


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [("haus: day 2022-09-05 follows", "verraet"), ("fest-1: attended", "feste"), ("recoverable: gut · t · a", "gut")],
)
def test_what_the_attack_finds_sets_its_delivery_aside_alone(network, tmp_path, monkeypatch, sentence, whose):
    names = ("gut", "verraet", "feste")
    for name in names:
        network.deliver(name, {"f.csv": figures()})

    made = attacked(network, tmp_path, monkeypatch, sentence, whose)

    assert {one.delivery.name: one.state for one in made} == dict.fromkeys(names, "accepted") | {whose: "refused"}
    (refusal,) = [one.refusal for one in made if one.refusal]
    assert f"gives hidden numbers of a space away ({sentence})" in refusal
    assert "--new-series" in refusal


def test_where_it_names_no_delivery_the_last_release_stays(network, tmp_path, monkeypatch):
    network.deliver("gut", {"f.csv": figures()})

    with pytest.raises(BuildError, match="the last one stays up. the groups differ"):
        attacked(network, tmp_path, monkeypatch, "the groups differ", "gut")


GOOD = ("official-figures", "dippoldiswalde-buergerbefragung-2023", "moelln-themenwoche-2022", "bericht-labortagebuch")
BAD = ("oestrich-winkel-nutzerbefragung-2022", "diessen-buchungen-2022", "wittenberge-veranstaltungen-2022")
PLANTED = {
    # A delivery's own id; the id of its space; no id at all, and a model that breaks down over one of its rows.
    "tests/singular/planted_survey.sql": "select * from {{ ref('survey_cells') }} where survey_id like 'oestrich%'",
    "tests/singular/planted_space.sql": "select space_id, day from {{ ref('space_days') }}",
    "models/staging/events/planted_events.sql": "{{ config(materialized='table') }} select case when delivery_id like "
    "'wittenberge%' then cast('x' || status as integer) end as n from {{ ref('stg_landing__events') }}",
}  # fmt: skip


def test_a_failure_in_a_check_or_a_model_sets_its_delivery_aside_alone(tmp_path, monkeypatch):
    for name in (*GOOD, *BAD):
        shutil.copytree(places.PROJECT / "raw" / name, tmp_path / "raw" / name)
    shutil.copy(places.PROJECT / "raw" / "towns.csv", tmp_path / "raw" / "towns.csv")
    shutil.copytree(places.PROJECT / "dbt", tmp_path / "dbt", ignore=shutil.ignore_patterns("target", "logs"))
    (tmp_path / "stadtlabor").symlink_to(places.PROJECT / "stadtlabor")
    for path, sql in PLANTED.items():
        (tmp_path / "dbt" / path).write_text(sql, "utf-8")
    monkeypatch.setattr(transform, "DBT_PROJECT", tmp_path / "dbt")

    built = run_build(tmp_path / "raw", tmp_path / "warehouse", Progress())

    assert {refused.split(":")[0] for refused in built.refused} == set(BAD)
    assert all("computing with it fails the " in refused for refused in built.refused)
    with duckdb.connect(str(built.release.folder / "release.duckdb"), read_only=True) as connection:
        states = dict(connection.execute("select delivery_id, state from deliveries").fetchall())
        surveys = connection.execute("select survey_id from surveys").fetchall()
    assert states == dict.fromkeys(GOOD, "accepted") | dict.fromkeys(BAD, "refused")
    assert surveys == [("dippoldiswalde-buergerbefragung-2023",)]
