"""Each expectation of the suites, broken once: the row goes to quarantine with its reason, and no other row."""

import json

import pytest

from expectations.remedies import nearest_town
from expectations.suites import load
from stadtlabor.values.stated import Period
from tests.expectations.rows import KINDS, context, delivered, frame, gated, good, heard, named

PERIOD_2022 = Period.model_validate({"from": "2022-01-01", "to": "2022-12-31"})
LONG = "x" * 2001

# table, reason, the cells that break it, what the gate is told of the delivery
BROKEN = [
    ("figures", "region_key_missing", {"region_key": None}, {}),
    ("figures", "region_key_missing", {"region_key": " \t"}, {}),
    ("figures", "region_key_malformed", {"region_key": "6439013"}, {}),
    ("figures", "region_key_malformed", {"region_key": "0643"}, {}),
    ("figures", "region_key_malformed", {"region_key": "17000000"}, {}),
    ("figures", "region_key_malformed", {"region_key": "01053090\n"}, {}),
    ("figures", "region_key_malformed", {"region_key": "01053090.0"}, {}),
    ("figures", "region_key_malformed", {"region_key": "٠١٠٥٣٠٩٠"}, {}),
    ("figures", "leading_zero_lost", {"region_key": "1053090"}, {}),
    ("figures", "unknown_town", {"region_key": "01053091"}, {"format": "figures"}),
    ("figures", "figure_missing", {"source_figure": None}, {}),
    ("figures", "figure_name_malformed", {"figure": "Einwohner"}, {}),
    ("figures", "figure_name_malformed", {"figure": "p" * 64}, {}),
    ("figures", "not_a_number", {"value": "5,3"}, {}),
    ("figures", "not_a_number", {"value": "1e5"}, {}),
    ("figures", "not_a_number", {"value": "nan"}, {}),
    ("figures", "not_a_number", {"value": "12\n"}, {}),
    ("figures", "not_a_number", {"value": "१२"}, {}),
    ("figures", "not_a_number", {"value": "9" * 40}, {}),
    ("figures", "sign_unknown", {"value": None, "sign": "–"}, {}),
    ("figures", "sign_unknown", {"value": None, "sign": "n/a"}, {}),
    ("figures", "neither_number_nor_sign", {"value": None, "sign": None}, {}),
    ("figures", "neither_number_nor_sign", {"value": "", "sign": ""}, {}),
    ("figures", "neither_number_nor_sign", {"value": None, "sign": "()"}, {}),
    ("figures", "number_and_sign", {"value": "3", "sign": "/"}, {}),
    ("figures", "share_out_of_range", {"value": "100.1", "unit": "% of dwellings"}, {}),
    ("figures", "share_out_of_range", {"value": "-1", "unit": "Prozent der Haushalte", "figure": "a_change"}, {}),
    ("figures", "count_negative", {"value": "-1"}, {}),
    ("figures", "factor_malformed", {"unit_factor": "Tsd."}, {}),
    ("figures", "unit_missing", {"unit": None}, {}),
    ("figures", "period_missing", {"period": None}, {}),
    ("figures", "not_a_period", {"period": "2015-02-30"}, {}),
    ("figures", "not_a_period", {"period": "31.12.2015"}, {}),
    ("figures", "not_a_period", {"period": "2019-20"}, {}),
    ("figures", "period_implausible", {"period": "1899"}, {}),
    ("figures", "period_implausible", {"period": "2028"}, {}),
    ("figures", "before_manifest_period", {"period": "2021-12-31"}, {"period": PERIOD_2022}),
    ("figures", "after_manifest_period", {"period": "2023"}, {"period": PERIOD_2022}),
    ("figures", "duplicate_record", {"source_figure": "other_0"}, {}),
    ("figures", "duplicate_record", {"source_figure": "other_0", "value": "19469.0"}, {}),
    ("figures", "source_missing", {"source": None}, {}),
    ("figures", "licence_missing", {"licence": ""}, {}),
    ("figures", "formula_in_text", {"unit": "=cmd|' /C calc'!A0"}, {}),
    ("figures", "formula_in_text", {"source": "\t@SUM(1)"}, {}),
    ("figures", "formula_in_text", {"source_figure": "+1+1"}, {}),
    ("figures", "formula_in_text", {"source_figure_label": "-2+3"}, {}),
    ("figures", "formula_in_text", {"region_label": "＝1+1"}, {}),
    ("figures", "text_damaged", {"region_label": "DieÃ\x9fen am Ammersee"}, {}),
    ("figures", "text_damaged", {"region_label": "DieÃŸen am Ammersee"}, {}),
    ("figures", "text_damaged", {"region_label": "MÃ¶lln"}, {}),
    ("figures", "text_damaged", {"source_figure_label": "FlÃ¤che in kmÂ²"}, {}),
    ("figures", "text_damaged", {"unit": "â‚¬ per mÂ²"}, {}),
    ("figures", "text_damaged", {"source": "Statistisches Bundesamt \ufffd"}, {}),
    ("figures", "text_damaged", {"region_label": "M\0lln"}, {}),
    ("figures", "field_too_long", {"source_figure_label": LONG}, {}),
    ("holidays", "required_field_missing", {"name_de": None}, {}),
    ("holidays", "not_a_date", {"start_date": "25.07.2022"}, {}),
    ("holidays", "not_a_date", {"start_date": "+2022-7-25"}, {}),
    ("holidays", "end_not_a_date", {"end_date": "2022-09-31"}, {}),
    ("holidays", "date_implausible", {"start_date": "2099-01-01", "end_date": "2099-01-02"}, {}),
    ("holidays", "end_before_start", {"end_date": "2022-07-24"}, {}),
    ("holidays", "holiday_too_long", {"end_date": "2022-11-02"}, {}),
    ("holidays", "holiday_type_unknown", {"holiday_type": "Betriebsausflug"}, {}),
    ("holidays", "subdivision_unknown", {"subdivisions": "HE,XX"}, {}),
    ("holidays", "duplicate_record", {"name_de": "other_0", "holiday_id": "another-id"}, {}),
    ("holidays", "formula_in_text", {"name_de": "=1+1"}, {}),
    ("holidays", "text_damaged", {"name_de": "Heilige Drei KÃ¶nige"}, {}),
    ("holidays", "field_too_long", {"comment_de": LONG}, {}),
    ("peer_bands", "required_field_missing", {"tables": None}, {}),
    ("peer_bands", "indicator_id_malformed", {"indicator_id": "Auspendlerquote"}, {}),
    ("peer_bands", "not_a_period", {"period": "irgendwann"}, {}),
    ("peer_bands", "period_implausible", {"period": "2099"}, {}),
    ("peer_bands", "count_malformed", {"municipality_count": "rund 2000"}, {}),
    ("peer_bands", "no_municipality", {"municipality_count": "0"}, {}),
    ("peer_bands", "quantile_missing", {"p50": None}, {}),
    ("peer_bands", "quantile_not_a_number", {"p50": "fünfzig"}, {}),
    ("peer_bands", "quantiles_fall", {"p50": "39.9"}, {}),
    ("peer_bands", "formula_in_text", {"tables": "=1+1"}, {}),
    ("peer_bands", "field_too_long", {"tables": LONG}, {}),
]

