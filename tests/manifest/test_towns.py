"""towns.csv: one line per town, a fault named by line and column."""

import pytest

from stadtlabor.base import places
from stadtlabor.base.errors import DeliveryError
from stadtlabor.manifest import towns


def test_the_projects_own_towns_are_the_five():
    assert {town.fields["town_id"]: town.ags for town in towns.load(places.PROJECT / "raw" / "towns.csv")} == {
        "diessen": "09181114",
        "dippoldiswalde": "14628060",
        "moelln": "01053090",
        "oestrich-winkel": "06439012",
        "wittenberge": "12070424",
    }


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ({"ags": "1053090"}, "ags", "not 8 digits"),
        ({"ags": "0105309O"}, "ags", "not 8 digits"),
        ({"land": "Bayern"}, "land", "does not go with"),
        ({"slot": "0"}, "slot", "whole number from 1"),
        ({"slot": "03"}, "slot", "whole number from 1"),
        ({"slot": "²"}, "slot", "whole number from 1"),
        ({"slot": "100000"}, "slot", "whole number from 1"),
        ({"slot": ""}, "slot", "nothing stands here"),
        ({"town_id": "Mölln"}, "town_id", "no identifier"),
    ],
)
def test_a_fault_is_named_with_line_and_column(network, row, column, what):
    network.towns([row])

    with pytest.raises(DeliveryError, match=what) as caught:
        towns.load(network.raw / "towns.csv")

    assert (caught.value.line, caught.value.column) == (2, f"column {column}")


def test_two_towns_do_not_share_key_or_slot(network):
    # Germany has a second Mölln; the name may repeat, the key may not.
    second = {"town_id": "moelln-mv", "ags": "13071102", "land": "Mecklenburg-Vorpommern", "slot": "4"}
    network.towns([{}, second])
    assert len(towns.load(network.raw / "towns.csv")) == 2

    network.towns([{}, {**second, "slot": "3"}])
    with pytest.raises(DeliveryError, match="stands in line 2 already"):
        towns.load(network.raw / "towns.csv")


def test_every_small_town_has_a_place(network):
    """The palette has ten signs; a network may have more towns."""
    network.towns([{"town_id": f"t-{n}", "ags": f"{1_000_000 + n:08}", "slot": f"{n}"} for n in range(1, 2_101)])

    assert [town.fields["slot"] for town in towns.load(network.raw / "towns.csv")] == [str(n) for n in range(1, 2_101)]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('moelln-mv,13071102,"Mölln,Mecklenburg-Vorpommern,,4,,,', "not readable as CSV"),
        ("moelln-mv,13071102,Mölln,Mecklenburg-Vorpommern,,4,,Ein Satz, mit Komma,", "1 more field"),
    ],
)
def test_a_line_that_is_no_record_is_named(network, line, what):
    network.towns([{}])
    path = network.raw / "towns.csv"
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")

    with pytest.raises(DeliveryError, match=what) as caught:
        towns.load(path)

    assert caught.value.line == 3
