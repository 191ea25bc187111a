"""Releases: published whole, switched by a pointer, pruned without touching the current one."""

import pytest

from stadtlabor.base.errors import BuildError
from stadtlabor.build import releases


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


def test_what_is_private_of_a_draft_goes_aside_and_goes_with_its_release(tmp_path):
    for minute, name in enumerate(("first", "second")):
        (draft(tmp_path, name) / releases.PRIVATE).mkdir()
        (tmp_path / "drafts" / name / releases.PRIVATE / releases.REPORT).write_text("a record")
        releases.publish(tmp_path, tmp_path / "drafts" / name, name, f"2026-01-02T03:{minute:02}:00+00:00", name)
    (tmp_path / "releases" / "second" / releases.REPORT).write_text("left by an earlier version")

    releases.prune(tmp_path, kept=1)

    assert [path.name for path in (tmp_path / releases.PRIVATE).iterdir()] == ["second"]
    assert (tmp_path / releases.PRIVATE / "second" / releases.REPORT).is_file()
    assert {path.name for path in (tmp_path / "releases" / "second").iterdir()} == {"release.duckdb", "release.json"}


def test_a_draft_with_anything_else_in_it_is_not_published(tmp_path):
    folder = draft(tmp_path)
    (folder / releases.REPORT).write_text("a record")

    with pytest.raises(BuildError, match="quality.html, which is not to be published"):
        releases.publish(tmp_path, folder, "first", "2026-01-03T00:00:00+00:00", "x")


def test_the_teams_edition_goes_aside_where_nobody_else_may_open_it_and_goes_with_its_release(tmp_path):
    (tmp_path / releases.TEAM).mkdir(mode=0o755)
    for minute, name in enumerate(("first", "second")):
        folder = draft(tmp_path, name) / releases.TEAM
        folder.mkdir(mode=0o700)
        (folder / releases.TEAM_FILE).write_bytes(b"a database")
        releases.publish(tmp_path, folder.parent, name, f"2026-01-02T03:{minute:02}:00+00:00", name)

    releases.prune(tmp_path, kept=1)

    assert [path.name for path in (tmp_path / releases.TEAM).iterdir()] == ["second"]
    assert (tmp_path / releases.TEAM).stat().st_mode & 0o777 == 0o700
    assert not list((tmp_path / "releases").rglob("*intern*"))
    assert {path.name for path in (tmp_path / "releases" / "second").iterdir()} == {"release.duckdb", "release.json"}
