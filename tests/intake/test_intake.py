"""Reading a delivery of several files: figures mapped, figures missed, regions of other places."""

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.base.fingerprint import FileHashes
from stadtlabor.intake import verdict
from stadtlabor.intake.reading import Reading
from stadtlabor.intake.reading import read as read_delivery
from stadtlabor.manifest import delivered
from stadtlabor.readers import landing_tables

EMPLOYED = "GENESIS-Tabelle: 1\nT;;;\n;;Beschäftigte;Pendlersaldo\n;;Anzahl;Anzahl\n01053090;Mölln;7;-\n"
RESIDENTS = "GENESIS-Tabelle: 2\nT;;;\n;;Einwohner;Haushalte\n;;Anzahl;Anzahl\n01053090;Mölln;19469;9000\n"
FILES = {"employed.csv": EMPLOYED, "residents.csv": RESIDENTS}


def mapped(*entries: str) -> str:
    return "".join(f"\n  - {{{entry}}}" for entry in entries)


def read(network, tmp_path, **manifest: str) -> Reading:
    network.deliver("tables", FILES, **manifest)
    (delivery,) = delivered.find(network.raw, FileHashes(tmp_path / "hashes.json"))
    assert delivery.fault is None
    return read_delivery(delivery)


def test_a_figure_may_stand_in_any_file_and_be_called_differently_in_each(network, tmp_path):
    reading = read(
        network,
        tmp_path,
        figures=mapped(
            "figure: population, source_figure: Einwohner",
            "figure: employed, source_figure: Beschäftigte",
            "figure: employed, source_figure: Haushalte",
        ),
    )

    named = {row["source_figure"]: row["figure"] for row in reading.frames()["figures"].iter_rows(named=True)}
    assert named == {
        "Einwohner": "population",
        "Beschäftigte": "employed",
        "Haushalte": "employed",
        "Pendlersaldo": None,
    }


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("source_figure: Pendler-Saldo", r"no measure 'Pendler-Saldo'.*'balance'.*Did you mean: Pendlersaldo\?"),
        ("source_figure: Einwohner, attributes: {GES: GESW}", r"'Einwohner' has no row with the attributes.*there is"),
        ("source_figure: Xyz", r"no measure 'Xyz'.*There is: Beschäftigte; Pendlersaldo; Einwohner; Haushalte"),
    ],
)
def test_a_mapped_figure_that_no_file_has_refuses_the_delivery(network, tmp_path, entry, said):
    with pytest.raises(DeliveryError, match=rf"tables/source\.yml: .*{said}"):
        read(
            network,
            tmp_path,
            figures=mapped("figure: population, source_figure: Einwohner", f"figure: balance, {entry}"),
        )


def test_a_delivery_without_any_figures_cannot_have_the_mapped_ones(network, tmp_path):
    columns = landing_tables.PEER_BANDS
    bands = ",".join(columns) + "\n" + ",".join(["population", "all", "2015"] + ["7"] * (len(columns) - 3)) + "\n"
    network.deliver("bands", {"bands.csv": bands}, figures=mapped("figure: population, source_figure: Einwohner"))
    (delivery,) = delivered.find(network.raw, FileHashes(tmp_path / "hashes.json"))

    with pytest.raises(DeliveryError, match="no measure 'Einwohner'.*There is: no figures at all"):
        read_delivery(delivery)


def test_a_town_s_long_keys_are_not_counted_among_other_regions(network, tmp_path):
    keys = ("01053090", "010535323090", "0105323090", "06439012", "0105323091")
    table = "GENESIS-Tabelle: 1\nT (Anzahl);;\n;;31.12.2015\n" + "".join(f"{key};X;7\n" for key in keys)
    network.deliver("tables", {"table.csv": table})
    (delivery,) = delivered.find(network.raw, FileHashes(tmp_path / "hashes.json"))

    gated = verdict.gate(delivery, read_delivery(delivery), {"01053090"})

    assert (gated.summary["accepted_rows"], gated.summary["other_region_rows"]) == (5, 2)
