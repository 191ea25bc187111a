"""The audit of a finished release: it passes, it notices, and a second release gives nothing away."""

import hashlib
import shutil

import duckdb
import pytest

from stadtlabor.base.errors import BuildError
from stadtlabor.build import last_look
from stadtlabor.disclosure.cache import ProtectionCache
from stadtlabor.disclosure.surveys import audit
from stadtlabor.disclosure.surveys.audit import attack_release, given_away
from tests.dbt.survey.conftest import Built, build, read


def test_no_hidden_cell_is_recoverable(surveys):
    told = surveys.rows("select attack, tables, hidden_cells, recoverable_cells, narrowest_range from disclosure_audit")

    assert all(recoverable == 0 for _, _, _, recoverable, _ in told)
    rows = told[:3]
    assert [row[0] for row in rows] == ["small_counts", "linked_tables", "previous_release"]
    assert all(tables > 300 and hidden > 500 and recoverable == 0 for _, tables, hidden, recoverable, _ in rows)
    assert rows[1][4] >= 5


def copied(surveys, folder):
    """The release as it was before its audit, free to be spoilt."""
    release = folder / "release.duckdb"
    shutil.copy(surveys.release, release)
    with duckdb.connect(str(release)) as connection:
        connection.execute("drop table disclosure_audit")
    return release


SPOILT = {
    "a hidden cell's company published": (
        "update survey_cells set respondent_count = true_count from true_counts as t "
        "where survey_cells.survey_id = t.survey_id and survey_cells.table_id = t.table_id "
        "and survey_cells.answer = t.answer and survey_cells.breakdown_value = t.breakdown_value "
        "and t.status = 'secondary' and survey_cells.breakdown = 'total'",
        "recoverable",
    ),
    "a count of one to four published": (
        "update survey_cells set respondent_count = 3 where rowid = (select min(rowid) from survey_cells "
        "where respondent_count is null and answer <> 'base' and breakdown = 'total' and sign = '.')",
        "small_count",
    ),
    "a share of three respondents published": (
        "update indicator_values set value = 1, numerator = 3, sign = '' where rowid = (select min(rowid) "
        "from indicator_values where indicator_id = 'destination_share' and sign = '.' and sources is not null)",
        "numerator of destination_share",
    ),
}


@pytest.mark.parametrize("harm", SPOILT)
def test_a_spoilt_release_does_not_go_out(surveys, tmp_path, harm):
    release = copied(surveys, tmp_path)
    statement, finding = SPOILT[harm]
    with duckdb.connect(str(release)) as connection:
        connection.execute(f"attach '{surveys.private}' as warehouse (read_only)")
        connection.execute(
            "create temp table true_counts as select c.*, c.respondent_count as true_count, p.status "
            "from warehouse.core.core__survey_cells as c inner join warehouse.core.core__survey_protection as p "
            'on c.survey_id = p.universe and c.table_id = p.table_id and c.answer = p."row" '
            'and c.breakdown_value = p."column"'
        )
        connection.execute(statement)

    with pytest.raises(BuildError, match=finding):
        last_look.attack(release, surveys.private, None)

    with duckdb.connect(str(release), read_only=True) as connection:
        held = connection.execute("select count(*) from duckdb_tables() where table_name = 'disclosure_audit'")
        assert held.fetchall() == [(0,)]


def test_a_survey_found_safe_is_not_attacked_again_over_the_same_numbers(surveys, tmp_path, monkeypatch):
    attacked, real = [], audit.audit
    monkeypatch.setattr(
        audit, "audit", lambda cells, *rest: attacked.append(cells["universe"][0]) or real(cells, *rest)
    )
    monkeypatch.setenv("STADTLABOR_PROCESSES", "0")
    spoilt = copied(surveys, tmp_path)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(SPOILT["a count of one to four published"][0])

    found = [
        attack_release(release, surveys.private, None, ProtectionCache(tmp_path / "attack"))
        for release in (surveys.release, surveys.release, spoilt, spoilt)
    ]

    every, harmed = attacked[:-2], attacked[-2:]
    assert len(every) == len(set(every)) > 1
    # Another number is another survey, and what gives somebody away is attacked each time.
    assert harmed[0] == harmed[1] in every
    assert found[0].findings == found[1].findings == []
    assert found[0].rows.equals(found[1].rows)
    assert any("small_count" in one for one in found[3].findings)


@pytest.fixture(scope="module")
def later(surveys, tmp_path_factory) -> Built:
    """The same surveys after one more citizen of Dippoldiswalde has answered, built on the first release."""
    folder = tmp_path_factory.mktemp("later")
    raw, warehouse = folder / "raw", folder / "warehouse"
    shutil.copytree(surveys.raw, raw)
    shutil.copytree(surveys.warehouse, warehouse)
    delivery = raw / "dippoldiswalde-buergerbefragung-2022"
    file = next(delivery.glob("*.csv"))
    lines = file.read_bytes().splitlines(keepends=True)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    # The last answers once more, a few seconds later: another respondent who happens to agree.
    stamp, rest = lines[-1].split(b",", 1)
    assert stamp.count(b":") == 2
    moved = (
        stamp[:-3] + (b'59"' if not stamp.endswith(b'59"') else b'58"') if stamp.endswith(b'"') else stamp[:-2] + b"59"
    )
    file.write_bytes(b"".join([*lines, moved + b"," + rest]))
    source = delivery / "source.yml"
    source.write_text(source.read_text("utf-8").replace(before, hashlib.sha256(file.read_bytes()).hexdigest()), "utf-8")
    return build(raw, warehouse)


PRINTED = (
    "surveys", "survey_cells", "survey_counts", "survey_questions", "survey_numbers", "demand_curve",
    "indicator_values",
)  # fmt: skip


def test_one_respondent_more_shows_in_nothing_that_is_printed_of_surveys(surveys, later):
    true_count = "select sum(respondent_count) from core.core__survey_cells"

    assert read(later.private, true_count) > read(surveys.private, true_count)
    for table in PRINTED:
        assert later.rows(f"select * from {table} order by all") == surveys.rows(f"select * from {table} order by all")


def test_the_release_before_is_part_of_the_attack(surveys, later):
    found = attack_release(later.release, later.private, surveys.release)

    assert found.findings == []
    assert found.rows.filter(found.rows["attack"] == "previous_release")["recoverable_cells"].to_list() == [0]


def test_what_a_new_series_gives_away_is_counted(surveys, later, tmp_path):
    """Had `later` told one hidden number after all, that cell and what follows from it would be counted."""
    told = copied(later, tmp_path)
    with duckdb.connect(str(told)) as connection:
        connection.execute(SPOILT["a count of one to four published"][0])

    assert given_away(later.release, later.private, surveys.release) == 0
    assert given_away(told, later.private, surveys.release) > 0
