"""The attack against an oracle that simply tries every possible survey."""

import itertools
from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest

from stadtlabor.disclosure.policy import Policy
from stadtlabor.disclosure.surveys.attack import AttackResult, attack
from stadtlabor.disclosure.surveys.count_tables import BASE, OTHERS, TOTAL, UNSTATED, Nested, released, skipped
from stadtlabor.disclosure.surveys.protect import protect
from tests.disclosure.surveys.frames import coarser, table

# So large a k that every range is searched to its end.
EXACT = Policy(k=30, k_sensitive=30)
# Nothing is small: a policy would refuse it, but a world of seven is small altogether.
object.__setattr__(EXACT, "small_base", 0)


def printed(cells: pl.DataFrame) -> pl.DataFrame:
    """A release that hides nothing, for tests to blank cells in."""
    return protect(cells, Policy(small_base=10, bracket_base=10), parts=frozenset()).with_columns(
        published_count=pl.col("count"), share=None
    )


def blank(release: pl.DataFrame, *cells: tuple[str, str, str]) -> pl.DataFrame:
    key = pl.concat_list("table_id", "row", "column")
    is_hidden = key.is_in([list(cell) for cell in cells])
    count = pl.when(is_hidden).then(None).otherwise(pl.col("published_count"))
    return released(release.with_columns(published_count=count, sign=pl.lit("")))


def spread(n: int, places: int) -> Iterator[tuple[int, ...]]:
    """All ways to put n respondents into so many places."""
    for bars in itertools.combinations(range(n + places - 1), places - 1):
        edges = (-1, *bars, n + places - 1)
        yield tuple(b - a - 1 for a, b in itertools.pairwise(edges))


def tables_of(joint: np.ndarray) -> dict[tuple[str, str, str], int]:
    """Every cell of q, sex and q by sex; the last row and column are those who did not answer."""
    q, sex = joint[:-1], joint[:, :-1]
    found = {("q:total", BASE, TOTAL): q.sum(), ("sex:total", BASE, TOTAL): sex.sum()}
    for i, row in enumerate(q):
        found["q:total", f"r{i}", TOTAL] = row.sum()
    for j, column in enumerate(sex.T):
        found["sex:total", f"c{j}", TOTAL] = column.sum()
        found["q:sex", BASE, f"c{j}"] = column[:-1].sum()
        for i in range(len(q)):
            found["q:sex", f"r{i}", f"c{j}"] = column[i]
    return {cell: int(count) for cell, count in found.items()}


def frame_of(cells: dict[tuple[str, str, str], int]) -> pl.DataFrame:
    def rows(table_id: str, column: str) -> dict[str, int]:
        return {row: n for (t, row, c), n in cells.items() if (t, c) == (table_id, column) and row != BASE}

    columns = sorted({c for t, _, c in cells if t == "q:sex"})
    return pl.concat(
        [
            table("q", rows("q:total", TOTAL)),
            table("sex", rows("sex:total", TOTAL)),
            table("q", {column: rows("q:sex", column) for column in columns}, "sex"),
        ]
    )


@pytest.mark.parametrize("seed", range(12))
def test_ranges_are_those_of_all_surveys_that_look_the_same(seed: int):
    """Seven respondents, two questions, some unanswered: every possible survey is tried."""
    rng = np.random.default_rng(seed)
    truth = tables_of(rng.multinomial(7, rng.dirichlet(np.ones(9))).reshape(3, 3))
    names = sorted(truth)
    hidden = [names[i] for i in rng.choice(len(names), int(rng.integers(3, 8)), replace=False)]
    possible = []
    for joint in spread(7, 9):
        cells = tables_of(np.array(joint).reshape(3, 3))
        if all(cells[name] == truth[name] for name in names if name not in hidden):
            possible.append(cells)
    expected = {
        ("s", *name): (min(cells[name] for cells in possible), max(cells[name] for cells in possible))
        for name in hidden
    }

    result = attack(blank(printed(frame_of(truth)), *hidden), EXACT, completed={"s": 7})

    assert result.ranges == expected
    assert len(result.recoverable) == len(hidden)