# Broken by two rows together; their own tests stand below.
IN_PAIRS = {("figures", "contradictory_values"), ("peer_bands", "contradictory_bands")}


@pytest.mark.parametrize("case", BROKEN, ids=named)
def test_a_row_that_breaks_one_expectation_is_quarantined_for_it_alone(case):
    table, reason, *_ = case
    result = HEARD[KINDS[table]](case)

    assert result.refused is None
    assert result.accepted[table].height == 10
    assert result.quarantine.select("file", "line", "table_name").rows() == [("a.csv", "12", table)]
    assert result.quarantine["reason"].to_list() == [reason]
    assert {check.check_id for check in result.checks if check.outcome == "failed"} == {reason}


def test_every_row_expectation_of_the_suites_is_broken_above():
    expected = {
        (table, expectation.id)
        for kind in set(KINDS.values())
        for table, expectations in load(kind).tables.items()
        for expectation in expectations
        if expectation.severity == "row"
    }

    assert {(table, reason) for table, reason, _, _ in BROKEN} | IN_PAIRS == expected


FINE = [
    ("figures", {"region_key": "DG"}),
    ("figures", {"region_key": "01"}),
    ("figures", {"region_key": "000000000000"}),
    ("figures", {"region_key": "DEF06"}),
    ("figures", {"region_key": "7", "attributes": '{"Raumbezug": "Raumordnungsregionen"}'}),
    ("figures", {"region_key": "031"}),
    ("figures", {"region_key": "03151"}),
    ("figures", {"region_key": "0713101"}),
    ("figures", {"region_key": "031515401"}),
    ("figures", {"region_key": "0713100007"}),
    ("figures", {"region_key": "03151401002"}),
    ("figures", {"region_key": "064390012012"}),
    ("figures", {"value": "-141.1", "unit": "%", "figure": "commuter_balance"}),
    ("figures", {"value": "455", "unit": "Prozent"}),
    ("figures", {"value": "-5", "value_text": "-5", "figure": "tax_eur"}),
    ("figures", {"value": "-5", "value_text": "-5", "figure": "pendlersaldo_ueber_gemeindegrenze"}),
    ("figures", {"value": "-5", "value_text": "-5", "figure": "jahresergebnis_der_gemeinde"}),
    ("figures", {"value": "-5", "value_text": "-5", "figure": "ordentliche_ertraege", "unit": "EUR"}),
    ("figures", {"value": "-5", "value_text": "-5", "figure": "net_trade", "unit": "US-$"}),
    ("figures", {"value": None, "sign": "-", "value_text": "-"}),
    ("figures", {"value": None, "sign": "x"}),
    ("figures", {"value": "12", "sign": "()"}),
    ("figures", {"value": "100", "unit": "% of households, any technology"}),
    ("figures", {"figure": None, "unit": None}),
    ("figures", {"attributes": '{"GES": "GESW"}', "source_figure": "other_0"}),
    ("figures", {"unit": "%", "source_figure": "other_0"}),
    ("figures", {"period": "2023-10P6M"}),
    ("figures", {"period": "2019/20"}),
    ("figures", {"period": "2027-11"}),
    ("figures", {"source_figure": "Männer – unter 3 Jahren", "figure": None}),
    ("figures", {"region_label": "São Tomé, Â-Tal, Ãhnlich, €, ©, \tTab"}),
    ("figures", {"region_label": "\u202eMölln 🏛 \U0001f468\u200d\U0001f469\u200d\U0001f467 Ǆ"}),
    ("holidays", {"subdivisions": None}),
    ("holidays", {"subdivisions": "BW,BY,ST"}),
    ("holidays", {"subdivisions": "BY-AU"}),
    ("holidays", {"start_date": "2022-10-03", "end_date": "2022-10-03"}),
    ("peer_bands", {"p10": "-69.3", "p20": "-69.3"}),
    ("peer_bands", {"municipality_count": "1"}),
]


