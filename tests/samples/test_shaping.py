"""The sample answers are shaped by what the report states, and hang together like those of people."""

import math

import pytest

from stadtlabor import samples
from tests.samples import oracle


@pytest.fixture(scope="module")
def rows(made):
    return oracle.survey_rows(made)


def share(rows, indicator, delivery, part=""):
    found = [r for r in rows if (r.indicator_id, r.delivery, r.breakdown_value) == (indicator, delivery, part)]
    assert len(found) == 1
    return found[0].value


COMMUTERS = "wittenberge-pendlerbefragung-2022"
DIESSEN = "diessen-buergerbefragung-2022"
FIRST, SECOND = "dippoldiswalde-buergerbefragung-2022", "dippoldiswalde-buergerbefragung-2023"
OESTRICH = "oestrich-winkel-nutzerbefragung-2022"


def test_s01_to_s04_the_commuters_of_wittenberge(rows):
    employers = {
        r.breakdown_value: r.value for r in rows if r.indicator_id == "employer_share" and r.delivery == COMMUTERS
    }

    assert share(rows, "presence_not_required_share", COMMUTERS) > 50
    assert share(rows, "remote_possible_deutsche_bahn_share", COMMUTERS) == pytest.approx(40, abs=6)
    assert max(employers, key=employers.get) == "deutsche_bahn"
    assert share(rows, "destination_hamburg_berlin_share", COMMUTERS) > 50


def test_s16_and_s32_the_space_in_oestrich_winkel(rows):
    assert share(rows, "willing_to_pay_share", OESTRICH) > 50
    assert share(rows, "lab_satisfaction_share", OESTRICH) > 70


def test_s19_little_interest_in_dippoldiswalde_less_than_in_diessen(rows):
    assert share(rows, "coworking_interest_share", FIRST) < 25
    assert share(rows, "coworking_interest_share", SECOND) < 25
    assert share(rows, "coworking_interest_share", DIESSEN) > 30


def test_s20_long_ways_from_diessen(rows):
    assert share(rows, "commute_share", DIESSEN) > 50
    assert share(rows, "commute_minutes", DIESSEN) >= 45


def test_s21_public_transport_internet_and_leisure_come_last_in_diessen(rows):
    themes = {
        r.breakdown_value: r.value
        for r in rows
        if r.indicator_id == "town_satisfaction_share" and r.delivery == DIESSEN
    }

    assert set(sorted(themes, key=themes.get)[:3]) == {"public_transport", "internet", "leisure"}


def test_other_seeds_scatter_around_the_same_shape(tmp_path):
    values = []
    for seed in range(1, 7):
        folder = tmp_path / str(seed)
        samples.generate(folder, seed)
        rows = oracle.survey_rows(folder)
        values.append(
            (
                share(rows, "presence_not_required_share", COMMUTERS),
                share(rows, "remote_possible_deutsche_bahn_share", COMMUTERS),
                share(rows, "coworking_interest_share", FIRST),
            )
        )
    means = [sum(column) / len(column) for column in zip(*values, strict=True)]

    assert means == pytest.approx([57, 40, 13], abs=4)
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("delivery", [DIESSEN, COMMUTERS])
def test_minutes_kilometres_and_destination_hang_together(made, delivery):
    people = oracle.read(made, delivery).people
    pairs = [
        (p["commute_km"][0], p["commute_minutes"][0]) for p in people if {"commute_km", "commute_minutes"} <= set(p)
    ]

    assert correlation(pairs) > 0.8
    far, near = {"hamburg": "schwerin", "muenchen": "same_district"}, []
    for goal, closer in far.items():
        distances = [median_km(people, place) for place in (goal, closer)]
        if None not in distances:
            near.append(distances[0] > 1.5 * distances[1])
    assert near == [True]


def test_who_must_be_there_stays_home_less(made):
    people = [p for p in oracle.read(made, DIESSEN).people if {"presence_required", "home_office_days"} <= set(p)]
    bound = [p["home_office_days"][0] for p in people if p["presence_required"] == ["always"]]
    free = [p["home_office_days"][0] for p in people if p["presence_required"] != ["always"]]

    assert sum(free) / len(free) > 3 * sum(bound) / len(bound)


def test_some_questions_stay_unanswered_and_some_people_leave(rows):
    for delivery in oracle.SURVEYS:
        assert 1 < share(rows, "survey_item_nonresponse", delivery, delivery) < 12
    for delivery in (DIESSEN, COMMUTERS, OESTRICH):
        assert 65 < share(rows, "survey_completion_rate", delivery, delivery) < 95


def median_km(people, goal):
    found = [p["commute_km"][0] for p in people if p.get("destination") == [goal] and "commute_km" in p]
    return oracle.quantile(found, 0.5) if found else None


def correlation(pairs):
    xs, ys = zip(*pairs, strict=True)
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    both = sum((x - mx) * (y - my) for x, y in pairs)
    return both / math.sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))