def routed_tables(joint: np.ndarray) -> pl.DataFrame:
    """Tables of sex, outer and inner: sexes f, m and none × no, yes, maybe, yes asked and answered, so maybe, none."""
    by_sex = {sex: joint[i] for i, sex in enumerate(("f", "m"))}

    def outer(n: np.ndarray) -> dict[str, int]:
        return {"no": n[0], "yes": n[1] + n[3], "maybe": n[2] + n[4]}

    def inner(n: np.ndarray) -> dict[str, int]:
        return {"answered": n[3] + n[4]}

    return pl.concat(
        [table("sex", {sex: int(n.sum()) for sex, n in by_sex.items()})]
        + [table(name, count(joint.sum(axis=0))) for name, count in (("outer", outer), ("inner", inner))]
        + [
            table(name, {sex: count(n) for sex, n in by_sex.items()}, "sex")
            for name, count in (("outer", outer), ("inner", inner))
        ]
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_routed_question_is_limited_by_what_leads_to_it_in_each_group_and_without_one(seed: int):
    """Four respondents, one question put to those of two answers of another: every possible survey is tried."""
    rng = np.random.default_rng(seed)
    truth = printed(routed_tables(rng.multinomial(4, rng.dirichlet(np.ones(18))).reshape(3, 6)))
    key = ["table_id", "row", "column"]
    of_outer = pl.col("table_id") == "outer:sex"
    names = truth.filter(~of_outer, pl.col("table_id") != "inner:sex").select(key).rows()
    hidden = [*truth.filter(of_outer).select(key).rows(), names[rng.choice(len(names))]]
    at = truth.select(is_hidden=pl.concat_list(key).is_in([list(cell) for cell in hidden])).to_series().to_numpy()
    worlds = np.array([printed_counts(np.array(joint).reshape(3, 6)) for joint in spread(4, 18)])
    possible = worlds[(worlds[:, ~at] == truth["count"].to_numpy()[~at]).all(axis=1)][:, at]
    expected = dict(zip(truth.select(key).filter(at).rows(), np.ptp(possible, axis=0), strict=True))

    nested = [Nested("s", "inner", "outer", ("yes", "maybe"))]
    result = attack(blank(truth, *hidden), EXACT, completed={"s": 4}, nested=nested)

    assert {tuple(cell): high - low for (_, *cell), (low, high) in result.ranges.items()} == expected


def printed_counts(joint: np.ndarray) -> list[int]:
    """What `routed_tables` counts, in its order with a base before the answers of each column."""
    f, m = joint[0], joint[1]

    def outer(n: np.ndarray) -> list[int]:
        counts = [n[0], n[1] + n[3], n[2] + n[4]]
        return [sum(counts), *counts]

    def inner(n: np.ndarray) -> list[int]:
        return [n[3] + n[4]] * 2

    whole = joint.sum(axis=0)
    return [
        *inner(f),
        *inner(m),
        *inner(whole),
        *outer(f),
        *outer(m),
        *outer(whole),
        f.sum() + m.sum(),
        f.sum(),
        m.sum(),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_several_answers_are_limited_by_their_base(seed: int):
    """Every respondent of the base marked at least one of two items: all marks are tried."""
    rng = np.random.default_rng(seed)
    both, first, second = (int(n) for n in rng.integers(0, 6, 3))
    base = both + first + second
    cells = {"base": base, "a": both + first, "b": both + second}
    release = printed(table("q", cells, shape="marks"))
    possible = [x + y for x, y, z in spread(base, 3) if x + z == cells["b"]]

    result = attack(blank(release, ("q:total", "a", TOTAL)), EXACT)

    assert result.ranges["s", "q:total", "a", TOTAL] == (min(possible), max(possible))


def test_whoever_stated_a_breakdown_is_counted_once_in_all_tables():
    """95 stated their sex in r, and everybody answered q: so 95 or more of q stated it too, 45 of them y."""
    cells = pl.concat(
        [
            table("q", {"a": 100}),
            table("q", {"x": {"a": 52}, "y": {"a": 45}}, "sex"),
            table("r", {"x": {"u": 50}, "y": {"u": 45}}, "sex"),
        ]
    )
    hidden = [("q:sex", row, "x") for row in ("a", BASE)]

    result = attack(blank(printed(cells), *hidden), EXACT, completed={"s": 100})

    assert result.ranges["s", "q:sex", BASE, "x"] == (50, 55)


def test_of_several_answers_those_who_state_no_breakdown_may_be_nobody():
    """All 50 stated their sex, so the 25 marks of an item are those of x and y."""
    cells = pl.concat(
        [
            table("q", {"base": 50, "a": 25, "b": 40}, shape="marks"),
            table("q", {"x": {"base": 30, "a": 15, "b": 25}, "y": {"base": 20, "a": 10, "b": 15}}, "sex", "marks"),
        ]
    )

    result = attack(blank(printed(cells), ("q:sex", "a", "y")), EXACT)

    assert result.ranges["s", "q:sex", "a", "y"] == (10, 10)


def test_a_recode_is_part_of_what_is_known():
    cells = pl.concat([table("q", {"a": 40, "b": 3, "c": 30}), table("coarse", {"ab": 43, "c": 30})])
    hidden = [("q:total", row, TOTAL) for row in "bc"]
    release, recode = blank(printed(cells), *hidden), coarser("q", "coarse", {"a": "ab", "b": "ab", "c": "c"})

    assert attack(release, Policy(), []).recoverable == []
    assert ranges_of(attack(release, Policy(), [recode])) == {"b": (3, 3), "c": (30, 30)}


def test_all_others_are_no_fewer_than_those_of_them_who_gave_an_answer():
    """Ten women said no, so ten or more stand among all others; nobody says how many did not answer."""
    cells = pl.concat(
        [
            table("work", {"f": {"yes": 30, "no": 10}, "m": {"yes": 40, "no": 9}}, "sex"),
            table("sex", {"yes": {"f": 30, "m": 40}, OTHERS: {"f": 16, "m": 12}}, "work@groups"),
        ]
    )
    release = blank(printed(cells), *(("sex:work@groups", row, OTHERS) for row in "fm"))
    links = [coarser("work", "work@groups", {"yes": "yes", "no": OTHERS})]

    assert ranges_of(attack(release, Policy(k=20, k_sensitive=20), links)) == {"f": (10, 19), "m": (9, 18)}


def test_a_share_times_its_base_is_a_count():
    release = blank(printed(table("q", {"a": 40, "b": 3, "c": 30})), *(("q:total", row, TOTAL) for row in "bc"))
    told = release.with_columns(share=pl.when(pl.col("row") == "b").then(3 / 73))

    assert attack(release, Policy()).recoverable == []
    assert ranges_of(attack(told, Policy())) == {"b": (3, 3), "c": (30, 30)}


def test_a_question_the_other_way_round_is_the_same_table():
    there = {"x": {"a": 40, "b": 20}, "y": {"a": 30, "b": 25}}
    back = {"a": {"x": 40, "y": 30}, "b": {"x": 20, "y": 25}}
    cells = pl.concat([table("q", there, "sex"), table("sex", back, "q")])
    release = blank(printed(cells), *(("q:sex", row, column) for row in "ab" for column in "xy"))

    assert ranges_of(attack(release, Policy()))["a"][0] in (30, 40)
    assert len(attack(release, Policy()).recoverable) == 4


def test_answers_of_a_few_without_a_group_follow_from_totals():
    """Of three who did not state their sex two answered a, one c."""
    group = {"a": 20, "b": 20, "c": 20}
    release = released(
        printed(
            pl.concat(
                [
                    table("q", {"a": 42, "b": 40, "c": 41}),
                    table("sex", {"f": 61, "m": 60}),
                    table("q", {"f": group, "m": group}, "sex"),
                ]
            )
        )
    )
    places = [("s", "q:sex", "a", UNSTATED), ("s", "q:sex", "c", UNSTATED)]

    found = attack(release, Policy())
    assert [(one.kind, *one.place, one.low) for one in found.findings] == [
        ("unstated", *place, n) for place, n in zip(places, (2, 1), strict=True)
    ]


def test_who_was_asked_for_a_breakdown_and_did_not_state_it_is_counted():
    """Of 40 who said yes and a 38 answered `inner`, so two did not."""
    release = printed(
        pl.concat(
            [
                table("q", {"a": 80, "b": 80}),
                table("outer", {"yes": 80, "no": 80}),
                table("inner", {"x": 39, "y": 39}),
                table("q", {"yes": {"a": 40, "b": 40}, "no": {"a": 40, "b": 40}}, "outer"),
                table("q", {"x": {"a": 19, "b": 20}, "y": {"a": 19, "b": 20}}, "inner"),
            ]
        )
    )
    found = attack(released(release), Policy(), nested=[Nested("s", "inner", "outer", ("yes",))])

    assert [(one.kind, one.place) for one in found.findings] == [("unstated", ("s", "q:inner", "a", skipped("outer")))]


def test_what_stands_beneath_a_hidden_base_tells_whether_it_is_small():
    """Two signs, or a zero beneath one base alone, tell the one base from the other."""
    columns = {name: {"a": 20 if name == "x" else 70, "b": 0} for name in "xyz"}
    release = blank(
        printed(table("q", columns, "sex")), *(("q:sex", row, c) for row in ("base", "a", "b") for c in "xyz")
    )
    is_small = pl.col("column") == "x"
    told = release.with_columns(sign=pl.when(is_small).then(pl.lit("/")).otherwise("sign"))
    of_few = release.with_columns(sign=pl.when(is_small).then(pl.lit("()")).otherwise("sign"))
    zero = pl.when(pl.col("column") == "y", pl.col("row") == "b").then(0).otherwise("published_count")
    shown = release.with_columns(published_count=zero)

    def lowest(frame: pl.DataFrame) -> list[int]:
        ranges = attack(frame, Policy(k=30, k_sensitive=30)).ranges
        return [ranges["s", "q:sex", BASE, column][0] for column in "xyz"]

    assert lowest(release) == [0, 0, 0]
    assert lowest(told) == [0, 30, 30]
    assert attack(told, Policy(k=30, k_sensitive=30)).ranges["s", "q:sex", BASE, "x"] == (0, 29)
    assert lowest(of_few) == [30, 0, 0]
    assert lowest(shown) == [0, 30, 0]


def ranges_of(result: AttackResult) -> dict[str, tuple[int | None, int | None]]:
    return {finding.row: (finding.low, finding.high) for finding in result.recoverable}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (table("q", {"a": 40, "b": 3}), "small_count"),
        (table("q", {"base": 50, "a": 47}, shape="marks"), "small_complement"),
        (table("q", {"a": 50, "b": 0}, is_sensitive=True), "whole_group"),
    ],
)
def test_what_a_printed_number_tells_by_itself_is_found(cells: pl.DataFrame, kind: str):
    found = attack(released(printed(cells)), Policy()).findings

    assert [finding.kind for finding in found] == [kind]


