"""`stadtlabor refresh` against a server that replays the offices' answers and misbehaves as they do."""

import datetime as dt
from pathlib import Path

import pytest

from stadtlabor.base.errors import BuildError
from stadtlabor.manifest import source
from stadtlabor.refresh import client as clients
from stadtlabor.refresh.client import Client
from stadtlabor.refresh.fetch import Refresh, plan
from stadtlabor.refresh.genesis_service import PASSWORD, USER
from tests.refresh import offices
from tests.refresh.offices import RECORDED, Offices, serving

RAW = Path(__file__).resolve().parents[2] / "raw"
TODAY = dt.date(2026, 12, 1)
TABLE = "AI-N-01-2-5"
ATLAS = "/fileadmin/Downloaddateien/HA26/Deutschlandatlas_GEM1225_HA26.csv"
YEAR_BEFORE = ATLAS.replace("1225", "1224")
ASSOCIATIONS = "/fileadmin/Downloaddateien/HA26/Deutschlandatlas_VBGEM1222_HA26.csv"
TOWNS = {
    "1053090": "Mölln",
    "6439012": "Oestrich-Winkel",
    "9181114": "Dießen",
    "12070424": "Wittenberge",
    "14628060": "Dippoldiswalde",
}


def atlas(measures=("p_apo", "st_einnkr"), towns=TOWNS, more=60) -> bytes:
    """A yearly CSV as the Deutschlandatlas issues it: cp1252, decimal comma, keys without their leading zero."""
    names = {**towns, **{str(5_111_000 + n): f"Gemeinde {n}" for n in range(more)}}
    rows = [";".join([key, name, *(f"{4 + place},5" for place in range(len(measures)))]) for key, name in names.items()]
    return ("\r\n".join([";".join(["GKZ1225", "Gemeindename", *measures]), *rows]) + "\r\n").encode("cp1252")


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A server with the Deutschlandatlas and one table; a run against it gives what was told and whether it is new."""
    monkeypatch.setenv(USER, offices.USER)
    monkeypatch.setenv(PASSWORD, offices.PASSWORD)
    monkeypatch.setattr(clients, "TRIES", 2)
    there = Offices(
        files={
            ATLAS: atlas(),
            YEAR_BEFORE: atlas(("bev_dicht",)),
            ASSOCIATIONS: atlas(("pendel",)).replace(b"GKZ1225", b"VBG1219"),
        }
    )
    there.tables[TABLE] = RECORDED
    with serving(there) as address:

        def run(only="deutschlandatlas", expect_failure=False):
            told: list[str] = []
            job = Refresh(tmp_path / "tables", RAW, Client(pause=0, server=address), told.append, TODAY, wait=0)
            if expect_failure:
                with pytest.raises(BuildError):
                    job.run(only)
                return told, False
            return told, job.run(only)

        run.offices, run.tables = there, tmp_path / "tables"
        yield run


def file(world, name="deutschlandatlas/Deutschlandatlas_GEM1225_HA26.csv") -> bytes:
    return (world.tables / name).read_bytes()


def test_a_file_is_fetched_once_and_described(world):
    _, is_new = world()
    asked = len(world.offices.heard)
    again, is_new_again = world()

    assert (is_new, is_new_again) == (True, False)
    assert file(world) == atlas()
    assert all("unchanged" in line for line in again)
    # The second run asks by the mark of version and gets no body.
    assert [heard[3].get("If-None-Match") is not None for heard in world.offices.heard[asked:]] == [True, True, True]
    about = source.load(world.tables / "deutschlandatlas" / "source.yml")
    assert (about.licence, about.received, len(about.files)) == ("reproduction with attribution", TODAY, 3)
    assert all(one.sha256 for one in about.files)
    assert "HA26" in about.note


def test_the_newest_edition_there_is_is_taken(world):
    world.offices.files = {
        "/fileadmin/Downloaddateien/HA25/Deutschlandatlas_GEM1224_HA25.csv": atlas(),
        "/fileadmin/Downloaddateien/HA25/Deutschlandatlas_VBGEM1222_HA25.csv": atlas(("pendel",)),
    }

    assert world()[1]
    assert ATLAS in world.offices.paths()


def test_a_cut_answer_is_gone_on_with(world):
    world.offices.cut_once = True

    assert world()[1]
    assert file(world) == atlas()
    assert any("Range" in headers for *_, headers in world.offices.heard)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (atlas(towns={"1053090": "Mölln"}), "4 of the 5 towns are missing"),
        (atlas(more=20), "municipalities, the file of before has"),
        (atlas(("p_apo", "st_einnkr", "p_neu")), "columns that the file of before has not: p_neu"),
        (offices.PAGE, "a page instead of the file"),
        (b"AGS;Wert\n01053090;1\n", "no reader knows"),
    ],
)
def test_an_answer_that_may_not_replace_the_file_leaves_it_and_the_other_sources(world, answer, told):
    world("deutschlandatlas")
    world.offices.files[ATLAS] = answer

    said, _ = world("deutschlandatlas,regio")

    assert file(world) == atlas()
    assert any(told in line for line in said if line.startswith("deutschlandatlas: stopped"))
    assert file(world, f"regio/{TABLE}.csv") == RECORDED
    assert not list(world.tables.rglob(".*.part"))


def test_a_redirect_to_a_page_is_no_file(world):
    world()
    world.offices.redirect = "_HA26.csv"

    told, _ = world(expect_failure=True)

    assert "a page instead of the file" in told[0]
    assert file(world) == atlas()


def test_a_table_is_fetched_with_its_account_and_not_again_where_nothing_is_newer(world):
    assert world("regio")[1]
    told, is_new = world("regio")

    assert file(world, f"regio/{TABLE}.csv") == RECORDED
    assert not is_new
    assert f"regio: {TABLE}.csv is unchanged" in told
    forms = [form for _, path, form, _ in world.offices.heard if path == "data/tablefile" and form["name"] == TABLE]
    assert [form.get("stand") for form in forms] == [None, "01.12.2026"]
    assert {(form["startyear"], form["format"]) for form in forms} == {("2016", "ffcsv")}


def test_a_table_that_is_too_large_comes_by_a_job(world):
    world.offices.large = {TABLE}

    assert world("regio")[1]
    assert file(world, f"regio/{TABLE}.csv") == RECORDED
    assert world.offices.paths()[-3:] == ["catalogue/results", "catalogue/results", "data/resultfile"]


def test_a_table_goes_by_its_other_name_where_it_has_lost_the_first(world):
    world.offices.tables["13111-08-02-5"] = RECORDED

    told, _ = world("regio")

    assert file(world, "regio/13111-08-02-5-B.csv") == RECORDED
    assert "regio: the service has no table 12411-01-01-5 any more" in told


@pytest.mark.parametrize(("code", "told"), [(104, "nothing was found"), (7, "the service says code 7")])
def test_a_fault_of_one_table_stops_that_table_alone(world, code, told):
    world.offices.codes["12411-01-01-5"] = code

    said, is_new = world("regio")

    assert is_new
    assert any(told in line for line in said)
    assert file(world, f"regio/{TABLE}.csv") == RECORDED


def test_a_wrong_account_stops_the_source_and_is_nowhere_shown(world):
    world.offices.lets_in = False

    told, _ = world("regio", expect_failure=True)

    assert USER in told[0]
    assert "not let in" in told[0]
    assert world.offices.paths() == ["helloworld/logincheck"]
    kept = b"".join(path.read_bytes() for path in world.tables.rglob("*") if path.is_file())
    assert offices.PASSWORD not in "".join(told)
    assert offices.PASSWORD.encode() not in kept


def test_without_an_account_the_source_is_left_out(world, monkeypatch):
    monkeypatch.delenv(PASSWORD)

    told, is_new = world("regio")

    assert (told, is_new) == ([f"regio: left out, since {USER} and {PASSWORD} are not set"], False)
    assert world.offices.heard == []


def test_a_dry_run_says_what_it_would_ask_for(monkeypatch):
    monkeypatch.delenv(USER, raising=False)

    lines = plan("deutschlandatlas,regio", TODAY, 2016)

    assert lines[0].startswith(f"deutschlandatlas: GET https://deutschlandatlas.bund.de{ATLAS}")
    assert lines[-1] == f"regio: nothing, since {USER} and {PASSWORD} are not set"
    with pytest.raises(BuildError, match="no source 'nirgends'"):
        plan("nirgends", TODAY, 2016)
