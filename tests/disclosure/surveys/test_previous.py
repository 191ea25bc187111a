import polars as pl
import pytest

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


def test_a_count_that_changed_below_k_is_hidden():
    before = released(published(table("q", {"a": 60, "b": 40, "c": 50})))
    now = published(table("q", {"a": 64, "b": 45, "c": 57}), before)

    assert [state_of(now, "q:total", row) for row in "abc"].count("published") == 1
    assert state_of(now, "q:total", "a") == "secondary"
    assert attack(released(now), POLICY, previous=before).findings == []


def test_an_old_count_beside_new_ones_is_found():
    """One more gave a than told, by sex."""
    told = {(a, b): {"f": {"a": a - 30, "b": 20}, "m": {"a": 30, "b": b - 20}} for a, b in ((59, 40), (60, 45))}
    before, now = (
        published(pl.concat([table("q", {"a": a, "b": b}), table("q", columns, "sex")]))
        for (a, b), columns in told.items()
    )
    is_old = (pl.col("row") == "a") & (pl.col("column") == "total")
    stale = now.with_columns(published_count=pl.when(is_old).then(59).otherwise("published_count"))

    assert {one.kind for one in attack(released(stale), POLICY, previous=released(before)).findings} >= {
        "contradiction"
    }


def test_what_was_hidden_stays_hidden():
    before = released(published(table("q", {"a": 60, "b": 20, "c": 4})))
    now = published(table("q", {"a": 60, "b": 20, "c": 6}), before)

    assert state_of(now, "q:total", "c") == "secondary"
    assert audit(now, POLICY, previous=before).passed


def test_a_first_person_in_an_empty_cell_is_not_shown():
    before = released(published(table("q", {"a": 60, "b": 40, "c": 0})))
    now = published(table("q", {"a": 60, "b": 46, "c": 1}), before)

    assert state_of(now, "q:total", "c") == "primary"
    assert audit(now, POLICY, previous=before).passed


def test_a_count_that_fell_below_k_by_k_or_more_is_hidden():
    before = released(published(table("q", {"a": 60, "b": 40, "c": 12})))
    now = published(table("q", {"a": 60, "b": 40, "c": 3}), before)

    assert state_of(now, "q:total", "c") == "primary"


def test_without_the_last_release_nothing_is_kept():
    assert cell(published(table("q", {"a": 64, "b": 45})), "q:total", "a")["published_count"] == 64


LINKS = pl.DataFrame(schema=dict.fromkeys(("survey_id", "fine", "coarse", "from_code", "to_code"), pl.String))


@pytest.mark.parametrize(
    ("now", "is_kept"),
    [({"a": 64, "b": 47}, True), ({"a": 66, "b": 40}, False), ({"a": 66, "b": 47}, False)],
)
def test_a_survey_is_told_anew_only_where_all_of_it_may_be(now, is_kept):
    """Four more of a follow from what else is told."""
    first = protected(
        table("q", {"a": 60, "b": 40}), LINKS, {"s": 100}, released(published(table("q", {"a": 1}))).clear()
    )
    found = protected(table("q", now), LINKS, {"s": sum(now.values())}, released(first), previous_completed={"s": 100})

    assert found["is_kept"].all() == is_kept
    told = dict(found.select("row", "published_count").iter_rows())
    assert told == ({"a": 60, "b": 40, "base": 100} if is_kept else {**now, "base": sum(now.values())})


def test_what_those_who_came_since_answered_is_protected_like_a_release_of_them():
    """All that is printed grew by five and more, and one of the hidden answers by one."""
    before = hiding(published(table("q", {"a": 60, "b": 40, "c": 20, "d": 30})), "c", "d")
    now = hiding(published(table("q", {"a": 66, "b": 47, "c": 20, "d": 31})), "c", "d")
    found = audit(now, POLICY, (), {"s": 164}, released(before), {"s": 150})

    assert {(one.kind, one.row, one.low, one.high) for one in found.attack.findings if one.kind == "small_change"} == {
        ("small_change", row, 0, 1) for row in "cd"
    }


