"""A new indicator is an entry of the catalogue: no SQL, no Python, and its values are in the release."""

import shutil

from stadtlabor.indicators import catalogue
from tests.dbt import building
from tests.dbt.building import figure

ENTRY = """
  - indicator_id: beds_per_km2
    numerator: [guest_beds]
    denominator: [area_km2]
    only_common_periods: true
    title_de: Gästebetten je Quadratkilometer
    title_en: Guest beds per square kilometre
    short_de: Betten je km²
    short_en: Beds per km²
    description_de: Wie viele Gästebetten auf einen Quadratkilometer der Stadt kommen.
    description_en: How many guest beds there are on a square kilometre of the town.
    unit_de: je km²
    unit_en: per km²
    value_kind: amount
    formula_de: Gästebetten / Fläche
    formula_en: guest beds / area
    method_de: Beide vom selben Stichtag.
    method_en: Both of the same date.
    caveat_de: Nur Betriebe mit mindestens zehn Gästebetten.
    caveat_en: Only establishments with at least ten guest beds.
    base_de: Fläche der Stadt
    base_en: area of the town
    source_de: Amt
    source_en: office
    licence: dl-de/by-2-0
"""


def test_an_entry_alone_gives_an_indicator_its_values(tmp_path, monkeypatch):
    folder = tmp_path / "indicators"
    shutil.copytree(catalogue.FOLDER, folder)
    with (folder / "themes" / "tourism.yml").open("a", encoding="utf-8") as stream:
        stream.write(ENTRY)
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    figures = [figure("guest_beds", 500), figure("guest_beds", 600, "2016-12-31"), figure("area_km2", 25)]

    built = building.build(tmp_path, figures=figures)

    assert built.result.ok, built.result.failures
    assert built.rows("select period, value, sign from indicator_values where indicator_id = 'beds_per_km2'") == [
        ("2015-12-31", 20, "")
    ]
    assert built.rows(
        "select theme, position, figures, sensitivity from indicator_catalogue where indicator_id = 'beds_per_km2'"
    ) == [("tourism", 40, "guest_beds, area_km2", "public")]
