"""What is made of a release is made once, by what it depends on, and only so much of it is kept."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard import texts
from dashboard.parts.visit import Visit
from dashboard.release import release_cache
from dashboard.release.release_cache import Cache, cached
from dashboard.release.snapshot import Release
from dashboard.words.numbers import Numbers


def visit(release, language="de", theme="light"):
    return Visit(language, theme, texts.of(language), Numbers(language), release)


@pytest.fixture
def made():
    """What was made, by a function that notes it."""
    found = []

    @cached
    def make(now, name="", **more):
        found.append(name)
        return object()

    make.found = found
    return make


def test_the_same_is_made_once_and_anything_else_for_itself(made):
    first, other = Release("1", {}), Release("1", {})
    asked = [
        (visit(first),),
        (visit(first, "en"),),
        (visit(first, theme="dark"),),
        (visit(other),),
        (visit(first), "a"),
        (first, "a"),
    ]

    once = [made(*arguments) for arguments in asked]

    assert [made(*arguments) for arguments in asked] == once
    assert len(set(once)) == len(asked)
    assert len(made.found) == len(asked)


def test_two_functions_of_one_module_do_not_share(made):
    @cached
    def another(now, name=""):
        return "another"

    release = Release("1", {})

    assert made(release, "a") != another(release, "a")


def test_the_least_recently_asked_for_goes_first(made, monkeypatch):
    monkeypatch.setattr(release_cache, "MOST", 2)
    release = Release("1", {})

    for name in ("a", "b", "a", "c", "a", "b"):
        made(release, name)

    assert made.found == ["a", "b", "c", "b"]


def test_several_who_ask_at_once_wait_for_one_who_makes_it():
    release, found, go = Release("1", {}), [], threading.Event()

    @cached
    def slow(now):
        found.append(1)
        go.wait(5)
        return object()

    with ThreadPoolExecutor(8) as readers:
        asked = [readers.submit(slow, release) for _ in range(8)]
        go.set()

    assert len({one.result() for one in asked}) == 1
    assert len(found) == 1


def test_what_could_not_be_made_is_tried_again():
    cache, tried = Cache(), []

    def fail():
        tried.append(1)
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            cache.made("key", fail)

    assert len(tried) == 2
    assert not cache._turns
