"""INKAR, full CSV and web table."""

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.readers.statistics import inkar, inkar_web

FULL = (
    "Bereich;ID;Kuerzel;Indikator;Raumbezug;Kennziffer;Name;Zeitbezug;Wert\n"
    "Arbeitsmarkt;12;q_alo;Arbeitslosenquote;Kreise;01001;Flensburg;2017;8,9\n"
    "Arbeitsmarkt;12;q_alo;Arbeitslosenquote;Kreisregionen;01001;Flensburg;2017;8,8\n"
    "Arbeitsmarkt;13;q_alo;Arbeitslosenquote Frauen;Gemeindeverbände;010535323;Mölln;2017;7,9\n"
    "Arbeitsmarkt;13;q_alo;Arbeitslosenquote Frauen;Bund;0;Deutschland;2017;5,5\n"
)
WEB = (
    "Kennziffer;Raumeinheit;Aggregat;Einwohnerdichte;Wohnfläche;Wohnfläche\n"
    ";;;2017;2016;2017\n"
    '"01001";"Flensburg, Stadt";"krsfr. Stadt";"1.560";"44,1";"44,3"\n'
    '"12070424";"Wittenberge";"Gemeinde";"343";"-";"-47,9"\n'
)


def test_the_key_is_the_numeric_id_not_the_ambiguous_short_name(deliver):
    rows = inkar.READER.read(deliver(FULL)).tables["figures"].to_dicts()

    shown = [(row["source_figure"], row["source_figure_label"], row["region_key"], row["value"]) for row in rows]
    assert shown == [
        ("12", "Arbeitslosenquote", "01001", "8.9"),
        ("12", "Arbeitslosenquote", "01001", "8.8"),
        ("13", "Arbeitslosenquote Frauen", "010535323", "7.9"),
        ("13", "Arbeitslosenquote Frauen", "DG", "5.5"),
    ]


def test_regions_of_analysis_are_told_from_kreise_with_the_same_number(deliver):
    rows = inkar.READER.read(deliver(FULL)).tables["figures"].to_dicts()

    assert [row["attributes"] for row in rows[:2]] == ["{}", '{"Raumbezug": "Kreisregionen"}']


def test_a_missing_value_and_a_ragged_record_are_not_lost(deliver):
    result = inkar.READER.read(deliver(FULL + "A;1;k;I;Kreise;01002;Kiel;2017;\nA;1;k;I\n"))

    assert result.tables["figures"].to_dicts()[-1]["value_text"] == ""
    assert [(reject.line, reject.reason) for reject in result.rejects] == [(7, "wrong_number_of_fields")]
    assert result.facts.delivered == 6


def test_the_whole_download_of_2025_with_mark_quotes_and_spans_of_years(deliver):
    """INKAR 2025 as its 6.6 GB file has it: byte order mark, CRLF, long decimals, periods over several years."""
    text = "\ufeff" + FULL.replace("2017;8,9", "2015-2017;8,900000000000001").replace("Arbeitsmarkt", '"Arbeit; Markt"')

    result = inkar.READER.read(deliver(text.replace("\n", "\r\n")))
    rows = result.tables["figures"].to_dicts()

    assert (rows[0]["period"], rows[0]["value"], rows[0]["line"]) == ("2015/2017", "8.900000000000001", "2")
    assert len(rows) == result.facts.delivered == 4
    assert inkar.READER.recognise(deliver(text)).confidence > 0.9


def test_two_columns_of_values_are_not_chosen_between(deliver):
    with pytest.raises(DeliveryError, match="more than one column could be the wert"):
        inkar.READER.read(deliver(FULL.replace("Bereich", "Wert", 1)))


def test_the_web_table_has_its_years_in_the_second_line(deliver):
    result = inkar_web.READER.read(deliver(WEB))
    rows = result.tables["figures"].to_dicts()

    assert [(row["region_key"], row["source_figure"], row["period"], row["value"]) for row in rows] == [
        ("01001", "Einwohnerdichte", "2017", "1560"),
        ("12070424", "Einwohnerdichte", "2017", "343"),
        ("01001", "Wohnfläche", "2016", "44.1"),
        ("12070424", "Wohnfläche", "2016", None),
        ("01001", "Wohnfläche", "2017", "44.3"),
        ("12070424", "Wohnfläche", "2017", "-47.9"),
    ]
    assert result.facts.delivered == 6
    assert {row["line"] for row in rows} == {"3", "4"}


def test_a_web_table_without_years_takes_the_manifest_s_period(deliver, manifest_of):
    file = deliver("Kennziffer;Raumeinheit;Aggregat;Dichte\n01001;Flensburg;Stadt;1.560\n")

    result = inkar_web.READER.read(file, manifest_of(period={"from": "2017-01-01", "to": "2017-12-31"}))

    assert result.tables["figures"]["period"].to_list() == ["2017"]
