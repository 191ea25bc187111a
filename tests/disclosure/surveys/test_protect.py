import numpy as np
import polars as pl
import pytest

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.count_tables import Nested, released
from stadtlabor.disclosure.surveys.findings import audit
from stadtlabor.disclosure.surveys.protect import protect
from tests.disclosure.surveys.frames import cell, coarser, state_of, table
from tests.disclosure.surveys.releases import Question, cells, random_survey, simulate

POLICY = Policy()


def test_a_table_without_small_counts_is_published_as_it_is():
    protected = protect(table("q", {"a": 60, "b": 40, "c": 0}), POLICY)

    assert protected["published_count"].to_list() == [100, 60, 40, 0]
    assert protected["share"].to_list() == [None, 0.6, 0.4, 0.0]


def test_a_small_count_takes_the_smallest_sufficient_company():
    protected = protect(table("q", {"a": 80, "b": 30, "c": 3, "d": 12}), POLICY)

    assert [state_of(protected, "q:total", row) for row in "abcd"] == [
        "published", "published", "primary", "secondary",
    ]  # fmt: skip
    assert cell(protected, "q:total", "c")["share"] is None


def test_two_small_counts_that_stay_below_k_together_need_a_third():
    protected = protect(table("q", {"a": 80, "b": 30, "c": 1, "d": 2}), POLICY)

    assert (protected["status"] == "primary").sum() == 2
    assert (protected["status"] == "secondary").sum() == 1


def test_sensitive_questions_have_the_larger_threshold():
    shown = protect(table("q", {"a": 80, "b": 30, "c": 9}), POLICY)
    hidden = protect(table("q", {"a": 80, "b": 30, "c": 9}, is_sensitive=True), POLICY)

    assert state_of(shown, "q:total", "c") == "published"
    assert state_of(hidden, "q:total", "c") == "primary"


def test_of_several_answers_one_that_nearly_everybody_marked_is_hidden():
    protected = protect(table("q", {"base": 100, "a": 97, "b": 40, "c": 100}, shape="marks"), POLICY)

    assert [state_of(protected, "q:total", row) for row in "abc"] == ["primary", "published", "published"]


@pytest.mark.parametrize("shape", ["partition", "marks"])
def test_a_sensitive_answer_that_everybody_gave_is_hidden(shape: str):
    column = {"base": 60, "a": 60, "b": 0}
    protected = protect(table("q", column, shape=shape, is_sensitive=True), POLICY)

    assert state_of(protected, "q:total", "a") == "primary"
    assert state_of(protect(table("q", column, shape=shape), POLICY), "q:total", "a") == "published"


def test_what_a_question_hides_its_breakdown_hides_too():
    tables = [
        table("q", {"a": 80, "b": 30, "c": 3, "d": 12}),
        table("q", {"x": {"a": 40, "b": 15, "c": 3, "d": 6}, "y": {"a": 40, "b": 15, "c": 0, "d": 6}}, "sex"),
    ]
    protected = protect(pl.concat(tables), POLICY)

    for row in "cd":
        assert {cell(protected, "q:sex", row, column)["published_count"] for column in "xy"} == {None}


def test_a_breakdown_with_a_small_group_hides_a_second_group():
    tables = [
        table("sex", {"f": 80, "m": 70, "d": 3}),
        table("q", {"a": 90, "b": 63}),
        table("q", {"f": {"a": 48, "b": 32}, "m": {"a": 40, "b": 30}, "d": {"a": 2, "b": 1}}, "sex"),
    ]
    protected = protect(pl.concat(tables), POLICY, completed={"s": 153})

    assert state_of(protected, "q:sex", "base", "f") == "published"
    for column in "md":
        assert {cell(protected, "q:sex", row, column)["published_count"] for row in ("base", "a", "b")} == {None}


def test_a_recode_cannot_give_away_the_fine_answer():
    fine = {"a": 60, "b": 40, "c": 3, "d": 30}
    tables = pl.concat([table("q", fine), table("coarse", {"ab": 100, "cd": 33})])
    recode = coarser("q", "coarse", {"a": "ab", "b": "ab", "c": "cd", "d": "cd"})
    protected = protect(tables, POLICY, [recode])

    assert audit(protected, POLICY, [recode]).passed
    # c and d may hide behind each other; a or b would not help, since cd is published.
    assert state_of(protected, "q:total", "d") == "secondary"


