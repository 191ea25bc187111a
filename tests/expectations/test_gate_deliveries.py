"""Whole deliveries: refusals, counts, odd frames, and what the gate leaves behind on the machine."""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations import gate, hearing, quarantine
from stadtlabor.base.errors import BuildError
from stadtlabor.base.rejects import Reject
from stadtlabor.readers import landing_tables
from tests.expectations.rows import GOOD, KINDS, TOWNS, context, frame, gated, good

REJECT = ("b.csv", Reject("figures", 7, "value", "not_a_number", "'zwölf'", "01053090;zwölf"))


def outcome(result, check_id):
    return next(check.outcome for check in result.checks if check.check_id == check_id)


def test_a_delivery_without_a_row_is_refused():
    for kind, table in (("statistics", "figures"), ("calendar", "holidays")):
        for tables in ({}, {table: landing_tables.empty(table)}):
            result = gate.run(kind, tables, context())

            assert result.refused.startswith("The delivery holds no readable row. Is the file empty")
            assert result.refused_de.startswith("Die Lieferung enthält keine lesbare Zeile. Ist die Datei leer")
            assert result.quarantine.is_empty()


def test_an_empty_table_beside_a_full_one_is_no_reason_to_refuse():
    tables = {"figures": frame("figures", good("figures", 1)), "peer_bands": landing_tables.empty("peer_bands")}

    assert gate.run("statistics", tables, context()).refused is None


def test_one_row_of_a_town_is_enough():
    result = gate.run("statistics", {"figures": frame("figures", [{}])}, context(format="figures"))

    assert result.refused is None
    assert result.accepted["figures"].height == 1


def test_a_plain_figures_table_without_a_row_of_the_towns_is_refused_row_by_row():
    rows = [{"region_key": "16077001"}, {"region_key": "16077002"}]
    result = gate.run("statistics", {"figures": frame("figures", rows)}, context(format="figures"))

    assert "No row belongs to a town of towns.csv" in result.refused
    assert "In Quarantäne: 2 von 2 Zeilen" in result.refused_de
    assert "a.csv, line 2, region_key" in result.refused
    assert result.accepted["figures"].is_empty()
    assert result.quarantine["reason"].unique().to_list() == ["unknown_town"]


def test_half_of_the_rows_may_be_faulty_but_not_more():
    good_rows, bad_rows = good("figures", 4), [{"period": f"irgendwann {number}"} for number in range(5)]

    at_half = gate.run("statistics", {"figures": frame("figures", [*good_rows, *bad_rows[:4]])}, context())
    beyond = gate.run("statistics", {"figures": frame("figures", [*good_rows, *bad_rows])}, context())

    assert at_half.refused is None
    assert at_half.accepted["figures"].height == 4
    assert "Quarantined: 5 of 9 rows; most often, 5 times: The period cannot be read" in beyond.refused
    assert beyond.accepted["figures"].is_empty()
    assert sorted(beyond.quarantine["reason"].to_list()) == ["delivery_refused"] * 4 + ["not_a_period"] * 5


def test_rejects_of_the_readers_join_the_quarantine_and_count():
    result = gate.run("statistics", {"figures": frame("figures", [{}])}, context(rejects=[REJECT]))

    assert result.quarantine.rows() == [
        (
            "b.csv",
            "7",
            "value",
            "figures",
            "not_a_number",
            "Der Wert ist weder eine Zahl noch ein amtliches Zeichen.",
            "The value is neither a number nor an official sign.",
            "'zwölf'",
            "01053090;zwölf",
        )
    ]
    assert outcome(result, "records_readable") == "failed"


def test_a_delivery_of_rejects_alone_is_refused():
    result = gate.run("statistics", {"figures": landing_tables.empty("figures")}, context(rejects=[REJECT]))

    assert "no readable row" in result.refused
    assert result.quarantine.height == 1


def test_a_reason_of_a_reader_that_has_no_words_is_shown_as_it_is():
    odd = ("b.csv", Reject("figures", 1, "", "an_unheard_of_reason"))
    result = gate.run("statistics", {"figures": frame("figures", [{}])}, context(rejects=[odd]))

    assert result.quarantine["reason_de"].to_list() == ["an_unheard_of_reason"]


