"""The catalogue of indicators: what an entry becomes, and which faults are refused by file and name."""

import shutil

import pytest
from ruamel.yaml import YAML

from stadtlabor.indicators import catalogue


@pytest.fixture
def changed(tmp_path):
    """Copies the catalogue, lets a function change the tree of one file, and returns the copy's folder."""

    def change_file(name, change):
        folder = tmp_path / "indicators"
        shutil.copytree(catalogue.FOLDER, folder)
        path = folder / "themes" / name
        tree = YAML(typ="safe").load(path.read_text("utf-8"))
        change(tree)
        with path.open("w", encoding="utf-8") as stream:
            YAML(typ="safe").dump(tree, stream)
        return folder

    return change_file


def by_name(folder=None):
    return {one.entry.indicator_id: one for one in catalogue.load(folder)}


def test_an_entry_is_laid_over_its_theme_and_its_rule():
    found = by_name()

    balance = found["commuter_balance"].for_dbt()
    assert balance["passport"]["source_en"] == found["out_commuter_share"].entry.source_en
    assert balance["passport"]["caveat_en"] != found["out_commuter_share"].entry.caveat_en
    assert found["average_net_rent"].entry.method_en == found["area"].entry.method_en


def test_dbt_is_handed_rule_parts_and_passport():
    balance = by_name()["commuter_balance"].for_dbt()

    assert balance == {
        "indicator_id": "commuter_balance",
        "rule": "ratio_of_figures",
        "numerator": ["in_commuters"],
        "minus": ["out_commuters"],
        "denominator": ["employees_at_workplace"],
        "factor": 100,
        "months_apart": None,
        "only_common_periods": False,
        "published": None,
        "value_kind": "balance",
        "theme_model": "indicators__official",
        "passport": balance["passport"],
    }
    assert (
        balance["passport"] | {"position": 30, "theme": "commuting", "dbt_model": "indicators__official"}
        == (balance["passport"])
    )


@pytest.mark.parametrize(
    ("indicator_id", "figures", "model"),
    [
        ("commuter_balance", "in_commuters, out_commuters, employees_at_workplace", "indicators__official"),
        ("owner_occupied", "owner_occupied_pct, dwellings", "indicators__official"),
        ("population_change", "population", "population__population_change"),
        ("utilisation", "", "indicators__recorded"),
    ],
)
def test_the_passport_names_the_figures_and_the_model(indicator_id, figures, model):
    passport = by_name()[indicator_id].for_dbt()["passport"]

    assert (passport["figures"], passport["dbt_model"]) == (figures, model)


def test_entries_stand_in_the_order_of_their_file(changed):
    folder = changed("tourism.yml", lambda tree: tree["indicators"].reverse())

    assert [one.position for one in catalogue.load(folder) if one.theme == "tourism"] == [10, 20, 30]
    assert by_name(folder)["average_stay"].position == 10


def first(tree):
    return tree["indicators"][0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda tree: first(tree).pop("title_de"), r"^commuting.yml: out_commuter_share: title_de: Field required$"),
        (lambda tree: first(tree).update(tittle_de="x"), "out_commuter_share: tittle_de: Extra inputs"),
        (lambda tree: first(tree).pop("indicator_id"), "commuting.yml: an entry without indicator_id: indicator_id"),
        (lambda tree: first(tree).update(title_de=" "), "out_commuter_share: title_de: String should have"),
        (lambda tree: first(tree).update(rule="ratio"), "out_commuter_share: entry: .* 'ratio_of_figures'"),
        (lambda tree: first(tree).update(figure="population"), "out_commuter_share: figure: Extra inputs"),
        (lambda tree: first(tree).update(rule="sql"), "out_commuter_share: model: Field required"),
        (lambda tree: first(tree).update(denominator=[]), "out_commuter_share: denominator: Tuple should have"),
        (lambda tree: first(tree).update(numerator=["x'; drop"]), "out_commuter_share: 0: String should match"),
        (lambda tree: first(tree).update(factor=0), "out_commuter_share: factor: Input should be greater"),
        (lambda tree: first(tree).update(value_kind="Share"), "out_commuter_share: value_kind: Input should be"),
        (lambda tree: tree["indicators"].append(first(tree)), "out_commuter_share is defined already, in commuting"),
        (lambda tree: first(tree).update(indicator_id="population"), "population is defined already, in commuting"),
        (lambda tree: tree.update(model="indicators__oficial"), "^commuting.yml: model: Input should be"),
        (lambda tree: tree.update(default={}), "^commuting.yml: default: Extra inputs"),
    ],
)
def test_a_faulty_entry_is_refused_by_file_and_name(changed, change, message):
    with pytest.raises(ValueError, match=message):
        catalogue.load(changed("commuting.yml", change))
