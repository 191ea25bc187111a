import polars as pl

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.attack import attack
from stadtlabor.disclosure.surveys.count_tables import released
from stadtlabor.disclosure.surveys.findings import audit
from stadtlabor.disclosure.surveys.protect import protect
from stadtlabor.disclosure.surveys.protection import protected
from tests.disclosure.surveys.frames import cell, state_of, table

POLICY = Policy()


def published(cells: pl.DataFrame, previous: pl.DataFrame | None = None) -> pl.DataFrame:
    return protect(cells, POLICY, previous=previous)


def test_a_change_below_k_keeps_the_old_value():
    before = released(published(table("q", {"a": 60, "b": 40})))
    now = published(table("q", {"a": 64, "b": 45}), before)

    assert cell(now, "q:total", "a")["published_count"] == 60
    assert cell(now, "q:total", "b")["published_count"] == 45
    # The base is the sum of what is printed, so that shares add up.
    assert cell(now, "q:total", "base")["published_count"] == 105
    assert attack(released(now), POLICY, previous=before).findings == []


def test_what_was_hidden_stays_hidden():
    before = released(published(table("q", {"a": 60, "b": 20, "c": 4})))
    now = published(table("q", {"a": 60, "b": 20, "c": 6}), before)

    assert state_of(now, "q:total", "c") == "secondary"
    assert audit(now, POLICY, previous=before).passed


def test_a_first_person_in_an_empty_cell_is_not_shown():
    before = released(published(table("q", {"a": 60, "b": 40, "c": 0})))
    now = published(table("q", {"a": 60, "b": 40, "c": 1}), before)

    assert cell(now, "q:total", "c")["published_count"] == 0
    assert state_of(now, "q:total", "c") == "published"


def test_a_count_that_fell_below_k_by_k_or_more_is_hidden():
    before = released(published(table("q", {"a": 60, "b": 40, "c": 12})))
    now = published(table("q", {"a": 60, "b": 40, "c": 3}), before)

    assert state_of(now, "q:total", "c") == "primary"


def test_without_the_last_release_nothing_is_kept():
    assert cell(published(table("q", {"a": 64, "b": 45})), "q:total", "a")["published_count"] == 64


def test_what_shows_an_old_count_says_so_to_the_numbers_printed_beside_it():
    links = pl.DataFrame(schema=dict.fromkeys(("survey_id", "fine", "coarse", "from_code", "to_code"), pl.String))
    first = protected(
        table("q", {"a": 60, "b": 40}), links, {"s": 100}, released(published(table("q", {"a": 1}))).clear()
    )
    now = protected(table("q", {"a": 64, "b": 47}), links, {"s": 111}, released(first), previous_completed={"s": 100})

    assert not first["is_old"].any()
    assert now.filter("is_old")["row"].to_list() == ["a"]
