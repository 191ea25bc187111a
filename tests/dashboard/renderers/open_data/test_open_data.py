"""The release as open data: whole, equal to the release, of the public edition, described in both languages."""

import json
from xml.etree import ElementTree

import polars as pl
import pytest

from dashboard import texts
from dashboard.renderers import open_data
from dashboard.renderers.open_data import codebook, folder_readme, resource, sample_mark, table_files
from dashboard.renderers.open_data.origins import origin_of
from tests.dashboard.renderers.conftest import EDITION, HOSTILE, release_of
from tests.dashboard.samples import sample

DDI = "{ddi:codebook:2_5}"
# The order of a variable's parts in DDI-Codebook 2.5, of those that are written.
PARTS = ["labl", "qstn", "universe", "sumStat", "catgry", "notes"]


def test_every_table_leaves_as_csv_and_as_parquet_equal_to_the_release(folder, whole_release):
    for name, frame in whole_release.tables.items():
        assert pl.read_parquet(folder / "parquet" / f"{name}.parquet").equals(frame)
    assert {path.stem for path in (folder / "csv").iterdir()} == set(sample.CONTRACT)


@pytest.mark.parametrize("edition", ["team", None])
def test_no_other_edition_than_the_public_one_is_open_data(tmp_path, edition):
    info = sample.default_tables()["release_info"][0] | EDITION | {"edition": edition}
    with pytest.raises(open_data.NotOpenError, match="public edition"):
        open_data.write(release_of(release_info=[info]), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path, whole_release):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(open_data.NotOpenError, match="is not empty"):
        open_data.write(whole_release, tmp_path)


def test_csv_holds_no_formula_but_signs_and_numbers_as_they_are():
    rows = {
        "title": [HOSTILE, "-x", "Mölln"],
        "sign": ["-", "...", ""],
        "fill_share_sign": ["-", "", "."],
        "v": [-1.5, 0, 2],
    }
    made = table_files.plain(pl.DataFrame(rows, strict=False))
    assert made["title"].to_list() == ["'=1+1", "'-x", "Mölln"]
    assert made.drop("title").to_dict(as_series=False) == {name: rows[name] for name in rows if name != "title"}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("state in ('a', 'b')", {"state": {"enum": ["a", "b"], "required": True}}),
        ("sign in ('', '.')", {"sign": {"enum": ["."]}}),
        ("x between 47 and 56 and y between -5 and 16 and z is not null", {
            "x": {"minimum": 47, "maximum": 56, "required": True},
            "y": {"minimum": -5, "maximum": 16, "required": True},
            "z": {"required": True},
        }),
        ("regexp_matches(ags, '^[0-9]{8}$')", {"ags": {"pattern": "[0-9]{8}", "required": True}}),
        ("a is not null or b is not null", {}),
        ("(value is null) = (sign <> '')", {}),
        ("coalesce(x between 1 and 2, x is null)", {}),
    ],
)  # fmt: skip
def test_what_the_contract_says_of_a_column_becomes_its_constraint(condition, said):
    model = {"data_tests": [{"holds": {"arguments": {"condition": condition}}}]}
    assert resource.constraints_of(model) == said


def test_keys_and_references_stand_where_they_are_true(whole_release):
    found = {one.name: one for one in resource.resources(whole_release)}
    assert (found["towns"].key, found["towns"].is_primary) == (["town_id"], True)
    # A value of no breakdown has an empty part in its key.
    assert not found["indicator_values"].is_primary
    assert ("survey_id", "surveys", "survey_id") in found["survey_counts"].references
    lost = release_of(surveys=[])
    assert {one.name: one for one in resource.resources(lost)}["survey_counts"].references == [
        ("town_id", "towns", "town_id")
    ]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_table_and_column_has_its_title(language):
    groups = texts.of(language)
    assert set(sample.CONTRACT) == set(groups.group("open_data_tables"))
    names = {column for columns in sample.CONTRACT.values() for column in columns}
    known = set(groups.group("open_data_columns"))
    assert {name for name in names - known if resource.titled(name, language) == name} == set()


@pytest.mark.parametrize(
    ("marks", "sample_is"),
    [([True, True], "wholly"), ([True, False], "partly"), ([False, None], ""), ([], "")],
)
def test_a_table_says_how_much_of_it_is_sample_data(marks, sample_is):
    own = pl.DataFrame(
        {"survey_id": list("ab")[: len(marks)], "is_synthetic": marks}, schema_overrides={"is_synthetic": pl.Boolean}
    )
    reference = {"survey_id": ("surveys", "survey_id")}
    assert sample_mark.sample_of(own, {"surveys": own}, {}) == sample_is
    assert sample_mark.sample_of(own.drop("is_synthetic"), {"surveys": own}, reference) == sample_is


