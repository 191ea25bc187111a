"""`source.yml`: a fault is named with line, field and remedy."""

import json

import pytest

from stadtlabor.base import places
from stadtlabor.base.errors import DeliveryError
from stadtlabor.dictionary.concepts import concepts
from stadtlabor.manifest import source
from stadtlabor.manifest.vocabulary import unknown_word

GOOD = """\
id: amtliche-zahlen
kind: statistics
title: Amtliche Zahlen
producer: Destatis
licence: dl-de/by-2-0
received: 2026-01-02
period:
  from: 2015-06-30
  to: 2023-12-31
synthetic: false
files:
  - name: figures.csv
"""


def load(tmp_path, text: str | bytes) -> source.Manifest:
    path = tmp_path / "source.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return source.load(path)


def test_a_whole_manifest_is_read(tmp_path):
    read = load(tmp_path, GOOD)

    assert (read.id, read.kind, read.synthetic, read.files[0].name) == (
        "amtliche-zahlen",
        "statistics",
        False,
        "figures.csv",
    )
    assert read.period is not None
    assert read.period.last.isoformat() == "2023-12-31"


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "what"),
    [
        ("kind: statistics", "kind: statistik", 2, "kind", "statistik"),
        ("received: 2026-01-02", "received: 2026-13-02", 6, "received", "2026-13-02"),
        ("  to: 2023-12-31", "  to: 2014-12-31", 7, "period", "lies before"),
        ("synthetic: false", "syntetic: false", 10, "syntetic", "no field"),
        (
            "  - name: figures.csv",
            "  - name: ../secret.csv",
            12,
            "files.0.name",
            "leaves the delivery's folder",
        ),
        (
            "  - name: figures.csv",
            "  - name: /etc/passwd",
            12,
            "files.0.name",
            "leaves the delivery's folder",
        ),
        (
            "  - name: figures.csv",
            "  - name: 'C:\\x.csv'",
            12,
            "files.0.name",
            "leaves the delivery's folder",
        ),
        ("id: amtliche-zahlen", "id: Amtliche Zahlen", 1, "id", "pattern"),
    ],
)
def test_a_fault_is_named_with_its_line_and_field(tmp_path, old, new, line, field, what):
    assert old in GOOD
    with pytest.raises(DeliveryError) as caught:
        load(tmp_path, GOOD.replace(old, new))

    fault = caught.value
    assert fault.line == line
    assert field in (fault.column or "")
    assert what in fault.what
    assert fault.file.endswith("source.yml")
    assert fault.remedy


def test_a_misspelt_field_is_told_from_a_missing_one(tmp_path):
    with pytest.raises(DeliveryError, match="Did you mean 'synthetic'?"):
        load(tmp_path, GOOD.replace("synthetic: false", "syntetic: false"))


def test_a_missing_field_is_named(tmp_path):
    with pytest.raises(DeliveryError, match="the field 'licence' is missing.*Add a line 'licence: …'"):
        load(tmp_path, GOOD.replace("licence: dl-de/by-2-0\n", ""))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"),
        ("- a\n- b\n", "not a list of fields"),
        ("id: a: b\n", "not readable as YAML"),
        ("id: [a\nkind: b\n", "not readable as YAML"),
        (b"id: M\xf6lln\n", "not UTF-8"),
    ],
)
def test_what_is_no_manifest_at_all_is_said_so(tmp_path, text, what):
    with pytest.raises(DeliveryError, match=what):
        load(tmp_path, text)


def test_a_survey_says_whom_it_asked_and_where(tmp_path):
    with pytest.raises(DeliveryError, match="'survey'"):
        load(tmp_path, GOOD.replace("kind: statistics", "kind: survey"))


def test_the_schema_for_editors_is_the_models(tmp_path):
    kept = (places.PROJECT / "stadtlabor" / "manifest" / "source.schema.json").read_text("utf-8")

    assert kept == source.json_schema()
    assert json.loads(kept)["properties"]["kind"]["enum"]


def test_the_schemas_example_of_each_concept_is_a_mapping_that_holds(tmp_path):
    examples = json.loads(source.json_schema())["$defs"]["QuestionMapping"]["examples"]

    assert [one["concept"] for one in examples] == list(concepts())
    for number, one in enumerate(examples):
        survey = {"population": "citizens", "questions": [one | {"question": f"Q{number}"}]}
        text = GOOD.replace("kind: statistics", f"kind: survey\ntown: moelln\nsurvey: {json.dumps(survey)}")
        assert unknown_word(load(tmp_path, text), tmp_path / "source.yml") is None
