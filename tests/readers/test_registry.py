"""Which reader takes a file: by content, the most specific, and what the manifest says."""

import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.manifest.source import DeliveredFile
from stadtlabor.readers import registry

FIGURES = "ags,figure,value,period\n01053090,population,19469,2021\n"


def test_names_are_unique():
    names = [reader.name for reader in registry.READERS]

    assert len(names) == len(set(names))


def test_a_file_is_known_by_its_content_whatever_it_is_called(deliver):
    reader, recognition = registry.recognise(deliver(FIGURES, "holidays.xlsx.csv"))

    assert reader.name == "figures"
    assert "ags" in recognition.because


def test_an_unknown_file_is_a_clear_error(deliver):
    with pytest.raises(DeliveryError, match=r"table\.csv.*no reader knows this format.*stadtlabor inspect"):
        registry.recognise(deliver("colour;taste\nred;sweet\n"))


def test_an_unknown_format_name_lists_the_known_ones(deliver, manifest_of):
    with pytest.raises(DeliveryError, match=r"there is no format 'genesis'.*genesis-flat.*figures"):
        registry.reader_for(deliver(FIGURES), manifest_of(format="genesis"), DeliveredFile(name="table.csv"))


def test_the_file_s_own_format_wins_over_the_delivery_s(deliver, manifest_of):
    delivered = DeliveredFile(name="table.csv", format="figures")

    assert registry.reader_for(deliver(FIGURES), manifest_of(format="inkar"), delivered).name == "figures"


def test_a_file_of_another_kind_than_stated_is_refused(deliver, manifest_of):
    with pytest.raises(DeliveryError, match="'figures' is of the kind 'statistics', source.yml states 'calendar'"):
        registry.reader_for(deliver(FIGURES), manifest_of(kind="calendar"), DeliveredFile(name="table.csv"))


@pytest.mark.parametrize("control", ["\u202e", "\\u202e"], ids=["as-text", "as-an-escape"])
def test_controls_of_the_direction_of_writing_are_dropped_with_a_note(deliver, control):
    file = deliver('[{"titel": "Offenes ' + control + 'Labor", "datum": "2022-05-04"}]', "termine.json")

    result = registry.read(registry.recognise(file)[0], file)

    assert result.tables["events"]["title"].to_list() == ["Offenes Labor"]
    assert "dropped 1 control" in " ".join(result.notes)
