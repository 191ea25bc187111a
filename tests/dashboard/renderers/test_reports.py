"""Reports in every form, of a selection."""

import pytest
from click.testing import CliRunner

from dashboard.renderers import reports
from stadtlabor.cli import cli

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
