"""Protection kept by content: used where nothing changed, worked out anew where anything did."""

import polars as pl
import pytest

from stadtlabor.disclosure.cache import ProtectionCache, key_of
from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys import protection
from stadtlabor.disclosure.surveys.count_tables import RELEASED
from stadtlabor.disclosure.surveys.protection import NAMES, protected
from tests.disclosure.surveys.releases import cells, random_survey

SURVEYS = {name: random_survey(seed, name, questions=5) for name, seed in (("north", 11), ("south", 12))}
OF_WAREHOUSE = {new: old for old, new in NAMES.items()}
CELLS = pl.concat([cells(survey) for survey in SURVEYS.values()]).rename(OF_WAREHOUSE)
LINKS = pl.DataFrame(
    [
        (recode.universe, recode.fine, recode.coarse, fine, coarse)
        for survey in SURVEYS.values()
        for recode in survey.recodes
        for fine, coarse in recode.classes.items()
    ],
    schema=["survey_id", "fine", "coarse", "from_code", "to_code"],
    orient="row",
)
COMPLETED = {name: survey.size for name, survey in SURVEYS.items()}
NO_PREVIOUS = pl.DataFrame(schema=RELEASED)
PREVIOUS = pl.DataFrame(
    [(name, "q", "q", "total", "partition", False, "a", "total", True, 40, 1.0, "") for name in SURVEYS],
    schema=RELEASED,
    orient="row",
)
EMPTY = pl.DataFrame(schema=protection.PROTECTED)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "protection"


@pytest.fixture
def worked_on(monkeypatch) -> list[str]:
    """The surveys that were protected, not taken from what is kept."""
    seen: list[str] = []
    protect = protection.protect

    def watched(tables, *rest, **more):
        seen.extend(tables["universe"].unique())
        return protect(tables, *rest, **more)

    monkeypatch.setattr(protection, "protect", watched)
    return seen


@pytest.fixture
def asked_for(monkeypatch) -> list[str]:
    """The surveys that would be protected; nothing is, since only the keys matter."""
    seen: list[str] = []

    def watched(survey, *rest):
        seen.extend(survey.cells["universe"].unique())
        return EMPTY

    monkeypatch.setattr(protection, "_one", watched)
    return seen


def build(folder, found=CELLS, links=LINKS, completed=COMPLETED, previous=NO_PREVIOUS) -> pl.DataFrame:
    return protected(found, links, completed, previous, ProtectionCache(folder))


def test_a_kept_outcome_is_the_fresh_one(folder, worked_on):
    first = build(folder)
    again = build(folder)

    assert sorted(worked_on) == ["north", "south"]
    assert again.equals(first)
    assert again.schema == first.schema
    assert protected(CELLS, LINKS, COMPLETED, NO_PREVIOUS).equals(first)
    assert first["status"].is_in(["primary", "secondary"]).any()


def test_the_order_of_rows_does_not_matter(folder, worked_on):
    first = build(folder)
    shuffled = build(folder, CELLS.sample(fraction=1, shuffle=True, seed=3), LINKS.reverse())
    fresh = protected(CELLS.reverse(), LINKS, COMPLETED, NO_PREVIOUS)

    assert sorted(worked_on) == ["north", "north", "south", "south"]
    assert shuffled.equals(first)
    assert fresh.equals(first)


def one_more(frame: pl.DataFrame) -> pl.DataFrame:
    """One respondent of south more in a cell, so small a change that the tables stay as they are."""
    place = (pl.col("survey_id") == "south") & (pl.col("question") == "q4") & (pl.col("breakdown") == "total")
    is_first = place & (pl.int_range(pl.len()) == pl.arg_where(place).first())
    return frame.with_columns(respondent_count=pl.col("respondent_count") + is_first.cast(pl.Int64))


def test_only_the_survey_with_a_changed_cell_is_protected_again(folder, asked_for):
    build(folder)
    build(folder, one_more(CELLS))

    assert asked_for == ["north", "south", "south"]


@pytest.mark.parametrize("changed", ["links", "completed", "previous", "policy", "code"])
def test_everything_an_outcome_depends_on_counts(folder, asked_for, monkeypatch, changed):
    build(folder)
    given = {
        "links": {"links": LINKS.filter(pl.col("from_code") != "a0")},
        "completed": {"completed": {name: size + 1 for name, size in COMPLETED.items()}},
        "previous": {"previous": PREVIOUS},
    }
    if changed == "policy":
        monkeypatch.setattr(protection, "POLICY", Policy(round_to=5))
    if changed == "code":
        monkeypatch.setattr(protection.fingerprint, "code", lambda rooms: "other")
    build(folder, **given.get(changed, {}))

    assert asked_for == ["north", "south", "north", "south"]


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: data[:-40] + b"x" + data[-39:]])
def test_a_damaged_file_is_worked_out_anew(folder, worked_on, damage):
    first = build(folder)
    for path in folder.iterdir():
        path.write_bytes(damage(path.read_bytes()))
    again = build(folder)
    worked_on.clear()
    third = build(folder)

    assert again.equals(first)
    assert third.equals(first)
    assert worked_on == []


def test_what_a_build_does_not_use_goes(folder):
    build(folder)
    (folder / "left-over.draft").write_bytes(b"half an outcome")
    build(folder, CELLS.filter(pl.col("survey_id") == "north"), LINKS.filter(pl.col("survey_id") == "north"))

    assert len(list(folder.iterdir())) == 1


def test_keys_tell_missing_from_empty_and_one_part_from_the_next():
    texts = [pl.DataFrame({"a": [value]}, schema={"a": pl.String}) for value in (None, "", "1")]
    number = pl.DataFrame({"a": [1]})

    assert len({key_of([frame]) for frame in (*texts, number)}) == 4
    assert key_of(["ab", "c"]) != key_of(["a", "bc"])
    assert key_of([texts[0]]) == key_of([texts[0].clone()])


def test_the_outcomes_are_as_private_as_the_warehouse(folder):
    build(folder)

    assert folder.stat().st_mode & 0o077 == 0
