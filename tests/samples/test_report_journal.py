"""The journal written from the report: whole, in two languages, in own words, with a section beside every entry."""

import csv
import re
from collections import Counter

import pytest

from expectations.gate import GateContext, run
from stadtlabor.base import places
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest import source
from stadtlabor.readers import landing_tables
from stadtlabor.readers.journal import journal_tables

FOLDER = places.PROJECT / "raw" / "bericht-labortagebuch"
TOWNS = {"diessen", "dippoldiswalde", "moelln", "oestrich-winkel", "wittenberge"}
# Longer runs of the report's words would be its sentence, not ours.
MOST_WORDS = 7
BUZZWORDS = re.compile(
    r"\b(insight|performance|dashboard|stakeholder|best practice|awareness|mindset|community|kick-?off|event)s?\b",
    re.IGNORECASE,
)


def entries(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def all_entries():
    return [(name, one) for name in ("labs", "phases", "activities", "learnings") for one in entries(name)]


def spelled(text):
    """Words as both a scan and a clean text spell them: no umlauts, runs of vowels and look-alikes made one."""
    text = text.lower().replace("ß", "b").replace("­", "").translate(str.maketrans("äöüé", "aoue"))
    text = re.sub(r"(\w)-\s+(\w)", r"\1\2", text)
    return [re.sub(r"[aeouiy]+", "*", word) for word in re.findall(r"[a-z0-9]+", text)]


def runs(text, length):
    words = spelled(text)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


@pytest.fixture(scope="module")
def report(shared_data):
    path = shared_data.parent / "report" / "bbsr-online-09-2025.txt"
    if not path.is_file():
        pytest.skip("the report's text is not here")
    return path.read_text("utf-8")


def test_no_sentence_of_the_report_is_copied(report):
    copied = runs(report, MOST_WORDS + 1)
    found = {
        (name, field)
        for name, one in all_entries()
        for field, text in one.items()
        if runs(text, MOST_WORDS + 1) & copied
    }

    assert found == set()


def test_a_copied_sentence_would_be_noticed(report):
    # As the report has it, with the umlauts that its scan lost.
    assert runs("Leider war die Teilnahme an den einzelnen Veranstaltungen außer der", 8) & runs(report, 8)


def test_every_entry_names_a_section_of_the_report():
    sections = {part.strip() for _, one in all_entries() for part in one["section"].split(",")}

    assert all(one["section"] for _, one in all_entries())
    assert sections <= {
        "1.2",
        "2.2",
        "2.3",
        "3.1",
        "3.2",
        "3.3",
        "3.4",
        "3.5",
        "4.1",
        "4.2",
        "4.3",
        "5.1",
        "5.2",
        "6.2",
        "7",
    }


def test_every_text_stands_in_both_languages():
    for name, one in all_entries():
        for field, text in one.items():
            if field.endswith("_de"):
                assert bool(text) == bool(one[field.removesuffix("de") + "en"]), (name, one.get("id"), field)


def test_german_is_german():
    found = [
        (one["id"], match[0])
        for name, one in all_entries()
        if name in ("labs", "learnings")
        for field, text in one.items()
        if field.endswith("_de") and (match := BUZZWORDS.search(text))
    ]

    assert found == []


def test_all_five_labs_are_told_with_phases_activities_and_lessons():
    assert {one["town"] for one in entries("labs")} == TOWNS
    assert Counter(one["town"] for one in entries("phases")) == dict.fromkeys(TOWNS, 3)
    transfer = {one["town"] for one in entries("activities") if one["kind"] == "transfer_workshop"}
    assert transfer == TOWNS
    lessons = Counter(one["town"] for one in entries("learnings"))
    assert all(lessons[town] >= 4 for town in TOWNS)
    assert Counter(one["section"] for one in entries("learnings"))["4.3"] >= 4
    assert Counter(one["theme"] for one in entries("learnings"))["academy"] == 6


def test_what_did_not_come_about_is_told():
    told = {one["id"] for one in entries("learnings") if one["outcome"] == "did_not_come_about" and not one["town"]}

    assert told == {
        "hackathon", "wohnungswirtschaft", "gemeinschaftshaus", "hochschulen", "homeoffice-im-rathaus",
        "weitere-raeume",
    }  # fmt: skip


def test_a_date_stands_only_where_the_report_gives_one_and_an_estimate_says_so():
    dated = {(one["town"], one["id"]): (one["from"], one["to"]) for one in entries("activities") if one["from"]}

    assert dated == {
        ("oestrich-winkel", "raum"): ("2022-06-21", "2022-12-21"),
        ("oestrich-winkel", "veranstaltungen"): ("2022-10", "2022-11"),
        ("wittenberge", "probearbeiten"): ("2023-01", ""),
    }
    assert all(one["from"] or one["date_note_de"] for one in entries("activities"))
    facts = {(one["town"], one["phase"]) for one in entries("phases") if one["estimated"] == "no"}
    assert facts == {("oestrich-winkel", "transfer"), ("wittenberge", "transfer")}


def test_it_is_read_whole_and_let_in_whole():
    described = source.load(FOLDER / "source.yml")
    tables, rejects = {}, []
    for delivered in described.files:
        result = journal_tables.READER.read(RawFile(FOLDER / delivered.name, delivered.name), described)
        rejects += result.rejects
        for name, rows in result.tables.items():
            tables[name] = (
                landing_tables.empty(name)
                .clear()
                .vstack(
                    rows.with_columns(delivery_id=None, file=None, file_sha256=None, row_sha256=None)
                    .select(landing_tables.columns(name))
                    .cast(dict.fromkeys(landing_tables.columns(name), landing_tables.empty(name).schema["line"]))
                )
            )
    context = GateContext(
        described.id, set(), "journal", None, described.received, [("", one) for one in rejects],
        town_ids=frozenset(TOWNS),
    )  # fmt: skip
    result = run("journal", tables, context)

    assert described.synthetic is False
    assert result.refused is None
    assert result.quarantine.height == 0
    assert {name: rows.height for name, rows in result.accepted.items()} == {
        "labs": 5, "lab_phases": 15, "lab_activities": len(entries("activities")),
        "learnings": len(entries("learnings")),
    }  # fmt: skip
    assert {origin for rows in result.accepted.values() for origin in rows["row_origin"]} == {"report"}
