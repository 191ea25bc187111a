"""What of events leaves the warehouse: no count of a handful, and nothing from which one follows."""

import json
import shutil
from itertools import product

import duckdb
import pytest

from stadtlabor.disclosure.events import groups as event_groups
from stadtlabor.disclosure.events.attack import Print, World, attacked, printed
from stadtlabor.disclosure.events.audit import attack_events

SMALL_WORLDS = [
    world
    for registered, attended, is_published in product([None, *range(20)], [None, *range(14)], [False, True])
    for walk_ins in [None, *range((attended or 0) + 1)]
    if printed(world := World(registered, attended, walk_ins, is_published=is_published)) is not None
    # A number of registrations that is out already was never a handful.
    if not (is_published and (registered is None or 1 <= registered < 5))
]


def test_of_no_small_event_anything_follows_for_who_knows_the_rules():
    assert len(SMALL_WORLDS) > 3500
    assert [world for world in SMALL_WORLDS if attacked(printed(world)).disclosed] == []
    assert {attacked(printed(world)).narrowest for world in SMALL_WORLDS} == {None, *range(4, 10)}


def test_nothing_follows_of_what_was_taken_up_or_of_companies():
    for attended, part in product(range(14), range(14)):
        for world in (World(None, attended, None, taken_up=part), World(None, attended, None, organisations=part)):
            assert part > attended or attacked(printed(world)).disclosed == ()


@pytest.mark.parametrize(
    ("world", "seen"),
    [
        (World(30, 22, None), Print(30, 22, "x", low=22, high=22)),
        (World(30, 0, None), Print(30, 0, "x", low=0, high=0)),
        (World(12, 3, None), Print(12, ".", "x", low=1, high=4)),
        # 6 registered beside "under 5": hidden whoever came, else the gap would say that it was not 1.
        (World(6, 1, None), Print(".", ".", "x", low=1, high=4)),
        (World(20, 17, None), Print(".", 17, "x", low=17, high=17)),
        (World(20, 17, None, is_published=True), Print(20, ".", "x", low=16, high=24)),
        # 20 of 30 came and 12 walked in: 22 had registered and stayed away. 8 walked in: 18, and so on.
        (World(30, 20, 12), Print(30, 20, 12, low=20, high=20)),
        # 28 of 30 came as registered, two stayed away.
        (World(30, 40, 12), Print(30, 40, ".", low=40, high=40)),
        (World(30, 20, 18), Print(30, 20, ".", low=20, high=20)),
        (World(None, 8, None, 0, 6), Print("x", 8, "x", 0, 6, low=8, high=8)),
        (World(None, 8, None, 5, 3), Print("x", 8, "x", ".", ".", low=8, high=8)),
    ],
)
def test_how_counts_are_printed(world, seen):
    assert printed(world) == seen


def test_a_rule_that_looked_at_the_hidden_number_would_be_found():
    """Hide registrations only where they really are close to who came: 6 beside "under 5" then says 1."""
    assert attacked(Print(6, ".", "x", low=1, high=4)).disclosed == ("a count printed against the rules",)


def test_the_release_before_counts_as_known():
    now, before = printed(World(20, 17, None)), printed(World(20, None, None))

    assert attacked(now).disclosed == ()
    assert "registered and did not come" in attacked(now, before).disclosed
    assert attacked(now, before).narrowest == 1


def test_the_attack_finds_nothing_in_hundreds_of_towns(released):
    found = attack_events(released.release, released.release)

    assert found.findings == []
    (counts, groups) = found.rows
    assert counts[:2] == ("event_counts", 1)
    assert counts[2] > 1000
    assert counts[3:5] == (0, 4)
    assert groups[:2] == ("event_groups", 2)
    assert groups[2] > 500


def hidden_for(released, condition):
    """The events hidden by one rule and no other: id and true counts."""
    with duckdb.connect(str(released.warehouse), read_only=True) as connection:
        return connection.execute(
            "select event_id, registered_count, attended_count, walk_in_count, taken_up_count, organisation_count "
            f"from core.core__events where {condition} order by event_id"
        ).fetchall()


