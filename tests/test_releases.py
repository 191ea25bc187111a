"""Releases: published whole, switched by a pointer, pruned without touching the current one."""

import pytest

from stadtlabor import releases
from stadtlabor.errors import BuildError


def draft(warehouse, name: str = "draft"):
    folder = warehouse / "drafts" / name
    folder.mkdir(parents=True)
    (folder / "release.duckdb").write_bytes(b"a database")
    return folder


def publish(warehouse, release_id: str, minute: int = 0):
    return releases.publish(
        warehouse,
        draft(warehouse, release_id),
        release_id,
        f"2026-01-02T03:{minute:02}:00+00:00",
        f"hash-{release_id}",
    )


def test_what_is_published_is_current(tmp_path):
    assert releases.current(tmp_path) is None

    publish(tmp_path, "first")

    serving = releases.current(tmp_path)
    assert serving is not None
    assert (serving.release_id, serving.inputs_hash) == ("first", "hash-first")


def test_a_draft_that_was_not_closed_cleanly_is_not_published(tmp_path):
    publish(tmp_path, "first")
    broken = draft(tmp_path, "second")
    (broken / "release.duckdb.wal").write_bytes(b"left over")

    with pytest.raises(BuildError, match="not closed cleanly"):
        releases.publish(tmp_path, broken, "second", "2026-01-03T00:00:00+00:00", "x")

    assert releases.current(tmp_path).release_id == "first"


def test_one_can_switch_back_but_not_to_nothing(tmp_path):
    publish(tmp_path, "first")
    publish(tmp_path, "second", 1)

    assert releases.switch(tmp_path, "first").release_id == "first"
    assert releases.current(tmp_path).release_id == "first"
    with pytest.raises(BuildError, match="no release 'third'.*second, first"):
        releases.switch(tmp_path, "third")
    assert releases.current(tmp_path).release_id == "first"


def test_pruning_keeps_the_newest_and_the_current(tmp_path):
    for minute in range(5):
        publish(tmp_path, f"r{minute}", minute)
    releases.switch(tmp_path, "r0")

    releases.prune(tmp_path, kept=2)

    assert [release.release_id for release in releases.listed(tmp_path)] == ["r4", "r3", "r0"]
