"""Holidays: OpenHolidays' CSV and an own table."""

import pytest

from stadtlabor.readers.holidays import holiday_table
from stadtlabor.readers.holidays.holiday_columns import by_language

HEADER = "Id;Country;StartDate;EndDate;Type;RegionalScope;Name;Subdivisions;Tags;Comment\n"
ISLANDS = (
    "a1;DE;2010-07-12;2010-08-14;School;Regional;DE Sommerferien,EN Summer Holidays;SH;Exception;"
    "DE Inseln Sylt%2C Föhr,EN Islands Sylt%2C Föhr\n"
)


def rows_of(file):
    return holiday_table.READER.read(file).tables["holidays"].to_dicts()


def test_an_island_row_is_kept_with_its_tag_and_comment(deliver):
    assert rows_of(deliver(HEADER + ISLANDS)) == [
        {
            "line": "2", "holiday_id": "a1", "country": "DE", "start_date": "2010-07-12", "end_date": "2010-08-14",
            "holiday_type": "School", "regional_scope": "Regional", "name_de": "Sommerferien",
            "name_en": "Summer Holidays", "subdivisions": "SH", "tags": "Exception",
            "comment_de": "Inseln Sylt, Föhr", "comment_en": "Islands Sylt, Föhr",
        }
    ]  # fmt: skip


def test_an_empty_end_is_one_day_and_parts_of_a_land_are_kept(deliver):
    row = rows_of(deliver(HEADER + "b;DE;2020-08-08;;Public;Local;DE Friedensfest,EN Peace Festival;BY-AU;;\n"))[0]

    assert (row["end_date"], row["subdivisions"]) == ("2020-08-08", "BY-AU")


def test_columns_in_another_order_and_without_the_optional_ones(deliver):
    text = "Name;EndDate;StartDate;Country;RegionalScope;Id;Type;Subdivisions\n"
    text += "DE Neujahr;;2020-01-01;DE;National;x;Public;\n"

    row = rows_of(deliver(text))[0]

    assert (row["name_de"], row["start_date"], row["tags"]) == ("Neujahr", "2020-01-01", "")


def test_an_own_table_in_german(deliver):
    text = (
        "von;bis;Bezeichnung;Land\n25.07.2022;02.09.2022;Sommerferien;Hessen\n"
        "03.10.2022;;Tag der Deutschen Einheit;HE, SN\n"
    )

    shown = [
        (row["start_date"], row["end_date"], row["holiday_type"], row["subdivisions"]) for row in rows_of(deliver(text))
    ]
    assert shown == [
        ("2022-07-25", "2022-09-02", "School", "HE"),
        ("2022-10-03", "2022-10-03", "Public", "HE,SN"),
    ]


def test_a_date_that_does_not_exist_is_set_aside(deliver):
    result = holiday_table.READER.read(
        deliver("start,end,name,land\n2022-02-30,,x,HE\n2022-03-01,soon,y,HE\n2022-03-02,,z,HE\n")
    )

    assert [(reject.line, reject.column, reject.reason, reject.detail) for reject in result.rejects] == [
        (2, "start", "not_a_date", "2022-02-30"),
        (3, "end", "not_a_date", "soon"),
    ]
    assert result.facts.delivered == 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("DE Neujahr,EN New Year's Day", {"DE": "Neujahr", "EN": "New Year's Day"}),
        ("DE Buß- und Bettag", {"DE": "Buß- und Bettag"}),
        ("Sommerferien, erster Teil", {"DE": "Sommerferien, erster Teil"}),
        ("DE A%2C B,EN C%2C D", {"DE": "A, B", "EN": "C, D"}),
        ("", {}),
    ],
)
def test_names_are_split_by_language(text, names):
    assert by_language(text) == names


def test_a_list_of_events_is_not_taken_for_holidays(deliver):
    text = "start,end,name,location,organizer,category\n2022-01-01,2022-01-01,Fest,Halle,Verein,Kultur\n"

    assert holiday_table.READER.recognise(deliver(text)) is None
