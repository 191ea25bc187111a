"""Which figures are old, and what is said of them."""

from datetime import date

import pytest

from dashboard.words import age

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2015", 2015),
        ("2015-06-30", 2015),
        ("2021-06-30", 2021),
        ("2021-11", None),
        ("2021", None),
        ("2014/2020", 2020),
        ("2019/2024", None),
        ("2014-01-01/2016-06-30", 2016),
        ("2024-01", None),
        ("", None),
        (None, None),
    ],
)
def test_a_figure_is_old_five_years_after_its_period_ended(period, year):
    assert age.old_year(period, TODAY) == year


def test_an_old_period_says_so_and_a_young_one_does_not():
    assert age.dated("2015-06-30", TODAY, "de") == "Stand 2015, 30. Juni 2015"
    assert age.dated("2015", TODAY, "de") == "Stand 2015"
    assert age.dated("2015", TODAY, "en") == "as of 2015"
    assert age.dated("2024-01", TODAY, "de") == "Januar 2024"
    assert age.dated("2021/2024", TODAY, "de") == "2021–2024"


def test_a_headline_over_old_figures_says_what_is_missing():
    assert age.headline("Auspendelnde: alle", "2015-06-30", TODAY, "de") == (
        "Auspendelnde: alle – Stand 2015, neuere Zahlen fehlen"
    )
    assert age.headline("Einwohner: alle", "2024-12-31", TODAY, "de") == "Einwohner: alle"
