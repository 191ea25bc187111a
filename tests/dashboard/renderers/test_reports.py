"""Reports in every form, of a selection."""

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from dashboard import texts
from dashboard.renderers import reports
from dashboard.server import file_routes
from stadtlabor.cli import cli
from tests.dashboard.server import test_editions
from tests.dashboard.server.client import Client

BEGINS = {"pdf": b"%PDF", "slides": b"PK", "workbook": b"PK"}
NAMES = {
    "pdf": ["benchmark-de.pdf", "coworking-de.pdf", "journal-de.pdf", "surveys-de.pdf", "towns-moelln-de.pdf"],
    "slides": ["benchmark-de.pptx", "coworking-de.pptx", "surveys-de.pptx"],
    "workbook": ["kennzahlen-de.xlsx"],
}


@pytest.mark.parametrize("kind", BEGINS)
def test_a_report_of_a_selection_is_written(whole, tmp_path, kind):
    written = reports.write(kind, whole, tmp_path, ["de"], ["moelln"], ["population__inhabitants"], lambda line: None)

    assert set(NAMES[kind]) <= {path.name for path in written}
    assert "towns-diessen-de.pdf" not in {path.name for path in written}
    assert all(path.read_bytes().startswith(BEGINS[kind]) for path in written)


def test_the_teams_edition_is_not_handed_on(tmp_path, monkeypatch):
    monkeypatch.setenv("EDITION", "team")

    refused = CliRunner().invoke(cli, ["report", "--out", str(tmp_path)])

    assert (refused.exit_code, "public edition" in refused.output) == (1, True)


def asked(address):
    return Client(Starlette(routes=file_routes.routes())).get(f"/dateien/bericht/{address}")


@pytest.mark.parametrize(
    ("address", "begins", "called"),
    [
        ("towns.pdf?stadt=moelln", b"%PDF", "towns-de.pdf"),
        ("surveys.pptx?sprache=en", b"PK", "surveys-en.pptx"),
        ("benchmark.xlsx?thema=housing", b"PK", "benchmark-de.xlsx"),
    ],
)
def test_a_reader_s_report_is_made_when_it_is_asked_for(published, address, begins, called):
    answer = asked(address)

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{called}"


def test_only_what_a_page_knows_makes_a_report_of_its_own(published, monkeypatch):
    made = []
    monkeypatch.setattr(reports.theme_workbook, "workbook", lambda *given: made.append(given[2:]) or b"PK")

    for odd in ("", "&stadt=nirgends", "&x=1", "&kennzahlen=unknown", "&gemeinde=0&gruppe=odd", "&ansicht=odd"):
        assert asked(f"benchmark.xlsx?thema=housing{odd}").status_code == 200
    asked("benchmark.xlsx?thema=eigene&kennzahlen=housing__rent,unknown")
    asked("towns.xlsx?stadt=moelln")

    everything = [one[1] for one in made][-1]
    assert [one[1] for one in made[:-1]] == [["housing__rent", "housing__vacancy"], ["housing__rent"]]
    assert made[-1][0] == ["moelln"]
    assert len(everything) > 5


@pytest.mark.parametrize("address", ["structure.pdf", "benchmark.csv", "benchmark", "..%2fx.pdf", "benchmark.pdf.exe"])
def test_there_is_no_report_of_anything_else(published, address):
    assert asked(address).status_code == 404


def test_only_so_many_reports_wait(published, monkeypatch):
    for _ in range(reports.MOST_WAITING):
        reports._turns.acquire()
    try:
        answer = asked("benchmark.xlsx")
    finally:
        for _ in range(reports.MOST_WAITING):
            reports._turns.release()

    assert (answer.status_code, answer.text) == (503, texts.of("de").report_busy)
    assert answer.headers["retry-after"] == "60"
    assert asked("benchmark.xlsx").status_code == 200


def test_a_report_from_the_team_s_server_is_of_the_public_edition(warehouse, monkeypatch):
    test_editions.both.__wrapped__(warehouse)
    monkeypatch.setenv("EDITION", "team")
    given = []
    monkeypatch.setattr(reports.theme_workbook, "workbook", lambda release, *rest: given.append(release) or b"PK")

    assert asked("benchmark.xlsx?thema=tourism&fassung=intern").status_code == 200
    assert [one.is_internal for one in given] == [False]