def made(case):
    table, *_, cells, told = case if len(case) > 2 else (*case, {})
    key = {"source_figure": "population"} if table == "figures" else {}
    return delivered(table, [{**key, **cells}], **told)


HEARD = {
    kind: heard(kind, [case for case in (*BROKEN, *FINE) if KINDS[case[0]] == kind], made) for kind in KINDS.values()
}


@pytest.mark.parametrize("case", FINE, ids=named)
def test_what_official_files_really_contain_passes(case):
    table, _ = case
    result = HEARD[KINDS[table]](case)

    assert result.quarantine["reason"].to_list() == []
    assert result.accepted[table].height == 11


def test_of_identical_records_the_first_stays_and_the_repeats_go():
    result = gated("figures", [{}, {}, {}])

    assert result.quarantine["line"].to_list() == ["13", "14"]
    assert result.quarantine["reason"].unique().to_list() == ["duplicate_record"]


def test_contradictory_values_all_go_since_none_can_be_trusted():
    result = gated("figures", [{"value": "1"}, {"value": "2"}, {"value": "1"}])

    reasons = dict(result.quarantine.select("line", "reason").rows())
    assert reasons == {"12": "contradictory_values", "13": "contradictory_values", "14": "duplicate_record"}


def test_a_number_and_a_sign_for_the_same_figure_contradict_each_other():
    result = gated("figures", [{"value": "1"}, {"value": None, "sign": "."}])

    assert result.quarantine["reason"].to_list() == ["contradictory_values"] * 2