def test_numbers_that_cannot_all_be_true_are_found():
    release = printed(table("q", {"a": 40, "b": 30, "c": 8}))
    base = pl.when(pl.col("row") == BASE).then(50).otherwise(pl.col("published_count"))
    release = blank(release.with_columns(published_count=base), ("q:total", "c", TOTAL))

    assert [finding.kind for finding in attack(release, Policy()).findings] == ["contradiction"]


def test_two_releases_of_a_growing_survey_give_away_who_came_since():
    before, after = table("q", {"a": 40, "b": 20, "c": 4}), table("q", {"a": 40, "b": 20, "c": 6})
    first = blank(printed(before), *(("q:total", row, TOTAL) for row in "bc"))
    found = attack(released(printed(after)), Policy(), previous=first).findings

    assert {(finding.kind, finding.row) for finding in found} >= {
        ("recoverable_before", "b"),
        ("recoverable_before", "c"),
    }


def test_an_unchanged_release_tells_nothing_more():
    release = blank(printed(table("q", {"a": 40, "b": 20, "c": 4})), *(("q:total", r, TOTAL) for r in "bc"))

    assert attack(release, Policy(), previous=release).findings == []


def test_rounded_counts_leave_room():
    cells = table("q", {"a": 40, "b": 30, "c": 20})
    release = blank(printed(cells), ("q:total", "c", TOTAL))
    exact = attack(release, Policy()).ranges["s", "q:total", "c", TOTAL]
    rounded = attack(release, Policy(round_to=5)).ranges["s", "q:total", "c", TOTAL]

    assert exact == (20, 20)
    # Base 88–92, a 38–42 and b 28–32: what is left is 14–26; a range of k is enough to stop.
    assert 14 <= rounded[0] < rounded[1] <= 26
    assert rounded[1] - rounded[0] >= 5
