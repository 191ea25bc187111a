"""The manifest's figures: which measure of a file is which of the project's."""

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.readers.statistics.genesis import regional_table

TABLE = (
    "GENESIS-Tabelle: 1\nT;;;;\n;;Beschäftigte;Beschäftigte;Pendlersaldo\n;;Anzahl;Prozent;Anzahl\n"
    "01053090;Mölln;7;50,0;-\n01053091;Mustin;8;40,0;3\n"
)
SEXES = "Tabelle: 2\nEinwohner (Anzahl);;;\n;;Insgesamt;weiblich\n01053090;Mölln;19469;10169\n"


def figures_of(file, manifest):
    rows = regional_table.READER.read(file, manifest).tables["figures"]
    return {(row["source_figure"], row["unit"], row["attributes"]): row["figure"] for row in rows.iter_rows(named=True)}


def test_mapped_measures_get_the_project_s_name_and_the_others_none(deliver, manifest_of):
    manifest = manifest_of(figures=[{"figure": "commuter_balance", "source_figure": "Pendlersaldo"}])

    figures = figures_of(deliver(TABLE), manifest)

    assert figures["Pendlersaldo", "Anzahl", "{}"] == "commuter_balance"
    assert figures["Beschäftigte", "Anzahl", "{}"] is None


def test_attributes_left_out_mean_the_total(deliver, manifest_of):
    manifest = manifest_of(
        figures=[
            {"figure": "population", "source_figure": "Einwohner"},
            {"figure": "population_female", "source_figure": "Einwohner", "attributes": {"heading_1": "weiblich"}},
        ]
    )

    assert figures_of(deliver(SEXES), manifest) == {
        ("Einwohner", "Anzahl", "{}"): "population",
        ("Einwohner", "Anzahl", '{"heading_1": "weiblich"}'): "population_female",
    }


def test_a_measure_in_two_units_needs_the_unit(deliver, manifest_of):
    entry = {"figure": "employees", "source_figure": "Beschäftigte"}

    with pytest.raises(DeliveryError, match=r"in several units: Anzahl, Prozent.*Add 'unit: …'"):
        figures_of(deliver(TABLE), manifest_of(figures=[entry]))
    figures = figures_of(deliver(TABLE), manifest_of(figures=[{**entry, "unit": "Anzahl"}]))
    assert figures["Beschäftigte", "Anzahl", "{}"] == "employees"
    assert figures["Beschäftigte", "Prozent", "{}"] is None


def test_the_unit_is_filled_in_where_the_file_has_none(deliver, manifest_of):
    file = deliver("GENESIS-Tabelle: 3\nT;;\n;;Einkommen\n;;je Kopf\n01053090;Mölln;7\n")
    manifest = manifest_of(figures=[{"figure": "income", "source_figure": "Einkommen | je Kopf", "unit": "Tsd. EUR"}])
    without = file.text.replace("je Kopf", "pro Kopf")

    rows = regional_table.READER.read(deliver(without, "b.csv")).tables["figures"]
    assert rows["unit"].to_list() == [None]

    manifest.figures[0].source_figure = rows["source_figure"][0]
    filled = regional_table.READER.read(deliver(without, "b.csv"), manifest).tables["figures"]
    assert filled.select("unit", "unit_factor", "figure").rows() == [("EUR", "1000", "income")]


def test_a_measure_the_file_does_not_have_is_an_error_with_close_matches(deliver, manifest_of):
    manifest = manifest_of(figures=[{"figure": "balance", "source_figure": "Pendler-Saldo"}])

    with pytest.raises(DeliveryError, match=r"there is no measure 'Pendler-Saldo'.*Did you mean: Pendlersaldo\?"):
        figures_of(deliver(TABLE), manifest)


def test_a_slice_the_measure_does_not_have_is_an_error_with_those_it_has(deliver, manifest_of):
    entry = {"figure": "men", "source_figure": "Einwohner", "attributes": {"heading_1": "mänlich"}}

    with pytest.raises(DeliveryError, match=r'has no row with the attributes.*there is: .*"weiblich"'):
        figures_of(deliver(SEXES), manifest_of(figures=[entry]))


def test_in_a_delivery_of_several_files_a_measure_may_stand_in_another_one(deliver, manifest_of):
    manifest = manifest_of(("table.csv", "b.csv"), figures=[{"figure": "population", "source_figure": "Einwohner"}])

    result = regional_table.READER.read(deliver(TABLE), manifest)

    assert result.facts.unmatched == ["population"]