def test_a_survey_that_keeps_its_tables_gives_nothing_away_by_what_is_blank():
    """Beneath the hidden bases of m and d stand zeros that everybody knows."""
    by_sex = {"f": {"a": 48, "b": 32, "c": 0}, "m": {"a": 40, "b": 30, "c": 0}, "d": {"a": 2, "b": 1, "c": 0}}
    cells = pl.concat(
        [table("sex", {"f": 80, "m": 70, "d": 3}), table("q", {"a": 90, "b": 63, "c": 0}), table("q", by_sex, "sex")]
    )
    none = released(published(cells)).clear()
    first = released(protected(cells, LINKS, {"s": 153}, none))
    kept = protected(cells, LINKS, {"s": 154}, first, previous_completed={"s": 153})
    result = audit(kept, POLICY, completed={"s": 153}, previous=first, previous_completed={"s": 153})

    assert kept["is_kept"].all()
    assert (result.first_findings(), result.known_before) == ([], frozenset())


def test_what_the_last_release_gave_away_is_a_finding_only_where_it_is_narrower_now():
    wide, narrow = (
        protect(table("q", {"a": 60, **few}), POLICY, parts=frozenset({"primary", "zeros", "shares"}))
        for few in ({"b": 3, "c": 2}, {"b": 1, "c": 1})
    )
    again, now = (audit(frame, POLICY, previous=released(wide)) for frame in (wide, narrow))

    assert (again.first_findings(), {place[2] for place in again.known_before}) == ([], {"b", "c"})
    assert {finding.row for finding in now.attack.recoverable} == {"b", "c"}


def hiding(frame: pl.DataFrame, *rows: str) -> pl.DataFrame:
    hidden = {"published_count": None, "share": None, "sign": pl.lit("."), "status": pl.lit("secondary")}
    is_hidden = pl.col("row").is_in(rows)
    return frame.with_columns(
        pl.when(is_hidden).then(value).otherwise(pl.col(name)).alias(name) for name, value in hidden.items()
    )


def test_what_a_stricter_rule_hides_of_the_same_respondents_was_known_before():
    """As many now, so c counts what it counted; of whoever came since this release would tell."""
    first = published(table("q", {"a": 60, "b": 20, "c": 6}))
    same, grown = (
        audit(hiding(first, "b", "c"), POLICY, (), {"s": completed}, released(first), {"s": 86})
        for completed in (86, 91)
    )

    assert (same.first_findings(), {place[2] for place in same.known_before}) == ([], {"b", "c"})
    assert not grown.passed


def test_a_survey_printed_once_more_is_not_attacked_for_what_only_older_releases_explain():
    """Counts of several releases contradict each other, as they did before."""
    told = hiding(published(table("q", {"a": 60, "b": 20, "c": 6})), "b", "c")
    is_base = pl.col("row") == "base"
    told = told.with_columns(published_count=pl.when(is_base).then(58).otherwise("published_count"))
    once_more, changed = (
        audit(frame, POLICY, (), {"s": 86}, released(told), {"s": 86})
        for frame in (told, told.with_columns(published_count=pl.when(is_base).then(59).otherwise("published_count")))
    )

    assert (once_more.first_findings(), {place[2] for place in once_more.known_before}) == ([], {""})
    assert not changed.passed


def test_what_the_last_release_told_of_a_table_that_has_come_since_is_no_finding():
    """Sex by work is work by sex the other way round."""
    by_sex, by_work = (
        {one: dict.fromkeys(rows, 20) for one in columns} for rows, columns in (("yn", "fm"), ("fm", "yn"))
    )
    there, back = published(table("work", by_sex, "sex")), published(table("sex", by_work, "work"))
    now = pl.concat([there, hiding(back, "f", "m")])

    assert not audit(now, POLICY).passed
    assert audit(now, POLICY, (), {"s": 80}, released(there), {"s": 80}).passed


def test_the_first_finding_of_each_survey_is_told():
    cells = pl.concat([table("q", {"a": 3, "b": 4, "c": 60}, universe=name) for name in ("s", "t", "u")])
    found = audit(protect(cells, POLICY, parts=frozenset()), POLICY)

    assert [one.split(" · ")[0] for one in found.first_findings()] == [f"small_count: {name}" for name in "stu"]
    assert len(found.attack.findings) > 5
