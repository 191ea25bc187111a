"""The report's statements: what each verdict rests on, and that other figures give other verdicts."""

import pytest

from tests.dbt import building
from tests.dbt.building import figure

TOWNS = [
    {"town_id": "diessen", "ags": "09181114", "land": "Bayern", "slot": 1},
    {"town_id": "dippoldiswalde", "ags": "14628060", "land": "Sachsen", "slot": 2},
    {"town_id": "moelln", "ags": "01053090", "land": "Schleswig-Holstein", "slot": 3},
    {"town_id": "oestrich-winkel", "ags": "06439012", "land": "Hessen", "slot": 4},
    {"town_id": "wittenberge", "ags": "12070424", "land": "Brandenburg", "slot": 5},
]
AGS = [town["ags"] for town in TOWNS]


def verdicts(built):
    return dict(built.rows("select statement_id, verdict from statements order by position"))


def of_all(name, values, period="2020-12-31"):
    """One figure for the five towns in their order; None leaves a town out."""
    given = zip(AGS, values, strict=True)
    return [figure(name, value, period, region_key=ags) for ags, value in given if value is not None]


def test_every_statement_has_a_verdict_and_a_reason(network):
    rows = network.rows("select statement_id, verdict, note_de, note_en from statements order by position")

    assert [row[0] for row in rows] == [f"S{number:02}" for number in range(1, 33)]
    assert all(note_de and note_en for _, _, note_de, note_en in rows)


def test_the_official_figures_decide_s24_to_s30(network):
    found = verdicts(network)

    assert {key: found[key] for key in sorted(found) if "S24" <= key <= "S30"} == {
        "S24": "agrees",
        "S25": "not_computable",
        "S26": "not_computable",
        "S27": "not_computable",
        "S28": "differs",
        "S29": "agrees",
        "S30": "agrees",
    }
    assert {found[key] for key in found if key < "S24" or key > "S30"} == {"not_computable"}


def test_s24_rests_on_the_revenue_of_all_five_towns(network):
    rows = network.rows(
        "select town_id, round(value) from statement_evidence where statement_id = 'S24' order by value desc"
    )

    assert rows == [
        ("diessen", 1003), ("oestrich-winkel", 931), ("moelln", 675), ("dippoldiswalde", 588), ("wittenberge", 465),
    ]  # fmt: skip


def test_s27_shows_the_estimate_without_deciding_by_it(network):
    assert network.rows(
        "select s.verdict, e.indicator_id, round(e.value, 1) from statements s "
        "join statement_evidence e using (statement_id) where statement_id = 'S27'"
    ) == [("not_computable", "unemployment_rate_estimate", 5.3)]


def test_s28_says_that_the_bases_differ(network):
    ((note_de, note_en),) = network.rows("select note_de, note_en from statements where statement_id = 'S28'")

    assert "Grundlagen sind verschieden" in note_de
    assert "bases differ" in note_en


@pytest.fixture(scope="module")
def another_world(tmp_path_factory):
    """Figures under which the statements come out the other way."""
    taxes = ("property_tax_a_revenue_eur", "property_tax_b_revenue_eur", "income_tax_share_eur",
             "value_added_tax_share_eur")  # fmt: skip
    figures = [
        *of_all("population", [1000] * 5),
        # Dippoldiswalde, not Dießen, has the highest revenue (S24 differs).
        *of_all("trade_tax_net_revenue_eur", [300, 400, 200, 150, 100], "2020"),
        *(row for tax in taxes for row in of_all(tax, [0] * 5, "2020")),
        # Oestrich-Winkel highest, Dießen 93.9 per 1,000 (S25 agrees).
        *of_all("marginally_employed_at_residence", [93.9, 50, 50, 110, 50], "2020-06-30"),
        # Dießen highest, but 80 % (S26 differs).
        *of_all("employees_at_workplace", [100] * 5, "2020-06-30"),
        *of_all("employees_at_workplace_services", [80, 70, 60, 50, 40], "2020-06-30"),
        # 30 % (S28 agrees).
        *of_all("out_commuters", [33] * 5, "2020-06-30"),
        *of_all("employees_at_residence", [110, 110, 110, 93, 110], "2020-06-30"),
        # Mölln's area is missing, so there is no order (S29 not computable).
        *of_all("area_km2", [1, 100, None, 1, 1]),
        # Oestrich-Winkel's balance is positive (S30 differs).
        *of_all("in_commuters", [20, 20, 20, 40, 20], "2020-06-30"),
    ]
    built = building.build(tmp_path_factory.mktemp("ledger"), towns=TOWNS, figures=figures)
    assert built.result.ok, built.result.failures
    return built


@pytest.mark.parametrize(
    ("statement_id", "verdict"),
    [
        ("S24", "differs"),
        ("S25", "agrees"),
        ("S26", "differs"),
        ("S27", "not_computable"),
        ("S28", "agrees"),
        ("S29", "not_computable"),
        ("S30", "differs"),
    ],
)
def test_other_figures_give_other_verdicts(another_world, statement_id, verdict):
    assert verdicts(another_world)[statement_id] == verdict


def test_a_statement_about_a_town_outside_the_network_stays_in_the_ledger(tmp_path):
    built = building.build(tmp_path, towns=[TOWNS[2]], figures=[figure("population", 5000)])

    assert built.result.ok, built.result.failures
    assert len(verdicts(built)) == 32
    assert verdicts(built)["S29"] == "not_computable"