def test_a_group_below_the_small_base_is_blank_but_for_its_size():
    tables = [
        table("q", {"a": 90, "b": 60}),
        table("q", {"x": {"a": 77, "b": 45}, "y": {"a": 13, "b": 15}}, "sex"),
    ]
    protected = protect(pl.concat(tables), POLICY)

    assert cell(protected, "q:sex", "base", "y")["published_count"] == 28
    assert cell(protected, "q:sex", "a", "y")["sign"] == "/"
    assert cell(protected, "q:sex", "a", "x")["published_count"] == 77


def test_rounding_comes_after_hiding_and_bases_are_sums():
    protected = protect(
        pl.concat([table("q", {"a": 63, "b": 42}), table("r", {"a": 63, "b": 39, "c": 3})]), Policy(round_to=5)
    )

    q = protected.filter(pl.col("table_id") == "q:total")
    assert q["published_count"].to_list() == [105, 65, 40]
    assert q["share"].to_list() == [None, 65 / 105, 40 / 105]
    assert state_of(protected, "r:total", "c") == "primary"


def test_an_empty_base_does_not_give_away_the_size_of_a_hidden_class():
    """Found by the experiment: nobody of the hidden class `status a3` had answered some question."""
    survey = random_survey(1070, questions=8)
    size = {survey.name: survey.size}

    assert audit(protect(cells(survey), POLICY, survey.recodes, size), POLICY, survey.recodes, size).passed


@pytest.mark.parametrize("seed", [3018, 3019])
def test_bases_stay_within_those_who_stated_the_breakdown(seed: int):
    """Small surveys, where a hidden base is limited by how many stated the class at all."""
    survey = random_survey(seed, questions=6, size=90)
    size = {survey.name: survey.size}
    result = audit(protect(cells(survey), POLICY, survey.recodes, size), POLICY, survey.recodes, size)

    assert result.first_findings() == []


@pytest.mark.parametrize("round_to", [1, 5])
@pytest.mark.parametrize("seed", range(100, 103))
def test_nothing_is_recoverable_from_a_random_release(seed: int, round_to: int):
    policy, survey = Policy(round_to=round_to), random_survey(seed, questions=7)
    size = {survey.name: survey.size}
    protected = protect(cells(survey), policy, survey.recodes, size)
    result = audit(protected, policy, survey.recodes, size)

    assert result.first_findings() == []
    assert (result.row["hidden_cells"] or 0) > 0
    assert result.summary == f"0 of {result.row['hidden_cells']} hidden cells recoverable"
    hidden = protected.filter(pl.col("status") != "published")
    assert hidden["published_count"].null_count() == hidden.height
    assert hidden["share"].null_count() == hidden.height


def test_the_same_tables_give_the_same_release():
    survey = random_survey(3, questions=6)
    first, second = (protect(cells(survey), POLICY, survey.recodes, {"s": survey.size}) for _ in range(2))

    assert first.equals(second)


def test_a_breakdown_nested_in_another_cannot_be_crossed_with_it():
    """Who was asked `inner` said yes to `outer`: inner's columns add up to that column, row by row."""
    tables = [
        table("q", {"a": 66, "b": 51, "c": 27}),
        table("outer", {"yes": 84, "no": 60}),
        table("inner", {"x": 46, "y": 38}),
        table("q", {"yes": {"a": 46, "b": 36, "c": 2}, "no": {"a": 20, "b": 15, "c": 25}}, "outer"),
        table("q", {"x": {"a": 40, "b": 6, "c": 0}, "y": {"a": 6, "b": 30, "c": 2}}, "inner"),
    ]
    nested, size = [Nested("s", "inner", "outer", ("yes",))], {"s": 144}
    apart = protect(pl.concat(tables), POLICY, completed=size)
    together = protect(pl.concat(tables), POLICY, completed=size, nested=nested)

    assert audit(apart, POLICY, completed=size).passed
    assert not audit(apart, POLICY, completed=size, nested=nested).passed
    assert audit(together, POLICY, completed=size, nested=nested).first_findings() == []


