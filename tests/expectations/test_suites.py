"""The suites as files: complete in both languages, and a mistake in one is named with file and line."""

import re
import sys

import pytest
from ruamel.yaml import YAML

from expectations import engine, suites
from expectations.derived import derive
from stadtlabor.base.errors import BuildError
from stadtlabor.dictionary.reasons import REASONS
from stadtlabor.readers import landing_tables
from tests.expectations.rows import TODAY, TOWNS, frame

KINDS = sorted(path.stem for path in suites.FOLDER.glob("*.yml"))
VALUES = suites.context_values(TOWNS, TODAY)


def all_expectations():
    return [
        (kind, table, one)
        for kind in KINDS
        for table, expectations in suites.load(kind).tables.items()
        for one in expectations
    ]


def test_each_kind_of_delivery_that_has_landing_rows_has_its_suite():
    assert {"statistics", "calendar"} <= set(KINDS)
    for kind in KINDS:
        assert set(suites.load(kind).tables) <= set(landing_tables.TABLES_OF_KIND[kind])


@pytest.mark.parametrize(("kind", "table", "one"), all_expectations())
def test_every_check_speaks_both_languages(kind, table, one):
    for words in filter(None, (one.description, one.reason, one.remedy)):
        for text in (words.de, words.en):
            assert re.fullmatch(r"[„A-ZÄÖÜ].+[.?]", text), text
            assert "TODO" not in text
        assert words.de != words.en
    for word in ("signifikant", "repräsentativ"):
        assert word not in one.description.de


def test_the_same_code_says_the_same_wherever_it_is_used():
    said = {}
    for _, _, one in all_expectations():
        words = (one.reason.de, one.reason.en)
        assert said.setdefault((one.id, one.type), words) == words
        if one.id in REASONS:
            assert words == tuple(REASONS[one.id])


def test_the_library_takes_every_expectation_with_its_arguments():
    for kind in KINDS:
        suite = suites.load(kind)
        for table, expectations in suite.tables.items():
            rows = derive.add(table, frame(table, [{}]))
            (found,) = engine.examine(suite, table, [engine.Part(rows, expectations)], VALUES)
            assert set(found) == {one.id for one in expectations}


def edited(tmp_path, old, new):
    """The calendar's suite with one text exchanged, and the line on which that happened."""
    text = suites.path_of("calendar").read_text("utf-8")
    assert old in text
    (tmp_path / "calendar.yml").write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "lines_up", "message"),
    [
        ("severity: row", "sevrity: row", 0, r"sevrity: no such key"),
        ("      severity: row\n", "", 3, r"severity: Field required"),
        ("severity: row", "severity: file", 0, r"Input should be 'row' or 'delivery'"),
        ("id: not_a_date", "id: Not a date", 0, r"id: String should match pattern"),
        ("column: day_count", "column: day_cuont", 2, r"table 'holidays' has no column 'day_cuont'"),
        ("names: start_date", "names: starts_at", 4, r"has no column 'starts_at'"),
        ("id: end_not_a_date", "id: not_a_date", 0, r"the id 'not_a_date' stands twice under 'holidays'"),
        ("  holidays:\n", "  vacations:\n", 0, r"there is no landing table 'vacations'"),
        ("kind: calendar", "kind: statistics", 0, r"the file's name says 'calendar'"),
        ("min_value: 1}\n      severity: row", 'min_value: "{{ yesterday }}"}\n      severity: row', 2,
         r"no placeholder 'yesterday' \(known: in_one_year, today"),
        ("kind: calendar", "kind: [calendar", 2, "not readable as YAML"),
        ("en: The holidays lie", 'en: ""\n#', 0, r"description\.en: String should have at least 1 character"),
        ("max_value: 100}", "max_value: 100, mostly: 0.9}", None, "'mostly' is for severity 'delivery'"),
        ("each_column: [holiday_id, start", "kwargs: {column: tags}\n      each_column: [start", None, "not both"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_suite_is_named_with_file_and_line(tmp_path, old, new, lines_up, message):
    line = edited(tmp_path, old, new)

    with pytest.raises(BuildError, match=message) as caught:
        suites.load("calendar", tmp_path)

    assert "calendar.yml, line " in str(caught.value)
    if lines_up is not None:
        named = int(re.search(r"line (\d+)", str(caught.value))[1])
        assert abs(named - line) <= lines_up


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ExpectTableRowCountToBeBetween", "ExpectTableToBeNice", "knows no type 'ExpectTableToBeNice'"),
        ("ExpectTableRowCountToBeBetween", "annotations", "knows no type 'annotations'"),
        ("kwargs: {min_value: 1}", "kwargs: {minimum: 1}", "wrong kwargs for ExpectTableRowCountToBeBetween"),
        ("start_date.notna()", "starts.notna()", "not_a_date could not be computed: .*starts"),
        ("max_value: 100}", "max_value: many}", "wrong kwargs for ExpectColumnValuesToBeBetween"),
    ],
)
def test_what_only_the_library_can_refuse_is_named_with_file_and_line_too(tmp_path, old, new, message):
    edited(tmp_path, old, new)
    suite = suites.load("calendar", tmp_path)
    rows = derive.add("holidays", frame("holidays", [{}]))

    with pytest.raises(BuildError, match=message) as caught:
        engine.examine(suite, "holidays", [engine.Part(rows, suite.tables["holidays"])], VALUES)

    assert re.search(r"calendar\.yml, line \d+: ", str(caught.value))


def test_a_delivery_check_without_a_way_out_is_refused(tmp_path):
    text = suites.path_of("calendar").read_text("utf-8")
    start = text.index("      remedy:", text.index("tables:"))
    end = text.index("\n\n", start)
    (tmp_path / "calendar.yml").write_text(text[:start].rstrip() + text[end:], "utf-8")

    with pytest.raises(BuildError, match="needs a 'remedy'"):
        suites.load("calendar", tmp_path)


def test_an_empty_suite_is_refused(tmp_path):
    (tmp_path / "calendar.yml").write_text("", "utf-8")

    with pytest.raises(BuildError, match=r"calendar\.yml, line 1: the suite is empty"):
        suites.load("calendar", tmp_path)


def test_placeholders_are_filled_with_typed_values():
    assert suites.fill({"value_set": "{{ towns }}", "column": "x"}, VALUES) == {
        "value_set": sorted(TOWNS),
        "column": "x",
    }
    assert suites.fill({"max_value": "{{today}}"}, VALUES) == {"max_value": TODAY}
    assert set(VALUES) == suites.PLACEHOLDERS


def test_the_suites_have_no_tabs_and_are_plain_yaml():
    for kind in KINDS:
        text = suites.path_of(kind).read_text("utf-8")
        assert "\t" not in text
        assert YAML(typ="safe").load(text)["kind"] == kind


def test_a_module_stood_for_is_loaded_once_something_of_it_is_used(monkeypatch):
    monkeypatch.setitem(sys.modules, "colorsys", engine._Later("colorsys"))
    import colorsys

    assert "hls_to_rgb" not in vars(colorsys)
    assert colorsys.hls_to_rgb(0, 1, 0) == (1, 1, 1)
    assert "hls_to_rgb" in vars(sys.modules["colorsys"])
