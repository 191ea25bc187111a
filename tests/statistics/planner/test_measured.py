"""What was measured, from published tables: every printed sum comes out again, and nothing is made of less."""

import numpy as np
import polars as pl
import pytest

from stadtlabor.statistics.planner import CannotPlanError, measured
from stadtlabor.statistics.planner.raking import raked
from stadtlabor.statistics.planner.stays import CLASSES, arrivals, lengths
from tests.statistics.planner.published import SPACE, chance_visits, tables, weekdays

DAYS = weekdays(12)


@pytest.fixture(scope="module")
def visits():
    return chance_visits(np.random.default_rng(1), DAYS, 3.0)


def test_hidden_weeks_are_filled_so_that_all_that_is_printed_comes_out(visits):
    whole = tables(visits, DAYS, desks=20)
    # Without levels nothing is taken off as chance, so that sums can be compared.
    found = measured(tables(visits, DAYS, desks=20, hidden_weeks=(2, 5, 6)) | {"space_levels": nothing()}, SPACE)
    by_week = np.bincount(found.week, found.load.sum(axis=1))
    weeks = whole["space_weeks"]["booked_seat_hours"].to_numpy()

    assert found.hidden_weeks == 3
    assert found.load.sum() == pytest.approx(weeks.sum())
    shown = [place for place in range(12) if place not in (2, 5, 6)]
    assert by_week[shown] == pytest.approx(weeks[shown], abs=0.01)
    assert by_week[[2, 5, 6]].sum() == pytest.approx(weeks[[2, 5, 6]].sum(), abs=0.1)
    profile = whole["space_profile"].filter(pl.col("weekday") == 3)["booked"].to_numpy()
    assert found.load[found.weekday == 3].sum(axis=0)[9:17] == pytest.approx(profile, abs=0.01)


def nothing():
    return tables([], DAYS)["space_levels"]


def test_of_days_alike_but_for_chance_only_their_weekday_is_kept(visits):
    with_chance = measured(tables(visits, DAYS, desks=20) | {"space_levels": nothing()}, SPACE)
    without = measured(tables(visits, DAYS, desks=20), SPACE)

    def differs(found):
        return np.std(np.bincount(found.week, found.load.sum(axis=1)))

    assert without.load.sum() == pytest.approx(with_chance.load.sum())
    assert differs(without) < 0.6 * differs(with_chance)
    assert without.swing == 0


def test_days_that_differ_more_than_by_chance_swing():
    """Every other day eight come together: no week tells of it, how many sit at once does."""
    visits = [(day, 9.0, 17.0) for day in DAYS[::2] for _ in range(8)]

    assert measured(tables(visits, DAYS, desks=20), SPACE).swing > 0.5


@pytest.mark.parametrize(("changed", "days", "reason"), [
    ({"booked_seat_hours": None}, DAYS, "hidden"),
    ({}, DAYS[:15], "short"),
])  # fmt: skip
def test_of_too_little_nothing_is_planned(visits, changed, days, reason):
    with pytest.raises(CannotPlanError, match=reason):
        measured(tables([one for one in visits if one[0] in days], days, desks=20, **changed), SPACE)


def test_a_space_that_is_open_past_midnight_is_not_planned(visits):
    late = tables(visits, DAYS, desks=20)
    late["space_profile"] = late["space_profile"].with_columns(hour=pl.col("hour") + 10)

    with pytest.raises(CannotPlanError, match="night"):
        measured(late, SPACE)


def test_a_space_that_never_opened_is_not_planned(visits):
    closed = tables(visits, DAYS, desks=20)
    closed["space_days"] = closed["space_days"].with_columns(open=False)

    with pytest.raises(CannotPlanError, match="hidden"):
        measured(closed, SPACE)


def test_hidden_stays_are_as_many_as_are_missing_and_keep_the_mean(visits):
    whole = tables(visits, DAYS, desks=20)
    known = measured(whole, SPACE)
    whole["space_stays"] = whole["space_stays"].with_columns(
        count=pl.when(pl.col("class") == "up_to_2_hours").then(None).otherwise(pl.col("count"))
    )
    guessed = measured(whole, SPACE)

    assert guessed.lengths == pytest.approx(known.lengths, abs=0.02)
    mean = sum(end - begin for _, begin, end in visits) / len(visits)
    assert known.lengths @ np.arange(len(known.lengths)) / 2 == pytest.approx(mean, abs=0.01)


def test_full_hours_are_none_where_hidden_and_nought_where_never(visits):
    spacious = tables(visits, DAYS, desks=40)
    assert measured(spacious, SPACE).full_hours == 0

    hidden = pl.DataFrame({"space_id": [SPACE], "desks": [40], "in_use": [40], "open_hours": [None]})
    spacious["space_levels"] = pl.concat([spacious["space_levels"], hidden.cast({"open_hours": pl.Float64})])
    assert measured(spacious, SPACE).full_hours is None


def test_raking_is_exact_on_a_table_with_margins():
    rng = np.random.default_rng(2)
    truth = rng.random((6, 5))
    cells = np.arange(30).reshape(6, 5)
    sums = [(cells[row], truth[row].sum()) for row in range(6)]
    sums += [(cells[:, column], truth[:, column].sum()) for column in range(5)]

    found = raked(np.ones(30), sums).reshape(6, 5)

    assert found.sum(axis=0) == pytest.approx(truth.sum(axis=0), abs=1e-3)
    assert found.sum(axis=1) == pytest.approx(truth.sum(axis=1), abs=1e-3)
    # Of all such tables it is the one in which rows and columns know nothing of each other.
    assert found == pytest.approx(np.outer(truth.sum(axis=1), truth.sum(axis=0)) / truth.sum(), abs=1e-3)


@pytest.mark.parametrize("mean", [2.5, 3.0, 4.5])
def test_lengths_keep_their_classes_and_meet_the_mean(mean):
    counts = {"up_to_2_hours": 30.0, "up_to_4_hours": 50.0, "up_to_8_hours": 20.0}

    found = lengths(counts, mean, 16)
    places = np.arange(17) / 2
    by_class = [found[(places > low) & (places <= high)].sum() for low, high in CLASSES.values()]

    assert by_class == pytest.approx([0.3, 0.5, 0, 0.2, 0])
    # The least and the most that these classes allow: 0.3·½ + 0.5·2½ + 0.2·6½ and 0.3·2 + 0.5·4 + 0.2·8.
    assert found @ places == pytest.approx(min(max(mean, 2.7), 4.2), abs=0.02)


def test_arrivals_give_the_hours_back_and_the_lengths():
    chances = lengths({"up_to_2_hours": 40.0, "up_to_4_hours": 60.0}, 2.75, 16)
    truth = np.zeros((16, 17))
    rng = np.random.default_rng(4)
    for length in np.flatnonzero(chances):
        where = rng.random(16 - length + 1)
        truth[: len(where), length] = 5 * chances[length] * where / where.sum()
    load = seats(truth)

    found = arrivals(load, chances)

    assert seats(found) == pytest.approx(load, rel=0.03)
    assert found.sum(axis=0) / found.sum() == pytest.approx(chances, abs=0.01)
    assert all(found[start, length] == 0 for start in range(16) for length in range(17) if start + length > 16)


def seats(often):
    """Desks in use by slot."""
    found = np.zeros(16)
    for start, length in zip(*np.nonzero(often), strict=True):
        found[start : start + length] += often[start, length]
    return found