def test_the_narrowest_of_several_licences_counts_and_an_unknown_one_is_restricted(whole_release):
    rows = pl.DataFrame(
        {"licence": ["CC BY 4.0; CC0, synthetic", "dl-de/by-2-0", None], "source_text": ["B; A", "", None]}
    )
    found = origin_of(whole_release, rows, "")
    assert [one.listed for one in found.licences] == ["cc-zero", "cc-by/4.0", "dl-by-de/2.0"]
    assert (found.narrowest.name, found.sources) == ("DL-DE-BY-2.0", ("A", "B"))
    odd = origin_of(whole_release, pl.DataFrame({"licence": ["nur mit Erlaubnis"], "source_text": [""]}), "")
    assert odd.narrowest.uri == "http://dcat-ap.de/def/licenses/other-closed"


def test_every_description_marks_sample_data(folder):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert all("ample data" in one["description"] for one in [package, *package["resources"]] if one["synthetic"])
    assert {one["name"] for one in package["resources"] if one["synthetic"] == "wholly"} >= {"surveys", "survey_counts"}
    for name in ("csv-metadata.json", "dcat.ttl", "dcat.jsonld", "ddi-codebook.xml", "README.md"):
        said = (folder / name).read_text("utf-8")
        assert "Beispieldaten: " in said, name
        assert "ample data" in said, name


def test_the_readme_speaks_both_languages_and_holds_no_markup_of_a_delivery(folder):
    said = (folder / "README.md").read_text("utf-8")
    assert said.count("`survey_counts`") == 2
    assert "Datenlizenz Deutschland" in said
    assert folder_readme.plain("<b>[x](y)</b>\n# z") == r"\<b\>\[x\](y)\</b\> \# z"


def test_the_codebook_has_the_published_frequencies_and_the_signs_of_hidden_ones(folder, whole_release):
    book = ElementTree.parse(folder / "ddi-codebook.xml").getroot()
    counts = whole_release.tables["survey_counts"].filter(pl.col("breakdown") == "total")
    told = [int(one.text) for one in book.iter(f"{DDI}catStat") if one.get("type") == "freq"]
    signs = [one.text for one in book.iter(f"{DDI}catStat") if one.get("otherType") == "sign"]
    assert sorted(told) == sorted(counts["count"].drop_nulls())
    assert sorted(signs) == sorted(counts.filter(pl.col("sign") != "")["sign"])
    numbers = whole_release.tables["survey_numbers"].filter(pl.col("breakdown") == "total")
    quantiles = [float(one.text) for one in book.iter(f"{DDI}sumStat") if one.get("type") != "vald"]
    assert sorted(quantiles) == sorted(numbers["value"].drop_nulls())
    assert len(list(book.iter(f"{DDI}notes"))) == numbers["value"].null_count()


def test_a_hidden_answer_has_no_number(folder):
    book = ElementTree.parse(folder / "ddi-codebook.xml").getroot()
    hidden = [one for one in book.iter(f"{DDI}catgry") if "." in [stat.text for stat in one.iter(f"{DDI}catStat")]]
    assert hidden
    assert all([stat.get("otherType") for stat in one.iter(f"{DDI}catStat")] == ["sign"] for one in hidden)


def test_the_codebook_keeps_to_the_structure_of_ddi(folder, whole_release):
    book = ElementTree.parse(folder / "ddi-codebook.xml").getroot()
    assert (book.tag, book.get("version")) == (f"{DDI}codeBook", "2.5")
    assert [part.tag.removeprefix(DDI) for part in book] == [
        "docDscr", *["stdyDscr"] * whole_release.tables["surveys"].height, "dataDscr",
    ]  # fmt: skip
    ids = [one.get("ID") for one in book.iter() if one.get("ID")]
    assert len(ids) == len(set(ids))
    variables = list(book.iter(f"{DDI}var"))
    assert {one.get("sdatrefs") for one in variables} <= set(ids)
    for one in variables:
        order = [PARTS.index(part.tag.removeprefix(DDI)) for part in one]
        assert order == sorted(order)
        assert one.find(f"{DDI}labl").text


def test_the_codebook_drops_what_no_xml_may_hold(whole_release):
    survey = whole_release.tables["surveys"].with_columns(title=pl.lit("a\x00\x0b<b>"))
    changed = type(whole_release)("sample-1", {**whole_release.tables, "surveys": survey})
    book = ElementTree.fromstring(codebook.codebook_of(changed))
    assert "a<b>" in [one.text for one in book.iter(f"{DDI}titl")]