def test_the_base_of_a_nested_question_by_a_third_limits_the_answer_that_leads_to_it():
    """Of 84 who said yes 80 answered `inner`, by age as by itself; so `yes` by age is at least its base."""
    tables = [
        table("age", {"young": 45, "old": 99}),
        table("outer", {"yes": 84, "no": 60}),
        table("inner", {"x": 44, "y": 36}),
        table("outer", {"young": {"yes": 42, "no": 3}, "old": {"yes": 42, "no": 57}}, "age"),
        table("inner", {"young": {"x": 21, "y": 20}, "old": {"x": 23, "y": 16}}, "age"),
    ]
    nested, size = [Nested("s", "inner", "outer", ("yes",))], {"s": 144}
    apart = protect(pl.concat(tables), POLICY, completed=size)
    together = protect(pl.concat(tables), POLICY, completed=size, nested=nested)

    assert audit(apart, POLICY, completed=size).passed
    assert not audit(apart, POLICY, completed=size, nested=nested).passed
    assert audit(together, POLICY, completed=size, nested=nested).first_findings() == []


@pytest.mark.parametrize("answers", [{"x": 146, "y": 128}, {"x": 274}, {"x": 271, "y": 3}])
def test_what_the_questionnaire_leaves_empty_is_no_secret(answers):
    """Only who said yes was asked `inner`: by `outer` it counts as by itself, and nobody who said no."""
    of_yes, nobody = {"yes": answers, "no": dict.fromkeys(answers, 0)}, {"no": 0}
    tables = [
        table("outer", {"yes": 284, "no": 3}),
        table("inner", answers),
        table("inner", of_yes, "outer"),
        table("outer", {answer: {"yes": count, **nobody} for answer, count in answers.items()}, "inner"),
    ]
    nested, size = [Nested("s", "inner", "outer", ("yes",))], {"s": 287}
    protected = protect(pl.concat(tables), POLICY, completed=size, nested=nested)

    assert audit(protected, POLICY, completed=size, nested=nested).first_findings() == []
    assert [state_of(protected, "outer:total", row) for row in ("yes", "no")] == ["secondary", "primary"]
    assert cell(protected, "inner:outer", "base", "yes")["published_count"] == 274
    assert state_of(protected, "inner:outer", "base", "no") == "published"


def test_answers_of_a_few_without_a_group_are_not_told():
    tables = [
        table("q", {"a": 42, "b": 40, "c": 41}),
        table("sex", {"f": 61, "m": 60}),
        table("q", {sex: {"a": 20, "b": 20, "c": 20} for sex in "fm"}, "sex"),
    ]
    protected = protect(pl.concat(tables), POLICY)

    assert audit(protected, POLICY).first_findings() == []
    assert protected.filter(pl.col("breakdown") == "total")["published_count"].null_count() == 0
    assert protected["published_count"].null_count() == 4


def test_beneath_a_hidden_base_one_sign_stands_and_no_zero():
    """Nobody answered c, and q tells so; beneath the bases of m and d it would tell which of them is small."""
    tables = [
        table("sex", {"f": 80, "m": 70, "d": 3}),
        table("q", {"a": 90, "b": 63, "c": 0}),
        table("q", {"f": {"a": 48, "b": 32, "c": 0}, "m": {"a": 40, "b": 30, "c": 0}, "d": {"a": 2, "b": 1}}, "sex"),
    ]
    protected = protect(pl.concat(tables), POLICY, completed={"s": 153})
    beneath = protected.filter(pl.col("table_id") == "q:sex", pl.col("column").is_in(["m", "d"]))

    assert beneath.select("sign", "published_count").unique().rows() == [(".", None)]
    again = protect(pl.concat(tables), POLICY, completed={"s": 153}, previous=released(protected))
    assert again.select("sign", "published_count", "status").equals(
        protected.select("sign", "published_count", "status")
    )


