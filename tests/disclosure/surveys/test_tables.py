import polars as pl
import pytest

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.count_tables import RELEASED, read_tables, released
from stadtlabor.disclosure.surveys.protect import protect
from tests.disclosure.surveys.frames import cell, coarser, table


def test_a_combination_that_is_not_listed_counts_nobody():
    read = read_tables(table("q", {"x": {"a": 40, "b": 50}, "y": {"a": 30}}, "sex"))[0]

    assert read.counts.tolist() == [[40, 30], [50, 0]]
    assert read.base.tolist() == [90, 30]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (table("q", {"a": -1}), "negative"),
        (table("q", {"a": 5}).drop("row"), "lack the column row"),
        (table("q", {"a": 5}).with_columns(count=pl.lit(None, pl.Int64)), "empty field"),
        (pl.concat([table("q", {"a": 5}), table("q", {"a": 5})]), "listed twice"),
        (table("q", {"base": 9, "a": 5}), "not the sum"),
        (table("q", {"a": 5}, shape="marks"), "needs a row 'base'"),
        (table("q", {"base": 4, "a": 5}, shape="marks"), "more marks than respondents"),
        (table("q", {"a": 5}, shape="grid"), "known shape"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(cells: pl.DataFrame, fault: str):
    with pytest.raises(ValueError, match=fault):
        read_tables(cells)


@pytest.mark.parametrize(
    ("cells", "recodes", "fault"),
    [
        ([table("q", {"a": 50}), table("q", {"x": {"a": 51}}, "sex")], [], "contradict each other"),
        (
            [table("q", {"base": 50, "a": 40}, shape="marks"), table("r", {"a": {"x": 50}}, "q")],
            [],
            "several answers",
        ),
        (
            [table("q", {"a": 50, "b": 50}), table("coarse", {"all": 99})],
            [coarser("q", "coarse", {"a": "all", "b": "all"})],
            "not the sum",
        ),
        ([table("q", {"a": 50}), table("q", {"a": 50}).with_columns(table_id=pl.lit("other"))], [], "same question"),
    ],
)
def test_tables_that_contradict_each_other_are_refused(cells, recodes, fault: str):
    with pytest.raises(ValueError, match=fault):
        protect(pl.concat(cells), Policy(), recodes)


def test_the_released_frame_keeps_true_counts_and_reasons_back():
    protected = protect(table("q", {"a": 40, "b": 3, "c": 20}), Policy())

    assert {"count", "status"} <= set(protected.columns)
    assert released(protected).columns == list(RELEASED)


@pytest.mark.parametrize(
    "wrong", [{"k": 1}, {"k": 12}, {"round_to": 6}, {"round_to": 0}, {"small_base": 5}, {"bracket_base": 20}]
)
def test_a_policy_that_would_not_protect_is_refused(wrong: dict[str, int]):
    with pytest.raises(ValueError, match="must"):
        Policy(**wrong)


def test_signs_tell_few_respondents_from_hidden():
    protected = protect(
        pl.concat(
            [
                table("large", {"a": 60, "b": 40}),
                table("medium", {"a": 25, "b": 15}),
                table("small", {"a": 15, "b": 10}),
                table("rare", {"a": 60, "b": 37, "c": 3}),
            ]
        ),
        Policy(),
    )

    signs = {name: cell(protected, f"{name}:total", "a")["sign"] for name in ("large", "medium", "small")}
    assert signs == {"large": "", "medium": "()", "small": "/"}
    assert cell(protected, "rare:total", "c")["sign"] == "."