def test_two_bands_for_one_indicator_group_and_period_both_go():
    result = gated("peer_bands", [{"p90": "91"}, {"p90": "92"}])

    assert result.quarantine.select("line", "reason").rows() == [
        ("12", "contradictory_bands"),
        ("13", "contradictory_bands"),
    ]


def test_a_row_with_several_faults_stands_once_with_all_reasons():
    result = gated("figures", [{"region_key": None, "unit": "=1", "source": "=2", "licence": None}])

    (row,) = result.quarantine.iter_rows(named=True)
    assert (row["reason"], row["column_name"]) == ("region_key_missing", "region_key")
    assert row["reason_de"].split("; ") == [
        "Der Regionalschlüssel fehlt.",
        "Die Lizenz fehlt.",
        "Der Text beginnt wie eine Tabellenformel und könnte beim Öffnen ausgeführt werden.",
    ]
    assert row["detail"] == 'region_key = –; licence = –; unit = "=1"; source = "=2"'


@pytest.mark.parametrize(
    ("key", "guess"),
    [
        ("6439012.0", "06439012"),
        ("010535313090", "01053090"),
        ("14628061", "14628060"),
    ],
)
def test_a_wrong_key_comes_with_the_town_it_was_meant_to_be(key, guess):
    result = gated("figures", [{"region_key": key}], format="figures")

    assert result.quarantine["detail"][0].startswith(f'region_key = "{key}" ({guess}?)')


def test_a_key_like_no_town_comes_without_a_guess():
    result = gated("figures", [{"region_key": "16077999"}], format="figures")

    assert result.quarantine["detail"].to_list() == ['region_key = "16077999"']


def test_other_towns_are_welcome_in_official_tables_and_in_mixed_deliveries():
    for formats in ("genesis-table", "figures,genesis-table"):
        assert gated("figures", [{"region_key": "01053091"}], format=formats).quarantine.is_empty()


def test_the_record_stands_beside_its_reason_as_json_without_its_empty_fields():
    result = gated("figures", [{"value": None, "region_label": 'M"ö\\lln "value":null,'}])

    raw = json.loads(result.quarantine["raw"][0])
    assert raw["region_label"] == 'M"ö\\lln "value":null,'
    assert not {"value", "quality"} & set(raw)


def test_a_huge_cell_does_not_reach_the_quarantine_whole():
    result = gated("figures", [{"unit": "=" + "A" * 10_000_000}])

    (row,) = result.quarantine.iter_rows(named=True)
    assert row["reason"] == "formula_in_text"
    assert max(len(row["raw"]), len(row["detail"])) <= 500


def test_accepted_rows_leave_the_gate_unchanged():
    given = frame("figures", [*good("figures", 3), {"sign": "", "quality": " "}])
    from expectations.gate import run

    result = run("statistics", {"figures": given}, context())

    assert result.accepted["figures"].equals(given)


def test_a_lost_leading_zero_weighs_more_than_likeness():
    assert nearest_town(["1053090"], ["11053090", "01053090"]) == {"1053090": "01053090"}
