"""What tells who somebody is goes on reading: by how it is asked for, and by its shape; answers stay."""

import polars as pl
import pytest

from stadtlabor.readers.surveys.model import Column
from stadtlabor.readers.surveys.personal import is_personal, mark_personal

HEX = [f"5f{number:022x}" for number in range(6)]
UUID = [f"3f2504e0-4f89-41d3-9a0c-0305e82c33{number:02d}" for number in range(6)]


@pytest.mark.parametrize(
    "heading",
    [
        "Name", "teilnehmer_name", "kontakt.email", "Q5[name]", "Q12[Vorname]", "E-Mail-Adresse (freiwillig)",
        "Telefon*", "Bitte geben Sie Ihre E-Mail-Adresse an", "Wie lautet Ihre Telefonnummer?", "What is your name?",
        "Ihre E-Mail, falls Sie am Gewinnspiel teilnehmen möchten", "PROLIFIC_PID", "Teilnehmer-ID", "attribute_1",
        "Ihre Anschrift", "Geburtsdatum", "Customer Name", "Kunden-E-Mail", "User Email", "_Wo wohnen Sie?_latitude",
        "deviceid",
    ],
)  # fmt: skip
def test_a_heading_that_asks_for_identity(heading):
    assert is_personal(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Wie wichtig ist Ihnen E-Mail?", "Name der Straße, die Sie am meisten stört", "Nutzen Sie ein Telefon?",
        "Q5[mode]", "Kennen Sie den Namen des Bürgermeisters?",
        "Company name", "Kundenservice", "employer", "Wie heißt Ihr Verein?", "tage_homeoffice", "Ort",
    ],
)  # fmt: skip
def test_a_heading_that_asks_for_something_else(heading):
    assert not is_personal(heading)


def roles(values: list[str | None], **column: str) -> str:
    one = Column(0, column.pop("heading", "Q1"), **column)
    mark_personal([one], pl.DataFrame({"c0": values}, schema={"c0": pl.String}))
    return one.role


@pytest.mark.parametrize(
    "values",
    [
        HEX, UUID, ["A2XJQWERTY12Z", "A3BCDEFGHIJKL"], ["R_1lzPxg4qKqWb7aT", "R_2aBcDeFgHiJkLmN"],
        ["+49 170 1234567", "04542 803100"], ["erika@example.org", "x@y.de", "keine"], ["10.1.2.3", "10.1.2.4"],
        # Whatever a panel calls it: a number of one's own for everybody.
        [f"PNL-{number}x{number * 7}" for number in range(10_000, 10_008)],
        [str(71_000_001 + number) for number in range(9)],
    ],
)  # fmt: skip
def test_what_tells_a_person_by_its_shape_is_personal_whatever_it_is_called(values):
    assert roles(values) == "personal"
    assert roles([None, *values]) == "personal"


@pytest.mark.parametrize(
    ("values", "column"),
    [
        (["Y", "Y", None], {"heading": "Q3[mail]", "subquestion": "mail", "subquestion_text": "E-Mail"}),
        (["1", "2", "5"] * 9, {"heading": "Q3[tel]", "subquestion": "tel", "subquestion_text": "Telefon"}),
        (["A1", "A2", "A1", "A3", "A1", "A2"], {}),
        ([str(number) for number in range(1200, 1290)], {}),
        (["ganz eigene Worte 1", "andere 2", "noch andere 3"] * 3, {}),
        (["abcdefgh1"] * 9, {}),
    ],
)
def test_answers_are_no_identity(values, column):
    assert roles(values, **column) == "answer"


def test_a_row_of_a_question_that_people_fill_in_is_personal():
    names = ["Erika Muster", "Max Muster", "Eva Beispiel"]

    assert roles(names, heading="Q3[name]", subquestion="name") == "personal"
    assert roles(names, heading="Kontakt [Name]", subquestion="SQ001", subquestion_text="Name") == "personal"