@pytest.mark.parametrize("seed", range(6))
def test_random_surveys_with_routed_questions_are_protected(seed: int):
    """Questions put to those of two of three answers, and one put to those who gave one answer to one of these."""
    rng = np.random.default_rng(seed)
    questions = [Question("sex", [1, 1], nonresponse=0.06), Question("outer", [6, 2, 1]), Question("inner", [3, 1])]
    questions += [Question("last", [2, 1], nonresponse=0.1), Question("marks", [0.8, 0.3, 0.1], "marks")]
    survey = simulate("s", 170, questions, ("sex", "outer", "inner"), seed)
    answers = survey.answers
    answers["inner"][answers["outer"] < 1] = -1
    answers["last"][answers["inner"] != 0] = -1
    answers["marks"][(answers["outer"] < 1) | (rng.random(170) < 0.02)] = -1
    nested = [Nested("s", inner, "outer", ("a1", "a2")) for inner in ("inner", "last", "marks")]
    nested.append(Nested("s", "last", "inner", ("a0",)))
    protected = protect(cells(survey), POLICY, completed={"s": 170}, nested=nested)

    assert audit(protected, POLICY, completed={"s": 170}, nested=nested).first_findings() == []


def test_a_base_that_is_hidden_with_others_needs_no_range_where_the_class_is_published():
    """Nearly everybody answered, so a base lies between its class and a little less, however much is hidden."""
    tables = [
        table("age", {"young": 46, "old": 98}),
        table("outer", {"yes": 84, "no": 58}),
        table("inner", {"x": 41, "y": 39}),
        table("outer", {"young": {"yes": 42, "no": 2}, "old": {"yes": 42, "no": 56}}, "age"),
        table("inner", {"young": {"x": 21, "y": 20}, "old": {"x": 20, "y": 19}}, "age"),
    ]
    nested, size = [Nested("s", "inner", "outer", ("yes",))], {"s": 144}
    protected = protect(pl.concat(tables), POLICY, completed=size, nested=nested)

    assert audit(protected, POLICY, completed=size, nested=nested).passed
    assert [state_of(protected, "age:total", row) for row in ("young", "old")] == ["published"] * 2
    assert state_of(protected, "outer:age", "base", "young") == "secondary"


def test_two_groupings_whose_borders_differ_are_one_system_with_the_intervals_between_them():
    """Under 16 there are 20, under 18 there are 22: two persons are 16 or 17."""
    tables = pl.concat(
        [
            table("age@intervals", {"0": 20, "16": 2, "18": 78}),
            table("age@school", {"under_16": 20, "over": 80}),
            table("age@law", {"under_18": 22, "adult": 78}),
        ]
    )
    recodes = [
        coarser("age@intervals", "age@school", {"0": "under_16", "16": "over", "18": "over"}),
        coarser("age@intervals", "age@law", {"0": "under_18", "16": "under_18", "18": "adult"}),
    ]
    apart, together = protect(tables, POLICY), protect(tables, POLICY, recodes)

    assert not audit(apart, POLICY, recodes).passed
    assert audit(together, POLICY, recodes).first_findings() == []


def test_what_a_third_question_tells_of_two_groups_together_leaves_room():
    """Whoever answered b is a woman and a is no answer of those out of work: of four men and three out of work who left
    q out three at most are both."""
    by_sex, by_work = (
        {"f": {"a": 14, "b": 80}, "m": {"a": 46, "b": 0}},
        {"y": {"a": 60, "b": 43}, "n": {"a": 0, "b": 37}},
    )
    cells = pl.concat(
        [
            table("sex", {"f": 120, "m": 50}),
            table("work", {"y": 130, "n": 40}),
            table("q", {"a": 60, "b": 80}),
            table("work", {"f": {"y": 83, "n": 37}, "m": {"y": 47, "n": 3}}, "sex"),
            table("q", by_sex, "sex"),
            table("q", by_work, "work"),
        ]
    )

    assert audit(protect(cells, POLICY, completed={"s": 170}), POLICY, completed={"s": 170}).first_findings() == []
