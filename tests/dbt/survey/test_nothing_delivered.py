"""Nothing of a record, and no word that was delivered with one, is in anything that goes to a public machine."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import duckdb
import pytest

from stadtlabor.build import releases
from stadtlabor.manifest import source
from stadtlabor.readers.surveys.model import normal
from stadtlabor.readers.surveys.personal import PERSONAL_HEADINGS
from tests.dbt.survey import hostile
from tests.dbt.survey.conftest import Built, read

# What tools of bookings and events call a person by; surveys' headings are the readers' own.
PERSON = re.compile("attendee|teilnehm|mail|mitglied|membership|secret|phone|recipient|response|comment", re.I)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Shorter words than this are met anywhere.
SHORTEST = 7
# A surname of the samples that is a word of every sample's title as well ("Beispieldaten").
WORDS = {"Beispiel"}
KEYS = {
    "responses": ("response_key",),
    "bookings": ("booking_key", "match_key", "user_pseudonym"),
    "registrations": ("registration_key", "person_pseudonym", "organisation_pseudonym"),
}


@pytest.fixture(scope="module")
def published(surveys: Built) -> dict[str, bytes]:
    """Every file under releases/, and every table of a database as text, since DuckDB packs what it stores."""
    files = {str(path): path.read_bytes() for path in (surveys.warehouse / "releases").rglob("*") if path.is_file()}
    with duckdb.connect(str(surveys.release), read_only=True) as connection:
        for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
            rows = connection.execute(f"select distinct columns(*)::varchar from {table}").fetchall()
            files[table] = "\n".join({cell for row in rows for cell in row if cell}).encode()
    return files


@pytest.fixture(scope="module")
def delivered(surveys: Built) -> set[bytes]:
    """Whatever of the deliveries is a person's: as it was sent, and as the private warehouse holds it."""
    words = set(_sent(surveys))
    for table, columns in KEYS.items():
        for column in columns:
            words |= {key for (key,) in read(surveys.private, f"select distinct {column} from landing.{table}") if key}
    free = "select distinct value from landing.answers where answer_kind in ('text', 'other') and length(value) > 12"
    words |= {text for (text,) in read(surveys.private, free)}
    return {word.encode() for word in words - WORDS if len(word) >= SHORTEST}


def test_no_file_of_a_release_holds_a_word_of_a_record(published, delivered):
    assert len(delivered) > 4000
    assert {(file, word) for file, content in published.items() for word in met(content, delivered)} == set()


def test_the_search_finds_what_is_there(surveys, delivered):
    landed = read(
        surveys.private, "select user_pseudonym from landing.bookings where user_pseudonym is not null limit 1"
    )

    assert met(f"… {landed[0][0]} …".encode(), delivered) == {landed[0][0].encode()}


def test_no_word_of_a_delivery_that_went_wrong_is_published(published):
    mark = hostile.MARK.lower().encode()

    assert {file for file, content in published.items() if mark in content.lower()} == set()


def test_what_went_wrong_is_published_by_its_rule(surveys):
    said = dict(surveys.rows("select delivery_id, state_detail from deliveries where state = 'refused'"))

    assert set(said) == set(surveys.refused)
    assert all(said.values())
    assert said["buchungen-ohne-kopf"] == (
        "The delivery could not be read (file “1.csv”, line 1): No line has the headings that belong to this format."
    )
    assert said["buchungen-fremde-stadt"] == (
        "The delivery could not be read (file “source.yml”, line 5, field town): "
        "What source.yml says is not right, or does not go with the delivery."
    )


def test_the_build_keeps_the_whole_sentence_to_itself(surveys):
    private = releases.current(surveys.warehouse).private

    assert hostile.MARK in (private / releases.REFUSALS).read_text("utf-8")
    assert hostile.MARK in (private / releases.REPORT).read_text("utf-8")


def test_files_of_official_statistics_alone_keep_their_names(surveys):
    names = dict(surveys.rows("select delivery_id, min(file) from delivery_files group by all"))

    assert names["official-figures"] == "figures.csv"
    assert re.fullmatch(r"1\.\w+", names[hostile.BOOKINGS])


def met(content: bytes, words: Iterable[bytes]) -> set[bytes]:
    """Those of the words that stand in the content."""
    by_start: dict[bytes, list[bytes]] = {}
    for word in words:
        by_start.setdefault(word[:SHORTEST], []).append(word)
    found = set()
    for place in range(len(content) - SHORTEST + 1):
        if starting := by_start.get(content[place : place + SHORTEST]):
            found |= {word for word in starting if content.startswith(word, place)}
    return found


def _sent(surveys: Built) -> Iterator[str]:
    """Cells under a person's headings, and every address, in the files of surveys, bookings and events."""
    for path in surveys.raw.glob("*/source.yml"):
        if path.parent.name in surveys.refused:
            continue
        stated = source.load(path)
        for one in stated.files if stated.kind in ("survey", "bookings", "events") else ():
            text = (path.parent / one.name).read_bytes().decode("utf-8-sig", "replace")
            yield from EMAIL.findall(text)
            if one.name.endswith(".json"):
                yield from _of_json(json.loads(text))
            elif one.name.endswith(".csv"):
                yield from _of_table(text)


def _of_table(text: str) -> Iterator[str]:
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    for row in csv.DictReader(io.StringIO(text, newline=None), delimiter=delimiter):
        yield from (cell for heading, cell in row.items() if heading and cell and _is_person(heading))


def _of_json(node: Any, is_person: bool = False) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _of_json(value, is_person or _is_person(key))
    elif isinstance(node, list):
        for value in node:
            yield from _of_json(value, is_person)
    elif isinstance(node, str) and is_person:
        yield node


def _is_person(heading: str) -> bool:
    return bool(PERSON.search(heading)) or normal(heading) in PERSONAL_HEADINGS - {"name"}
