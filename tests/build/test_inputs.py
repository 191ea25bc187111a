"""What has to be done again after a change: deliveries read, a release built, or neither."""

import os
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from stadtlabor.base import fingerprint, places
from stadtlabor.build.inputs import Untouched, gather
from tests.conftest import figures

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of everything that might count, with the packages' pins."""
    root = tmp_path_factory.mktemp("project")
    for room in ("stadtlabor", "expectations", "dbt", "dashboard"):
        shutil.copytree(PROJECT / room, root / room, ignore=shutil.ignore_patterns(*fingerprint.NOT_CODE))
    shutil.copyfile(PROJECT / "requirements.lock", root / "requirements.lock")
    return root


def rooms_up_to(last: str) -> set[str]:
    """The rooms of the list that `last` may import, and itself."""
    house = list(YAML(typ="safe").load((PROJECT / "docs" / "rooms.yml").read_text("utf-8"))["stadtlabor"])
    return set(house[: house.index(last) + 1])


@pytest.mark.parametrize(
    ("changed", "is_read_again", "is_built_again"),
    [
        ("stadtlabor/samples/people.py", False, False),
        ("stadtlabor/inspect/inspection.py", False, False),
        ("stadtlabor/peers/peer_bands.py", False, False),
        ("dashboard/server/app.py", False, False),
        ("stadtlabor/disclosure/policy.py", False, True),
        ("stadtlabor/statistics/weighting.py", False, True),
        ("stadtlabor/landing/calendars.py", False, True),
        ("stadtlabor/build/transform.py", False, True),
        ("dbt/models/release/towns.sql", False, True),
        ("dbt/seeds/laender.csv", False, True),
        ("stadtlabor/dictionary/event_words.csv", True, True),
        ("stadtlabor/readers/bookings/desks.py", True, True),
        ("stadtlabor/manifest/source.py", True, True),
        ("stadtlabor/intake/published_form.py", True, True),
        ("expectations/gate.py", True, True),
        ("requirements.lock", True, True),
    ],
)
def test_a_change_is_followed_as_far_as_it_reaches(network, tree, monkeypatch, changed, is_read_again, is_built_again):
    network.deliver("zahlen", {"figures.csv": figures({})})
    monkeypatch.setattr(places, "PROJECT", tree)
    path = tree / changed
    before, kept = gather(network.raw, network.warehouse), path.read_bytes()
    Untouched(network.raw, network.warehouse).remember(before.inputs_hash)

    path.write_bytes(kept + b"\n")
    after, remembered = gather(network.raw, network.warehouse), Untouched(network.raw, network.warehouse).inputs_hash
    path.write_bytes(kept)

    assert remembered == (None if is_built_again else before.inputs_hash)

    assert (after.reading_hash != before.reading_hash) is is_read_again
    assert (after.inputs_hash != before.inputs_hash) is is_built_again
    assert gather(network.raw, network.warehouse).inputs_hash == before.inputs_hash


def same_size_and_time(raw: Path) -> None:
    file = raw / "zahlen" / "figures.csv"
    then = file.stat()
    file.write_bytes(file.read_bytes().replace(b"19469", b"19470"))
    os.utime(file, ns=(then.st_atime_ns, then.st_mtime_ns))


@pytest.mark.parametrize(
    "touch",
    [
        same_size_and_time,
        lambda raw: (raw / "zahlen" / "figures.csv").unlink(),
        lambda raw: (raw / "leer").mkdir(),
        lambda raw: (raw / "zahlen" / "beside.csv").touch(),
        lambda raw: (raw / "linked" / "figures.csv").write_text(figures({}, {}), "utf-8"),
        lambda raw: (raw / "towns.csv").write_text("", "utf-8"),
        lambda raw: os.environ.__setitem__("STADTLABOR_KEY", "another key, long enough"),
    ],
)
def test_whatever_is_touched_is_looked_at(network, tmp_path, monkeypatch, touch):
    monkeypatch.setenv("STADTLABOR_KEY", "a key, long enough")
    network.deliver("zahlen", {"figures.csv": figures({})})
    network.deliver("linked", {"figures.csv": figures({})}).rename(tmp_path / "elsewhere")
    (network.raw / "linked").symlink_to(tmp_path / "elsewhere")
    Untouched(network.raw, network.warehouse).remember("hash")
    assert Untouched(network.raw, network.warehouse).inputs_hash == "hash"

    touch(network.raw)

    assert Untouched(network.raw, network.warehouse).inputs_hash is None


def test_the_rooms_that_count_are_those_of_the_list():
    assert set(fingerprint.READING_ROOMS) == rooms_up_to("stadtlabor/intake")
    assert {*fingerprint.READING_ROOMS, *fingerprint.RELEASE_ROOMS} == rooms_up_to("stadtlabor/build") | {"dbt"}
    assert all((PROJECT / model).is_file() for model in (*fingerprint.JUDGING_MODELS, *fingerprint.JUDGING_MACROS))
    assert all((PROJECT / room).is_dir() for room in (*fingerprint.READING_ROOMS, *fingerprint.RELEASE_ROOMS))
