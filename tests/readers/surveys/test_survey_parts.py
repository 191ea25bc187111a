"""What the survey readers share: types, times, splitting, pseudonyms, the scaffold."""

import stat

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtlabor.base import pseudonyms
from stadtlabor.base.errors import BuildError
from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.inspection_text import lines_of
from stadtlabor.inspect.source_yml import source_yml
from stadtlabor.manifest import source
from stadtlabor.readers.surveys.model import split_brackets
from stadtlabor.readers.surveys.types import infer, learn_split
from stadtlabor.values.day_order import is_ambiguous
from stadtlabor.values.local_times import iso
from tests.readers.surveys.test_forms import HEADER, SHEET, write


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"33": 4, "51": 1, "12,5": 1}, "number"),
        # Decimal commas are no lists, and a few odd words among numbers are slips.
        ({"10": 9, "12,50": 4, "je nachdem": 1}, "number"),
        ({"01.02.2020": 3}, "date"),
        ({"ja": 14, "nein": 9}, "single"),
        ({"sehr zufrieden": 14, "eher zufrieden": 9, "teils/teils": 4}, "scale"),
        ({f"Ich finde, dass {n} Dinge fehlen": 1 for n in range(40)}, "text"),
        ({"A1": 1, "A2": 1, "-oth-": 1}, "single"),
        ({}, "other"),
    ],
)
def test_types_by_answers(counts, expected):
    assert infer(counts).question_type == expected


def test_own_words_beside_options_are_no_options():
    found = infer({"ja": 30, "nein": 20, "nur wenn Herr Meier auch kommt": 1})

    assert set(found.options) == {"ja", "nein"}


def test_labels_named_in_the_manifest_are_split_as_named():
    counts = {"Bus, Bahn, Auto": 1, "Auto": 1, "Bus, Bahn": 1}

    assert learn_split(counts, ", ", ["Bus, Bahn", "Auto"]).parts["Bus, Bahn, Auto"] == ["Bus, Bahn", "Auto"]


def test_a_decimal_comma_is_no_list_and_a_list_of_codes_is():
    assert learn_split({"10": 9, "12,50": 4, "7,50": 4}, ",") is None
    assert learn_split({"1,3,5": 3, "1,3": 4, "5": 4}, ",").parts["1,3,5"] == ["1", "3", "5"]


LABELS = st.lists(st.text("abcdefgh", min_size=2, max_size=6).map(str.capitalize), min_size=2, max_size=5, unique=True)


@given(LABELS, st.data())
def test_what_a_tool_joins_is_split_again(labels, data):
    # More cells than these, and what never parts would be one label with a comma in it.
    chosen = data.draw(st.lists(st.lists(st.sampled_from(labels), min_size=1, unique=True), min_size=3, max_size=3))
    cells = [", ".join(parts) for parts in [*chosen, *chosen]]
    counts = {cell: cells.count(cell) for cell in cells}

    splitter = learn_split(counts, ", ")

    if any(len(parts) > 1 for parts in chosen):
        assert splitter is not None
        assert all(splitter.parts[", ".join(parts)] == parts for parts in chosen)
    else:
        assert splitter is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-09-24 11:39:34", "2021-09-24T11:39:34"),
        ("10.03.2023 12:28:23", "2023-03-10T12:28:23"),
        ("10.03.23 12:28", "2023-03-10T12:28:00"),
        ("2023/03/21 8:16:53 AM OEZ", "2023-03-21T08:16:53"),
        ("2023/03/21 12:16:53 AM GMT+1", "2023-03-21T00:16:53"),
        ("2024-03-01T10:00:00+01:00", "2024-03-01T10:00:00"),
        ("43290.53487", "2018-07-09T12:50:13"),
        ("07/09/2018 12:50:21 PM", "2018-07-09T12:50:21"),
        ("25/09/2018 12:50", "2018-09-25T12:50:00"),
        ("gestern", None),
        ("", None),
    ],
)
def test_times_as_tools_write_them(written, expected):
    assert iso(pl.Series([written])).to_list() == [expected]


def test_day_and_month_are_told_apart_by_the_column():
    assert iso(pl.Series(["03/04/2020 10:00", "25/04/2020 10:00"]))[0] == "2020-04-03T10:00:00"
    assert is_ambiguous(pl.Series(["03/04/2020 10:00"]))
    assert not is_ambiguous(pl.Series(["03/14/2020 10:00"]))


def test_brackets_at_the_end():
    assert split_brackets("Frage [a [b]][Skala 1]") == ("Frage", ["a [b]", "Skala 1"])
    assert split_brackets("[nur das]") == ("[nur das]", [])
    assert split_brackets("Was? (Ort) (Lage)", "()") == ("Was?", ["Ort", "Lage"])


def test_pseudonyms_depend_on_key_and_delivery(monkeypatch):
    monkeypatch.setenv("STADTLABOR_KEY", "k" * 32)
    first = pseudonyms.pseudonyms("survey-a", ["1", "2", "1"])

    assert first[0] == first[2] != first[1]
    assert first != pseudonyms.pseudonyms("survey-b", ["1", "2", "1"])
    monkeypatch.setenv("STADTLABOR_KEY", "K" * 32)
    assert first[0] != pseudonyms.pseudonyms("survey-a", ["1"])[0]


def test_the_key_file_is_made_once_for_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.delenv("STADTLABOR_KEY", raising=False)
    monkeypatch.setenv("STADTLABOR_WAREHOUSE", str(tmp_path / "w"))

    key = pseudonyms.key()

    assert stat.S_IMODE((tmp_path / "w" / "key").stat().st_mode) == 0o600
    assert pseudonyms.key() == key
    assert len(key) == 64


def test_a_short_key_is_refused(monkeypatch):
    monkeypatch.setenv("STADTLABOR_KEY", "geheim")

    with pytest.raises(BuildError, match="at least 16"):
        pseudonyms.key()


def test_the_scaffold_is_valid_and_guesses_by_the_dictionary(tmp_path):
    path = write(tmp_path / "befragung.csv", [HEADER, *SHEET])
    inspection = inspect(path)
    (tmp_path / "source.yml").write_text(source_yml(inspection), "utf-8")

    made = source.load(tmp_path / "source.yml")

    text = source_yml(inspection)
    # Every question stands there, and none is mapped until a sign is taken away.
    assert {question.question for question in made.survey.questions} == set(
        inspection.result.tables["questions"]["question"]
    )
    assert made.survey.mapped == []
    (tmp_path / "source.yml").write_text(text.replace("#concept: age_group", "concept: age_group"), "utf-8")
    [(_, age)] = source.load(tmp_path / "source.yml").survey.mapped
    assert (age.question, age.concept) == ("Wie alt sind Sie?", "age_group")
    assert age.answers == {"18 bis 24 Jahre": "age_18_24", "25 bis 34 Jahre": "age_25_34"}
    # Every answer stands there with its count; own words do not.
    assert '"Drucker, auch für A3":' in text
    assert "Ein Café, bitte" not in text
    assert any(line.startswith("Responses: 4 completed, 0 incomplete, 0 test") for line in lines_of(inspection))
