"""Each expectation on a lab journal, broken once; the fixed words are those of the dictionary."""

import pytest

from expectations.gate import run
from expectations.suites import load
from stadtlabor.dictionary.journal_words import words
from tests.expectations.rows import context, frame, heard, named

IDS = {"labs": "lab_id", "lab_phases": "lab_id", "lab_activities": "activity_id", "learnings": "learning_id"}
SHARED = [
    ("required_field_missing", {"town_id": " "}),
    ("town_unknown", {"town_id": "neustadt"}),
    ("entry_without_source", {"source": None}),
    ("origin_unknown", {"row_origin": "gerücht"}),
    ("section_malformed", {"section": "Kapitel drei"}),
    ("formula_in_text", {"source": "=1+1"}),
    ("text_damaged", {"source": "MÃ¶lln"}),
    ("field_too_long", {"source": "x" * 2001}),
]
DATED = [
    ("end_before_start", {"period_from": "2022-10-02", "period_to": "2022-10-01"}),
    ("entry_date_implausible", {"period_from": "1022-09-05", "period_to": None}),
    ("entry_end_implausible", {"period_from": None, "period_to": "2222-09-05"}),
]
BROKEN = {
    "labs": [
        *SHARED,
        *DATED,
        ("required_field_missing", {"title_de": None}),
        ("position_malformed", {"position": "a"}),
    ],
    "lab_phases": [
        *SHARED,
        *DATED,
        ("phase_unknown", {"phase": "Ernte"}),
        ("yes_or_no_unknown", {"is_estimated": "vielleicht"}),
        ("estimate_without_reason", {"is_estimated": "true"}),
    ],
    "lab_activities": [*SHARED, *DATED, ("kind_unknown", {"kind": "Kaffee"})],
    "learnings": [
        *(one for one in SHARED if one[1] != {"town_id": " "}),
        ("required_field_missing", {"outcome": None}),
        ("position_malformed", {"position": "1.5"}),
        ("theme_unknown", {"theme": "Wetter"}),
        ("outcome_unknown", {"outcome": "prima"}),
        ("again_unknown", {"again": "vielleicht"}),
        ("indicator_malformed", {"indicator_ids": "Besuche; Auslastung"}),
    ],
}
CASES = [(table, reason, cells) for table, cases in BROKEN.items() for reason, cells in cases]


def delivered(table, rows):
    """These entries among ten good ones."""
    good = [{IDS[table]: f"other-{number}"} for number in range(10)]
    towns = frozenset({"moelln", "diessen"})
    return {table: frame(table, [*good, *rows])}, context(format="journal", town_ids=towns)


def gated(table, rows):
    """What the gate says to these entries among ten good ones."""
    return run("journal", *delivered(table, rows))


HEARD = heard("journal", CASES, lambda case: delivered(case[0], [case[2]]))


def reasons(result):
    return dict(result.quarantine.select("line", "reason").rows())


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_broken_entry_goes_to_quarantine_and_no_other(case):
    table, reason, _ = case
    result = HEARD(case)

    assert reasons(result) == {"12": reason}
    assert result.accepted[table].height == 10


@pytest.mark.parametrize("table", BROKEN)
def test_every_row_check_of_the_suite_is_broken_here(table):
    of_rows = {one.id for one in load("journal").tables[table] if one.severity == "row"}

    assert of_rows - {reason for reason, _ in BROKEN[table]} == {"duplicate_entry"}


@pytest.mark.parametrize("table", BROKEN)
def test_the_same_entry_twice_counts_once(table):
    assert reasons(gated(table, [{}, {}])) == {"13": "duplicate_entry"}


def test_two_towns_may_use_the_same_id_and_a_lesson_may_belong_to_none():
    rows = [{}, {"town_id": "diessen"}, {"town_id": None, "lab_id": None}]

    assert reasons(gated("learnings", rows)) == {}


def test_the_report_s_section_is_source_enough():
    assert reasons(gated("labs", [{"source": None, "section": "2.2, 4.2"}])) == {}


@pytest.mark.parametrize(
    ("table", "column", "words_of"),
    [
        ("lab_phases", "phase", "phase"),
        ("lab_activities", "kind", "kind"),
        ("learnings", "theme", "theme"),
        ("learnings", "outcome", "outcome"),
        ("learnings", "again", "again"),
        ("labs", "row_origin", "origin"),
    ],
)
def test_the_suite_knows_the_words_of_the_dictionary_and_no_others(table, column, words_of):
    one = next(one for one in load("journal").tables[table] if one.kwargs.get("column") == column)

    assert one.kwargs["value_set"] == list(words()[words_of])


def test_a_journal_without_an_entry_is_refused():
    result = run("journal", {"labs": frame("labs", [])}, context(format="journal"))

    assert "no readable row" in result.refused
