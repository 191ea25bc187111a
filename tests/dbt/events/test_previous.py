"""A release after another: what was told stays told, and nothing follows from the two together."""

import random

import duckdb
import pytest

from stadtlabor.disclosure.events.audit import attack_events
from stadtlabor.landing import event_landing
from tests.dbt import building
from tests.dbt.events.conftest import SEEDS
from tests.dbt.events.worlds import landed, world

COUNTS = ("registered", "attended", "walk_ins", "taken_up")


def changed(seed):
    """A world whose files were corrected since, or completed; every other event somewhere."""
    dice, made = random.Random(-seed), world(seed)
    for _, row in made.events:
        for name in COUNTS if dice.random() < 0.5 else ():
            if row[name] is not None and dice.random() < 0.6:
                row[name] = max(0, row[name] + dice.choice([-9, -6, -3, -2, -1, 1, 2, 3, 4, 7, 10]))
            elif dice.random() < 0.2:
                row[name] = dice.choice([0, 3, 6, 9, 14, 20])
    return made


def build_after(released, folder, worlds):
    built = building.build(
        folder, "+events +event_groups +indicator_values", **landed(worlds),
        previous_events=event_landing.tables(released.release)["previous_events"].to_dicts(),
    )  # fmt: skip
    assert built.result.ok, built.result.failures
    return built


def events_of(built):
    return built.rows("select * exclude (is_synthetic) from events order by event_id")


def test_the_same_deliveries_give_the_same_events_again(released, worlds, tmp_path):
    again = build_after(released, tmp_path, worlds)

    assert events_of(again) == events_of(released)
    assert attack_events(again.release, released.release).findings == []


def test_visits_that_would_complete_what_is_out_are_not_told(released, corrected):
    told = corrected.rows("select attended_sign, record_note_en from events where record_note_en like '%out already%'")

    assert told
    assert {sign for sign, _ in told} == {"x"}


@pytest.fixture(scope="module")
def corrected(released, tmp_path_factory):
    return build_after(released, tmp_path_factory.mktemp("after"), [changed(seed) for seed in SEEDS])


def test_nothing_follows_from_a_corrected_release_and_the_one_before(released, corrected):
    assert events_of(corrected) != events_of(released)
    found = attack_events(corrected.release, released.release)

    assert found.findings == []
    assert found.rows[0][4] == 4


def test_no_number_that_stood_in_both_changed_by_a_handful(released, corrected):
    with duckdb.connect() as connection:
        for name, built in (("old", released), ("new", corrected)):
            connection.execute(f"attach '{built.release}' as {name} (read_only)")
        for count in COUNTS:
            (by,) = zip(*connection.execute(
                f"select abs(new.events.{count} - old.events.{count}) from old.events "
                f"inner join new.events using (event_id) where new.events.{count} is not null "
                f"and old.events.{count} is not null"
            ).fetchall(), strict=True)  # fmt: skip
            assert not {1, 2, 3, 4} & set(by)
            assert max(by) >= 5


def test_a_release_from_before_there_were_events_tells_nothing(tmp_path):
    old = tmp_path / "release.duckdb"
    duckdb.connect(str(old)).close()

    for serving in (None, old):
        assert event_landing.tables(serving)["previous_events"].is_empty()
