"""Deliveries checked together come out as each does alone: rows, reasons, details, checks, refusals."""

import dataclasses

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from expectations import batch, gate
from stadtlabor.readers import landing_tables
from stadtlabor.values.stated import Period
from tests.expectations.rows import context, frame, good

YEARS = [None, *(Period.model_validate({"from": f"{year}-01-01", "to": f"{year}-12-31"}) for year in (2021, 2022))]
CONTRADICTION = [{"source_figure": "births", "value": "1"}, {"source_figure": "births", "value": "2"}]
WITHOUT_KEY = dict.fromkeys(["region_key", "source_figure", "figure", "attributes", "period", "unit"])
FOREIGN = {"region_key": "09999999"}

# rows beside the good ones, the format, which year the manifest states
DELIVERIES = [
    ([], "genesis-table", 0),
    # The same record as in the delivery before: a key has to be unique within a delivery only.
    ([{"value": "7"}], "genesis-table", 2),
    ([*CONTRADICTION, {"source_figure": "births", "value": "1"}], "genesis-table", 0),
    ([{"period": "2021"}, {"period": "2022"}, {"unit": None}], "genesis-table", 1),
    ([WITHOUT_KEY, WITHOUT_KEY], "genesis-table", 2),
    ([{"region_key": "1053090"}, {"value": "x"}, {"region_label": "=1+1", "sign": "?"}], "figures", 2),
    ([FOREIGN | {"source_figure": f"f{number}"} for number in range(30)], "figures", 0),
]


def asked():
    told = [
        ({"figures": frame("figures", [*good("figures", 10), *rows])}, context(format=form, period=YEARS[year]))
        for rows, form, year in DELIVERIES
    ]
    nobody = frame("figures", [FOREIGN | row for row in good("figures", 5)])
    empty = landing_tables.empty("figures")
    return [
        *told,
        ({"figures": nobody}, context(format="figures")),
        ({"figures": empty}, context()),
        ({"figures": frame("figures", [{}]), "peer_bands": frame("peer_bands", [{}, {"p30": "1"}])}, context()),
    ]


@pytest.mark.parametrize("least_rows", [0, 10_000], ids=["by value", "by row"])
def test_deliveries_checked_together_come_out_as_each_does_alone(monkeypatch, least_rows):
    alone = [gate.run("statistics", *one) for one in asked()]
    monkeypatch.setattr(batch, "LEAST_ROWS", least_rows)
    monkeypatch.setattr(batch, "ROWS_PER_VALUE", 1)

    together = gate.run_all("statistics", asked())

    for one, other in zip(together, alone, strict=True):
        assert_frame_equal(one.quarantine, other.quarantine)
        for name, rows in one.accepted.items():
            assert_frame_equal(rows, other.accepted[name])
        ours, theirs = (dataclasses.asdict(each) for each in (one, other))
        for name in ("checks", "refused", "refused_de", "published"):
            assert ours[name] == theirs[name]
    # It would say nothing if nothing were wrong with them.
    assert [one.quarantine.height for one in together] == [0, 0, 3, 13, 2, 3, 40, 5, 0, 3]
    assert [number for number, one in enumerate(together) if one.refused] == [3, 6, 7, 8, 9]


def test_a_survey_is_judged_by_its_own_responses():
    """An answer's response stands in its own delivery, whatever another one delivers."""
    answers = {"responses": frame("responses", [{}]), "answers": frame("answers", [{}])}
    others = {"responses": frame("responses", [{"response_key": "bb02"}]), "answers": frame("answers", [{}])}

    own, missing = gate.run_all("survey", [(answers, context(format="sosci")), (others, context(format="sosci"))])

    assert own.quarantine.is_empty()
    assert missing.quarantine["reason"].to_list() == ["answer_without_response"]
    assert isinstance(missing.accepted["answers"], pl.DataFrame)
    assert missing.accepted["answers"].is_empty()
