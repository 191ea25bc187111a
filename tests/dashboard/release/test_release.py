"""The release: what is found in it, that nothing is held open, and that the pointer is followed."""

import subprocess
import sys

import duckdb
import pytest

from dashboard.release import store as release
from dashboard.words.indicator import alphabetical_key, indicator_of
from dashboard.words.numbers import NOT_DELIVERED
from tests.dashboard.samples import sample


def test_without_a_pointer_there_is_no_release(warehouse):
    with pytest.raises(release.NoReleaseError):
        release.current()


def test_a_pointer_to_nothing_is_no_release(warehouse):
    sample.point_to(warehouse, "gone")

    with pytest.raises(release.NoReleaseError, match="gone"):
        release.current()


@pytest.mark.parametrize("written", ["../elsewhere", "a/b", ""])
def test_a_pointer_never_leads_out_of_the_warehouse(warehouse, written):
    sample.point_to(warehouse, written)

    with pytest.raises(release.NoReleaseError, match="names no release"):
        release.current()


def test_a_release_is_read_once_and_kept(published):
    assert release.current() is release.current()


def test_the_pointers_next_release_is_shown_at_once(published):
    assert release.current().release_id == "sample-1"

    sample.write_release(published, "sample-2")
    assert release.current().release_id == "sample-2"

    sample.point_to(published, "sample-1")
    assert release.current().release_id == "sample-1"


def test_nothing_keeps_the_file_open(published):
    """Another process opens the file to write and moves it away while this one holds the release."""
    held = release.current()
    script = (
        "import duckdb, pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "duckdb.connect(file).execute('create table written_meanwhile (a int)').close()\n"
        "file.rename(file.with_name('pruned'))"
    )
    file = published / "releases" / "sample-1" / "release.duckdb"

    subprocess.run([sys.executable, "-c", script, str(file)], check=True, capture_output=True)

    assert held.towns().height == 5


def test_many_may_read_at_once(published):
    """Another process holds the file open for reading; a reader that asked to write would be turned away."""
    script = (
        "import duckdb, sys\n"
        "held = duckdb.connect(sys.argv[1], read_only=True)\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()"
    )
    file = published / "releases" / "sample-1" / "release.duckdb"
    command = [sys.executable, "-c", script, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        assert release.current().towns().height == 5

        other.communicate()


def test_a_release_cannot_be_written_through_the_door(published):
    file = published / "releases" / "sample-1" / "release.duckdb"
    before = file.read_bytes()

    release.current()

    assert file.read_bytes() == before
    assert not file.with_suffix(".duckdb.wal").exists()


def test_a_broken_file_is_an_error_not_an_empty_page(published):
    (published / "releases" / "sample-1" / "release.duckdb").write_bytes(b"x" * 5000)

    with pytest.raises(duckdb.Error):
        release.current()


def test_towns_come_in_alphabetical_order(release):
    assert release.towns().get_column("town_id").to_list() == sample.ORDER


def test_umlauts_sort_as_their_vowels():
    assert sorted(["Mutterstadt", "Mölln", "Moers", "Öhringen"], key=alphabetical_key) == [
        "Moers",
        "Mölln",
        "Mutterstadt",
        "Öhringen",
    ]


def test_values_by_town_are_the_latest_period_in_the_towns_order(release):
    rows = release.values_by_town("population__inhabitants")

    assert rows.get_column("town_id").to_list() == sample.ORDER
    assert rows.get_column("value").to_list() == sample.VALUES["population__inhabitants"]["2022-12-31"]


def test_a_town_without_a_row_keeps_its_place_and_is_said_not_to_be_delivered(warehouse):
    sample.write_release(warehouse, indicator_values=[sample.value("housing__rent", "moelln", "2022-05-15", 7.0)])

    rows = release.current().values_by_town("housing__rent")

    assert rows.get_column("sign").to_list() == [NOT_DELIVERED, NOT_DELIVERED, "", NOT_DELIVERED, NOT_DELIVERED]
    assert rows.get_column("value").to_list() == [None, None, 7.0, None, None]


def test_the_latest_period_is_by_date_not_by_spelling(warehouse):
    rows = [sample.value("housing__rent", "moelln", period, 7.0) for period in ("2016", "2015-06-30")]
    sample.write_release(warehouse, indicator_values=rows)

    assert release.current().latest_period("housing__rent") == "2016"


def test_themes_follow_the_texts_and_positions_count_within_them(warehouse):
    entries = [
        row | {"theme": theme, "position": place}
        for row, (theme, place) in zip(
            sample.default_tables()["indicator_catalogue"],
            [("tourism", 1), ("housing", 2), ("housing", 1), ("population", 9)],
            strict=False,
        )
    ]
    sample.write_release(warehouse, indicator_catalogue=entries)

    assert release.current().themes() == ["population", "housing", "tourism"]
    assert [one.indicator_id for one in release.current().indicators("de", "housing")] == [
        "commuting__balance",
        "commuting__out_share",
    ]


def test_an_indicator_speaks_the_language_asked_for(release):
    assert release.indicator("commuting__balance", "de").title == "Pendlersaldo"
    assert release.indicator("commuting__balance", "en").title == "Commuter balance"
    assert release.indicator("unknown", "en") is None


def test_an_indicators_short_name_begins_large_wherever_it_stands():
    row = sample.default_tables()["indicator_catalogue"][0] | {"short_en": "visits", "short_de": "≥ 50 Mbit/s"}

    assert indicator_of(row, "en").short == "Visits"
    assert indicator_of(row, "de").short == "≥ 50 Mbit/s"


def test_the_breaks_of_a_town_concern_every_indicator(release):
    assert release.breaks("housing__rent").get_column("town_id").to_list() == ["dippoldiswalde"]


def test_checks_that_were_not_passed_come_first(warehouse):
    checks = [
        sample.check("official-figures", check_id="a"),
        sample.check("official-figures", check_id="b", outcome="failed", failing_rows=2),
    ]
    sample.write_release(warehouse, delivery_checks=checks)

    assert release.current().checks_of("official-figures").get_column("check_id").to_list() == ["b", "a"]


def test_words_of_a_release_set_per_cent_as_the_pages_do(warehouse):
    said = {"statement_de": "Es sind 83,3 % der Stadt.", "statement_en": "It is 83.3 % of the town."}
    sample.write_release(warehouse, statements=[sample.statement("S26", **said)])

    row = release.current().statements().row(0, named=True)

    assert row["statement_de"] == "Es sind 83,3\u202f% der Stadt."
    assert row["statement_en"] == "It is 83.3% of the town."


def test_a_peer_band_belongs_to_its_period(release):
    assert release.peer_band("housing__rent", "2022-05-15")["p50"] == 6.5
    assert release.peer_band("housing__rent", "2011-05-09") is None
    assert release.peer_band("housing__rent", None) is None


def test_every_table_of_the_contract_is_read(release):
    assert set(release.tables) == sample.TABLES


def test_a_release_of_an_earlier_version_asks_for_a_build(published):
    with duckdb.connect(str(published / "releases" / "sample-1" / "release.duckdb")) as connection:
        connection.execute("drop table space_stays")

    with pytest.raises(release.NoReleaseError, match="earlier version: it lacks space_stays"):
        release.current()


def test_a_release_is_held_once_somebody_has_read_it(published):
    assert release.held() is None

    assert release.current() is release.held()

    sample.point_to(published, "another")
    assert release.held() is None