@pytest.mark.parametrize("table", GOOD)
def test_a_table_of_nothing_but_nulls_is_refused_and_kept(table):
    empty = dict.fromkeys(landing_tables.TABLES[table])
    given_frame = frame(table, [empty, empty, empty])
    result = gate.run(KINDS[table], {table: given_frame}, context(format="figures"))

    assert result.refused is not None
    assert result.quarantine.height == 3
    assert result.quarantine["raw"].to_list() == ["{}"] * 3


def test_checks_that_do_not_apply_are_said_to_be_skipped():
    result = gated("figures", [])

    assert outcome(result, "unknown_town") == "skipped"
    assert outcome(result, "before_manifest_period") == "skipped"
    assert outcome(result, "region_key_malformed") == "passed"


def test_a_kind_without_a_suite_and_a_table_out_of_place_are_build_errors():
    with pytest.raises(BuildError, match=r"no suite for deliveries of kind 'gossip': .*gossip\.yml"):
        gate.run("gossip", {}, context())
    with pytest.raises(BuildError, match="no expectations for the table 'holidays'"):
        gate.run("statistics", {"holidays": landing_tables.empty("holidays")}, context())
    with pytest.raises(BuildError, match="without the column 'unit'"):
        gate.run("statistics", {"figures": landing_tables.empty("figures").drop("unit")}, context())


def test_a_lost_row_stops_the_build(monkeypatch):
    monkeypatch.setattr(hearing, "_without", lambda frame, held: frame.head(1))

    with pytest.raises(BuildError, match="lost count of 'a-delivery': 10 rows delivered, 1 accepted and 0"):
        gated("figures", [])


CELL = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "-", ".", "01053090", "1053090", "DG", "12", "-1.5", "2015", "2015-02-30", "=1+1"]),
    st.sampled_from(["% of dwellings", "x" * 2001, "population", "SH", "2022-07-25", "NaN", "\x00", "\u202e"]),
    st.text(max_size=8),
)


@pytest.mark.parametrize("table", GOOD)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_delivered_is_accepted_plus_quarantined_row_for_row(table, data):
    good_rows = good(table, data.draw(st.integers(0, 6)))
    bad_rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(landing_tables.TABLES[table], CELL)), max_size=6))
    given_frame = frame(table, [*good_rows, *bad_rows])
    rejects = [REJECT] * data.draw(st.integers(0, 2))
    told = context(format=data.draw(st.sampled_from(["figures", "genesis-table"])), rejects=rejects)

    result = gate.run(KINDS[table], {table: given_frame}, told)

    accepted = result.accepted[table]["line"].to_list()
    held = [line for file, line in result.quarantine.select("file", "line").rows() if file == "a.csv"]
    assert sorted(accepted + held, key=int) == given_frame["line"].to_list()
    assert result.quarantine.height == len(held) + len(rejects)
    assert result.quarantine.schema == quarantine.SCHEMA
    assert result.quarantine["reason_de"].null_count() == result.quarantine["reason_en"].null_count() == 0
    assert result.accepted[table].equals(given_frame.filter(pl.col("line").is_in(accepted)))


QUIET = """
import sys
writing, calling = [], []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        writing.append(str(arguments[0]))
    if event in ("os.mkdir", "tempfile.mkdtemp", "tempfile.mkstemp"):
        writing.append(f"{event} {arguments[0]}")
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        calling.append(str(arguments))
from expectations import gate
assert not {"great_expectations", "pandas"} & set(sys.modules), "importing the gate imports the library"
sys.addaudithook(watch)
from tests.expectations.rows import gated
result = gated("figures", [{"unit": None}, {"value": "nonsense"}])
assert result.quarantine.height == 2
sys.stdout.write(f"{writing} {calling}")
"""


def test_the_gate_is_silent_writes_nothing_and_calls_nobody(tmp_path):
    project = Path(gate.__file__).resolve().parent.parent
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUIET],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (ran.stderr, ran.stdout) == ("", "[] []")
    assert list(tmp_path.rglob("*")) == []


def test_towns_of_another_network_are_told_by_towns_csv_alone():
    rows = frame("figures", [{"region_key": "16077001"}])

    assert gate.run("statistics", {"figures": rows}, context(format="figures")).refused
    told = context(format="figures", town_keys=TOWNS | {"16077001"})
    assert gate.run("statistics", {"figures": rows}, told).refused is None
