"""The numbers that methods and report name, from the figures raw/ ships."""

import pytest

TOWNS = ("wittenberge", "diessen", "dippoldiswalde", "moelln", "oestrich-winkel")


@pytest.mark.parametrize(
    ("indicator_id", "expected"),
    [
        ("out_commuter_share", (47.2, 75.1, 61.0, 59.3, 84.5)),
        ("commuter_balance", (11.0, -69.3, -2.1, 1.9, -141.1)),
    ],
)
def test_commuters_of_30_june_2015(network, indicator_id, expected):
    found = [network.value(indicator_id, "2015-06-30", town)[0] for town in TOWNS]

    assert [round(value, 1) for value in found] == list(expected)


def test_more_people_leave_oestrich_winkel_for_work_than_come(network):
    assert network.value("commuter_balance_count", "2015-06-30", "oestrich-winkel") == (-2478, "")


def test_working_here_and_living_here_differ_by_up_to_five_persons(network):
    found = network.rows(
        "select a.numerator - b.numerator - (a.denominator - b.denominator) from indicator_values a "
        "join indicator_values b using (town_id, period) "
        "where a.indicator_id = 'in_commuter_share' and b.indicator_id = 'out_commuter_share'"
    )

    assert len(found) == 5
    assert all(abs(difference) <= 5 for (difference,) in found)
    assert any(difference != 0 for (difference,) in found), "then an equality test would do"


def test_dippoldiswalde_grows_by_a_merger_and_every_series_says_so(network):
    rows = {
        period: (value, is_break, note)
        for period, value, is_break, note in network.rows(
            "select period, value, is_break_before, break_note_de from indicator_values "
            "where indicator_id = 'population' and town_id = 'dippoldiswalde'"
        )
    }

    assert (rows["2013-12-31"][0], rows["2014-12-31"][0]) == (10_023, 14_390)
    assert [period for period, (_, is_break, _) in sorted(rows.items()) if is_break] == [
        "2011-12-31", "2014-12-31", "2017-12-31", "2024-12-31",
    ]  # fmt: skip
    assert "Schmiedeberg" in rows["2014-12-31"][2]
    assert network.value("population_change", "2014-12-31", "dippoldiswalde") == (None, "x")
    assert network.value("population_change", "2014-12-31", "moelln")[1] == ""


def test_what_inkar_counts_on_todays_territory_is_not_divided_by_the_population_before_the_merger(network):
    for indicator_id, before, after in (
        ("working_age_share", "2013-12-31", "2014-12-31"), ("unemployed_per_1000", "2013", "2014"),
    ):  # fmt: skip
        assert network.value(indicator_id, before, "dippoldiswalde") == (None, ".")
        assert network.value(indicator_id, before, "moelln")[0] > 0
        assert network.value(indicator_id, after, "dippoldiswalde")[0] > 0


def test_no_other_town_breaks_in_2014(network):
    assert network.rows(
        "select distinct town_id from indicator_values where is_break_before and period = '2014-12-31'"
    ) == [("dippoldiswalde",)]


def test_the_official_population_is_shown_and_not_the_reports_round_one(network):
    assert network.value("population", "2022-12-31", "dippoldiswalde") == (14_161, "")
    assert network.rows("select population, population_date::text, area_km2 from towns where town_id = 'moelln'") == [
        (19_627, "2024-12-31", 25.05)
    ]


def test_unemployed_of_2016_are_related_to_the_end_of_2015(network):
    found = network.rows(
        "select distinct denominator_period from indicator_values "
        "where indicator_id = 'unemployed_per_1000' and period = '2016'"
    )

    assert found == [("2015-12-31",)]


def test_what_no_delivery_has_is_unknown_and_not_zero(network):
    found = network.rows(
        "select indicator_id, count(*), count(value), min(sign), count(period) from indicator_values "
        "where indicator_id in ('tertiary_share', 'marginally_employed_share') group by all order by all"
    )

    assert found == [("marginally_employed_share", 5, 0, ".", 0), ("tertiary_share", 5, 0, ".", 0)]


def test_two_deliveries_of_one_figure_are_both_named(network):
    found = network.rows(
        "select sources from indicator_values where indicator_id = 'out_commuter_share' and town_id = 'moelln'"
    )

    assert found == [("official-figures, regional-tables",)]


def test_nothing_is_left_to_warn_of(network):
    """Row counts are as the seed expects, and the two deliveries agree on every figure."""
    assert [(check["name"], check["status"]) for check in network.result.checks if check["status"] != "pass"] == []
    assert {check["kind"] for check in network.result.checks} == {"data test", "unit test"}


def test_peer_bands_carry_their_group_and_number(network):
    found = network.rows(
        "select peer_group_de, municipality_count, p50 from peer_bands "
        "where peer_group = 'municipalities_5000_to_under_20000' and indicator_id = 'out_commuter_share'"
    )

    assert found == [("Gemeinden mit 5.000 bis unter 20.000 Einwohnern", 2157, pytest.approx(78.569, abs=0.001))]
