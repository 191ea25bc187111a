"""The folder of open data held against the standards by their own programs: Frictionless, CSVW, DCAT-AP.de by SHACL.

Each check is broken once, so that it is seen to fail.
"""

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import polars.selectors as cs
import pytest

frictionless = pytest.importorskip("frictionless")
csvw = pytest.importorskip("csvw")
pyshacl = pytest.importorskip("pyshacl")
rdflib = pytest.importorskip("rdflib")

# The programs' own warnings are no matter of ours.
pytestmark = pytest.mark.filterwarnings("default")

SHAPES = Path(__file__).with_name("shapes.ttl")
BASE = "https://example.org/data/"


def test_the_data_package_is_valid(folder):
    found = frictionless.validate(folder / "datapackage.json")
    assert [(task.name, error.message) for task in found.tasks for error in task.errors] == []
    assert {task.type for task in found.tasks} == {"table", "file"}


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("towns", "moelln", "diessen", "primary-key"),
        ("towns", "01053090", "1053090", "constraint-error"),
        ("surveys", "wittenberge", "nowhere", "foreign-key"),
    ],
)
def test_a_changed_table_is_found(folder, tmp_path, table, old, new, error):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] in {table, "towns"}]
    for one in package["resources"]:
        del one["hash"], one["bytes"]
        known = {"towns", one["name"]}
        keys = one["schema"].get("foreignKeys", [])
        one["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in known]
        (tmp_path / one["path"]).parent.mkdir(exist_ok=True)
        shutil.copy(folder / one["path"], tmp_path / one["path"])
    changed = tmp_path / "csv" / f"{table}.csv"
    changed.write_text(changed.read_text("utf-8").replace(old, new), encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = frictionless.validate(tmp_path / "datapackage.json")
    assert error in {one.type for task in found.tasks for one in task.errors}


def test_the_sizes_and_hashes_are_those_of_the_files(folder, tmp_path):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    one = next(one for one in package["resources"] if one["name"] == "towns-parquet")
    (tmp_path / "parquet").mkdir()
    (tmp_path / one["path"]).write_bytes((folder / one["path"]).read_bytes() + b"x")
    (tmp_path / "datapackage.json").write_text(json.dumps(package | {"resources": [one]}), encoding="utf-8")
    found = frictionless.validate(tmp_path / "datapackage.json")
    assert {error.type for task in found.tasks for error in task.errors} == {"hash-count", "byte-count"}


def test_csvw_reads_every_number_of_the_release_back(folder, whole_release):
    group = csvw.CSVW(str(folder / "csv-metadata.json"), validate=True)
    assert group.is_valid
    assert [str(one.message) for one in group.warnings] == []
    read = {Path(str(table.url)).stem: list(table) for table in group.tables}
    assert set(read) == set(whole_release.tables)
    for name, frame in whole_release.tables.items():
        for column in frame.select(cs.numeric() | cs.boolean()).columns:
            assert [row[column] for row in read[name]] == frame[column].to_list(), (name, column)
        for column in frame.select(cs.date()).columns:
            assert [_day(row[column]) for row in read[name]] == frame[column].to_list(), (name, column)


def test_csvw_finds_a_town_that_stands_twice(folder, tmp_path):
    described = json.loads((folder / "csv-metadata.json").read_text("utf-8"))
    described["tables"] = [one for one in described["tables"] if one["url"] == "csv/towns.csv"]
    described["tables"][0]["tableSchema"].pop("foreignKeys", None)
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv-metadata.json").write_text(json.dumps(described), encoding="utf-8")
    told = (folder / "csv" / "towns.csv").read_text("utf-8").replace("moelln", "diessen")
    (tmp_path / "csv" / "towns.csv").write_text(told, encoding="utf-8")
    with pytest.raises(ValueError, match="duplicate primary key"):
        _ = csvw.CSVW(str(tmp_path / "csv-metadata.json"), validate=True).is_valid


def test_the_portal_entry_keeps_the_rules_of_dcat_ap_de(folder):
    graph = _graph(folder / "dcat.ttl", "turtle")
    conforms, _, said = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    assert conforms, said
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.DCAT.Dataset))) == 8


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("Distribution", "license"),
        ("Dataset", "publisher"),
        ("Dataset", "title"),
        ("Distribution", "format"),
    ],
)
def test_an_entry_that_lacks_something_is_found(folder, kind, name):
    graph = _graph(folder / "dcat.ttl", "turtle")
    graph.remove((next(graph.subjects(rdflib.RDF.type, rdflib.DCAT[kind])), rdflib.DCTERMS[name], None))
    assert not pyshacl.validate(graph, shacl_graph=str(SHAPES))[0]


def test_both_forms_of_the_portal_entry_say_the_same(folder):
    turtle, linked = _graph(folder / "dcat.ttl", "turtle"), _graph(folder / "dcat.jsonld", "json-ld")
    assert len(turtle) == len(linked) > 500
    # Nodes without an address have another name in each.
    assert _named(turtle) == _named(linked)


def test_every_address_of_the_portal_entry_leads_to_a_file_of_its_size(folder):
    graph = _graph(folder / "dcat.ttl", "turtle")
    for entry, address in graph.subject_objects(rdflib.DCAT.downloadURL):
        path = folder / str(address).removeprefix(BASE)
        assert path.stat().st_size == int(graph.value(entry, rdflib.DCAT.byteSize))


def _graph(path: Path, form: str) -> "rdflib.Graph":
    return rdflib.Graph().parse(path, format=form, publicID=BASE + path.name)


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _named(graph: "rdflib.Graph") -> set[tuple[object, ...]]:
    return {tuple("" if isinstance(one, rdflib.BNode) else one for one in triple) for triple in graph}