COLUMNS = ("registered", "attended", "walk_ins", "taken_up", "organisations")
A, R, W = "attended_count", "registered_count", "walk_in_count"
RULES = {
    "attended, few": ("attended", f"{A} between 1 and 4"),
    "registered, few": ("registered", f"{R} between 1 and 4 and {A} is null"),
    "registered, close to attended": (
        "registered", f"abs({R} - {A}) between 1 and 4 and {A} > 4 and {R} > 4",
    ),
    "registered, beside few who came": ("registered", f"{A} between 1 and 4 and {R} between 5 and 8"),
    "walk-ins, few": ("walk_ins", f"{W} between 1 and 4"),
    "walk-ins, none beside hidden registrations": ("walk_ins", f"{W} = 0 and {R} - {A} between 1 and 4 and {A} > 4"),
    "walk-ins, all but few": ("walk_ins", f"{W} > 4 and {A} - {W} between 1 and 4"),
    "walk-ins, few stayed away": (
        "walk_ins",
        f"{W} > 4 and {A} - {W} not between 1 and 4 and {R} - {A} + {W} between 1 and 4 and abs({R} - {A}) > 4 "
        f"and {A} > 4 and {R} > 4",
    ),
    "taken up, few": ("taken_up", "taken_up_count between 1 and 4"),
    "taken up, all but few": ("taken_up", f"taken_up_count > 4 and {A} - taken_up_count between 1 and 4"),
    "organisations, few": ("organisations", "organisation_count between 1 and 4"),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_broken_is_found(released, tmp_path, rule):
    column, condition = RULES[rule]
    events = hidden_for(released, condition)
    assert len(events) > 2
    spoilt = tmp_path / "release.duckdb"
    shutil.copy(released.release, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        for event_id, *counts in events:
            count = counts[COLUMNS.index(column)]
            ends = ", attended_low = $n, attended_high = $n" if column == "attended" else ""
            connection.execute(
                f"update events set {column} = $n, {column}_sign = ''{ends} where event_id = $id",
                {"n": count, "id": event_id},
            )

    findings = attack_events(spoilt).findings

    caught = {finding.split(":")[0] for finding in findings}
    assert {event_id for event_id, *_ in events} <= caught


@pytest.mark.parametrize(
    "column", [*event_groups.GROUP_COLUMNS, "fill_share", "no_show_share"],
)  # fmt: skip
def test_a_group_made_of_anything_but_the_printed_events_is_found(released, tmp_path, column):
    spoilt = tmp_path / "release.duckdb"
    shutil.copy(released.release, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        (town,) = connection.execute(
            f"select min(town_id) from event_groups where {column} is not null and family = 'month'"
        ).fetchall()[0]
        connection.execute(
            f"update event_groups set {column} = {column} + 1 where town_id = $town and family = 'month' "
            f"and {column} is not null", {"town": town},
        )  # fmt: skip

    findings = attack_events(spoilt).findings

    assert any(town in finding and f": {column} does not follow" in finding for finding in findings)


@pytest.mark.parametrize("indicator", [*event_groups.INDICATORS, "opening_lead"])
def test_an_indicator_made_of_anything_but_the_printed_events_is_found(released, tmp_path, indicator):
    spoilt = tmp_path / "release.duckdb"
    shutil.copy(released.release, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(
            "update indicator_values set interval_low = interval_low + 1 where indicator_id = $i", {"i": indicator}
        )

    assert any(indicator in finding for finding in attack_events(spoilt).findings)


@pytest.mark.parametrize("column", ["fill_share", "no_show_share", "cost_per_visit"])
def test_a_share_of_a_hidden_count_is_found(released, tmp_path, column):
    """The share of an event under 5, times its capacity, is the number of those who came."""
    spoilt = tmp_path / "release.duckdb"
    shutil.copy(released.release, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(f"update events set {column} = 10 where attended_sign = '.'")

    assert any(f"{column} does not follow" in finding for finding in attack_events(spoilt).findings)


PRIVATE = {
    "core__event_records", "core__event_registrations", "core__event_counts", "core__events", "core__event_identities",
    "stg_landing__events", "stg_landing__registrations",
}  # fmt: skip


def test_only_the_protection_reads_true_counts(released):
    """Whatever is computed on the way to the release is computed from what may be told."""
    nodes = json.loads((released.release.parent / "target" / "manifest.json").read_text("utf-8"))["nodes"].values()
    readers = {
        node["name"]
        for node in nodes
        if node["resource_type"] == "model" and {name.split(".")[-1] for name in node["depends_on"]["nodes"]} & PRIVATE
    }

    assert readers - PRIVATE == {"core__published_events"}
