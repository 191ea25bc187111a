"""Survey tables for a sample release: few questions, each of its own kind, with counts that a test can reckon.

Intervals are Wilson's, differences Newcombe's, taken from the package's own oracle-tested functions.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from stadtlabor.statistics.weighting import wilson
from tests.dashboard.samples import sample

Row = dict[str, Any]

# survey, town, population, first and last day, completed
SURVEYS = [
    ("wi-commuters", "wittenberge", "commuters", date(2022, 9, 19), date(2022, 10, 16), 291),
    ("wi-users", "wittenberge", "space_users", date(2022, 10, 4), date(2022, 11, 20), 67),
    ("di-citizens", "diessen", "citizens", date(2022, 3, 14), date(2022, 4, 24), 371),
    ("dw-again", "dippoldiswalde", "citizens", date(2023, 3, 6), date(2023, 4, 16), 177),
    ("dw-first", "dippoldiswalde", "citizens", date(2022, 5, 9), date(2022, 6, 12), 230),
]
TOWN_OF = {survey: town for survey, town, *_ in SURVEYS}
DAYS = {survey: (start, end) for survey, _, _, start, end, _ in SURVEYS}

# indicator, theme, concept, German and English title, unit, kind
CATALOGUE = [
    ("presence_not_required_share", "survey_work", "presence_required", "Anwesenheit nicht nötig", "%", "share"),
    ("coworking_interest_share", "survey_coworking", "coworking_interest", "Interesse", "%", "share"),
    ("wishes_share", "survey_coworking", "coworking_wishes", "Wünsche", "%", "share"),
    ("price_demand", "survey_coworking", "willingness_to_pay", "Nachfrage", "%", "share"),
    ("commute_minutes", "survey_commuting", "commute_minutes", "Fahrzeit", "Minuten", "median"),
    ("survey_completed", "survey_quality", "", "Abgeschlossen", "Befragte", "count"),
]
# concept, kind, code, German and English words, position
LABELS = [
    ("presence_required", "concept", "", "Anwesenheit", "Presence", 1),
    ("presence_required", "question", "", "Müssen Sie da sein?", "Need you be there?", 1),
    ("presence_required", "answer", "always", "immer", "always", 1),
    ("presence_required", "answer", "some_days", "manchmal", "sometimes", 2),
    ("presence_required", "answer", "never", "nie", "never", 3),
    ("coworking_interest", "concept", "", "Interesse", "Interest", 2),
    ("coworking_interest", "question", "", "Haben Sie Interesse?", "Are you interested?", 2),
    ("coworking_wishes", "concept", "", "Wünsche", "Wishes", 3),
    ("coworking_wishes", "question", "", "Was wünschen Sie?", "What do you wish?", 3),
    ("coworking_wishes", "item", "internet", "schnelles Internet", "fast internet", 1),
    ("coworking_wishes", "item", "coffee", "Kaffee", "coffee", 2),
    ("willingness_to_pay", "concept", "", "Tagespreis", "Price per day", 4),
    ("willingness_to_pay", "question", "", "Welcher Preis?", "Which price?", 4),
    ("commute_minutes", "concept", "", "Fahrzeit je Weg", "Time of a way", 5),
    ("commute_minutes", "question", "", "Wie lange?", "How long?", 5),
    ("age_group", "concept", "", "Alter", "Age", 6),
    ("age_group", "answer", "young", "unter 45", "under 45", 1),
    ("age_group", "answer", "old", "ab 45", "45 and over", 2),
    ("town_satisfaction", "concept", "", "Zufriedenheit", "Satisfaction", 7),
    ("town_satisfaction", "question", "", "Wie zufrieden?", "How satisfied?", 7),
    ("town_satisfaction", "item", "bus", "Bus und Bahn", "bus and train", 1),
    ("town_satisfaction", "item", "nature", "Natur", "nature", 2),
    ("home_office_days", "concept", "", "Homeoffice-Tage", "Home-office days", 8),
    ("home_office_days", "question", "", "Wie oft?", "How often?", 8),
    ("home_office_days", "answer", "none", "keiner", "none", 1),
    ("home_office_days", "answer", "some", "mindestens einer", "at least one", 2),
]
STEPS = ("sehr zufrieden", "eher zufrieden", "teils", "eher unzufrieden", "sehr unzufrieden")


def tables(**changed: list[Row]) -> dict[str, list[Row]]:
    """Every table that surveys fill, for `sample.write_release`; official figures stay beside them."""
    whole = sample.default_tables()
    info = whole["release_info"][0] | {"has_synthetic": True}
    found = {
        "release_info": [info],
        "indicator_catalogue": whole["indicator_catalogue"] + [entry(*one) for one in CATALOGUE],
        "indicator_values": [*whole["indicator_values"], official(), *values()],
        "surveys": [survey(*one) for one in SURVEYS],
        "survey_labels": [label(*one) for one in LABELS],
        "survey_questions": questions(),
        "survey_counts": counts(),
        "survey_numbers": numbers(),
        "demand_curve": demand(),
        "disclosure_audit": [audit("small_counts"), audit("linked_tables"), audit("previous_release")],
    }
    return found | changed


def survey(survey_id: str, town: str, population: str, start: date, end: date, completed: int, **changes: Any) -> Row:
    """One row of surveys."""
    row = {
        "survey_id": survey_id,
        "town_id": town,
        "population": population,
        "tool": "LimeSurvey",
        "title": f"Befragung {survey_id}",
        "period_from": start,
        "period_to": end,
        "started": completed + 10,
        "completed": completed,
        "incomplete": 10,
        "tests": 3,
        "duplicates": 0,
        "completion_rate": 100 * completed / (completed + 10),
        "completion_low": 90.0,
        "completion_high": 99.0,
        "reach_per_1000": 21.5,
        "reach_base": "inhabitants",
        "item_nonresponse": 4.5,
        "grade": "A",
        "grade_reason_de": "alle Kriterien erfüllt",
        "grade_reason_en": "all criteria met",
        "weighting_state": "none",
        "is_synthetic": True,
    }
    return row | changes


def entry(indicator_id: str, theme: str, concept: str, title: str, unit: str, kind: str) -> Row:
    """One row of indicator_catalogue for a survey indicator."""
    row = sample.default_tables()["indicator_catalogue"][0]
    named = {f"{name}_{language}": title for name in ("title", "short") for language in ("de", "en")}
    own = {"indicator_id": indicator_id, "theme": theme, "figures": concept, "unit_de": unit, "unit_en": unit}
    return row | named | own | {"value_kind": kind, "decimals": 1, "base_de": "Befragte", "base_en": "respondents"}


def label(concept: str, kind: str, code: str, german: str, english: str, position: int) -> Row:
    """One row of survey_labels."""
    words = {"label_de": german, "label_en": english}
    return {"concept": concept, "kind": kind, "level": "", "code": code, "position": position} | words


def official() -> Row:
    """The out-commuters of Wittenberge, which the home-office gap needs."""
    counts = {"numerator": 2707.0, "denominator": 5734.0}
    return sample.value("out_commuter_share", "wittenberge", "2015-06-30", 47.2) | counts


def share(indicator_id: str, survey_id: str, hits: int | None, base: int | None, **changes: Any) -> Row:
    """One row of indicator_values of a survey: a share, hidden where `hits` is None, with its sign."""
    start, end = DAYS[survey_id]
    sign = "." if base is None or (hits is None and base >= 30) else "/" if base < 30 else "()" if base < 50 else ""
    known = hits is not None and base is not None and base >= 30
    low, high = wilson(hits, base) if known else (None, None)
    row = {
        "indicator_id": indicator_id,
        "town_id": TOWN_OF[survey_id],
        "period": f"{start}/{end}",
        "period_start": start,
        "period_end": end,
        "breakdown": "total",
        "value": 100 * hits / base if known else None,
        "numerator": hits if known else None,
        "denominator": base,
        "base_n": base,
        "interval_low": 100 * low if known else None,
        "interval_high": 100 * high if known else None,
        "sign": sign,
        "sources": survey_id,
        "source_text": f"Befragung {survey_id}",
        "licence": "CC0",
        "is_synthetic": True,
    }
    return row | changes


def missing(indicator_id: str, town_id: str) -> Row:
    """The row without a value that a town without a survey has."""
    return sample.value(indicator_id, town_id, "2022-04-24", None, sources=None, source_text=None)


def values() -> list[Row]:
    """Rows of indicator_values: shares, one answer of several, groups, a median with its quartiles, prices."""
    age = {"breakdown": "age_group"}
    rows = [
        share("presence_not_required_share", "wi-commuters", 165, 272),
        share("presence_not_required_share", "di-citizens", 71, 159),
        missing("presence_not_required_share", "moelln"),
        share("coworking_interest_share", "wi-commuters", 124, 263),
        share("coworking_interest_share", "di-citizens", 138, 325),
        share("coworking_interest_share", "dw-first", 39, 226),
        share("coworking_interest_share", "dw-again", 12, 40),
        share("coworking_interest_share", "di-citizens", 44, 110, **age, breakdown_value="young"),
        share("coworking_interest_share", "di-citizens", None, 16, **age, breakdown_value="old"),
        share("coworking_interest_share", "dw-first", None, 72, **age, breakdown_value="old"),
    ]
    for survey_id, internet, coffee, base in (("di-citizens", 102, 75, 128), ("wi-users", 55, 34, 65)):
        for code, hits in (("internet", internet), ("coffee", coffee)):
            rows.append(share("wishes_share", survey_id, hits, base, breakdown="item", breakdown_value=code))
    own = {"breakdown": "survey", "breakdown_value": "di-citizens", "value": 371.0}
    rows.append(share("survey_completed", "di-citizens", 371, 371, **own))
    quantiles = {"total": 53.5, "p25": 40.0, "p75": 60.0, "p90": 70.0}
    for name, value in quantiles.items():
        kind = {"breakdown": "total"} if name == "total" else {"breakdown": "statistic", "breakdown_value": name}
        plain = {"numerator": None, "interval_low": None, "interval_high": None, "value": value}
        rows.append(share("commute_minutes", "di-citizens", 1, 154, **plain, **kind))
    for row in demand():
        changes = {"breakdown": "price", "breakdown_value": f"{row['price']:g}"}
        hits = None if row["share"] is None else round(row["share"] * 0.55)
        rows.append(share("price_demand", row["survey_id"], hits, 55, **changes))
    return rows


def questions() -> list[Row]:
    """Rows of survey_questions: what each survey asked; the second wave of Dippoldiswalde is hidden whole."""
    asked = [
        ("wi-commuters", "presence_required", "", 2080, "single", 281, 272, ""),
        ("wi-commuters", "coworking_interest", "", 4040, "single", 291, 263, ""),
        ("di-citizens", "town_satisfaction", "bus", 1021, "scale", 371, 329, ""),
        ("di-citizens", "town_satisfaction", "nature", 1029, "scale", 371, 333, ""),
        ("di-citizens", "presence_required", "", 2080, "single", 270, 267, ""),
        ("di-citizens", "home_office_days", "", 2120, "number", 270, 268, ""),
        ("di-citizens", "commute_minutes", "", 3080, "number", 165, 154, ""),
        ("di-citizens", "coworking_interest", "", 4040, "single", 371, 325, ""),
        ("di-citizens", "coworking_wishes", "", 4100, "multiple", 138, 128, ""),
        ("wi-users", "coworking_wishes", "", 4100, "multiple", 67, 65, ""),
        ("wi-users", "willingness_to_pay", "", 4140, "number", 60, 55, ""),
        ("dw-first", "coworking_interest", "", 4040, "single", 230, 226, ""),
        ("dw-first", "presence_required", "", 2080, "single", 230, None, "."),
        ("dw-again", "coworking_interest", "", 4040, "single", 177, None, "."),
    ]
    names = ("survey_id", "concept", "item", "position", "scale", "asked", "answered", "sign")
    rows = [dict(zip(names, one, strict=True)) for one in asked]
    return [row | {"question_id": f"{row['concept']}.{row['item']}", "title_de": "", "title_en": ""} for row in rows]


def count(survey_id: str, concept: str, answer: str, hits: int | None, base: int, order: int, **changes: Any) -> Row:
    """One row of survey_counts by itself; hidden where `hits` is None."""
    words = {one[2]: one[3:5] for one in LABELS if one[0] == concept and one[1] in ("answer", "item")}
    german, english = words.get(answer, (answer, answer))
    low, high = wilson(hits, base) if hits is not None else (None, None)
    row = {
        "table_id": concept,
        "survey_id": survey_id,
        "town_id": TOWN_OF[survey_id],
        "concept": concept,
        "item": "",
        "breakdown": "total",
        "answer": answer,
        "answer_label_de": german,
        "answer_label_en": english,
        "answer_order": order,
        "base_n": base,
        "count": hits,
        "share": None if hits is None else 100 * hits / base,
        "interval_low": None if low is None else 100 * low,
        "interval_high": None if high is None else 100 * high,
        "sign": "." if hits is None else "",
        "status": "hidden" if hits is None else "published",
        "is_synthetic": True,
    }
    return row | changes


def counts() -> list[Row]:
    """Rows of survey_counts: a single choice, a multiple one, a grid with hidden cells, a number in classes."""
    rows = [
        count("di-citizens", "presence_required", answer, hits, 267, order)
        for order, (answer, hits) in enumerate((("always", 149), ("some_days", 80), ("never", 38)), 1)
    ]
    rows += [
        count("di-citizens", "coworking_wishes", answer, hits, 128, order)
        for order, (answer, hits) in enumerate((("internet", 102), ("coffee", 75)), 1)
    ]
    rows += [
        count("di-citizens", "home_office_days", answer, hits, 268, order)
        for order, (answer, hits) in enumerate((("none", 180), ("some", 88)), 1)
    ]
    grid: dict[str, tuple[int | None, ...]] = {"bus": (7, 44, 129, 93, 56), "nature": (184, 94, 43, None, None)}
    for item, hits in grid.items():
        base = 329 if item == "bus" else 333
        rows += [
            count("di-citizens", "town_satisfaction", step, number, base, order, item=item)
            for order, (step, number) in enumerate(zip(STEPS, hits, strict=True), 1)
        ]
    return rows


def number(survey_id: str, concept: str, quantiles: Mapping[str, float | None], base: int, unit: str) -> list[Row]:
    """The rows of survey_numbers for one question."""
    return [
        {
            "survey_id": survey_id,
            "town_id": TOWN_OF[survey_id],
            "concept": concept,
            "breakdown": "total",
            "statistic": name,
            "value": value,
            "base_n": base,
            "sign": "" if value is not None else ".",
            "unit": unit,
            "is_synthetic": True,
        }
        for name, value in quantiles.items()
    ]


def quartiles(*values: float | None) -> dict[str, float | None]:
    """p25, median, p75 and p90 by name."""
    return dict(zip(("p25", "median", "p75", "p90"), values, strict=True))


def numbers() -> list[Row]:
    """Rows of survey_numbers: all that the gap of Wittenberge needs, and Dießen's minutes without days."""
    return [
        *number("wi-commuters", "home_office_days_possible", quartiles(2, 3, 4, 4), 155, "days_per_week"),
        *number("wi-commuters", "home_office_days", quartiles(1, 2, 2, 3), 131, "days_per_week"),
        *number("wi-commuters", "commute_minutes", quartiles(80, 95, 100, 110), 269, "minutes"),
        *number("wi-commuters", "commute_km", quartiles(91, 136, 160, None), 236, "km"),
        *number("di-citizens", "commute_minutes", quartiles(40, 53.5, 60, 70), 154, "minutes"),
        *number("di-citizens", "home_office_days", quartiles(0, 0, 1, 2), 268, "days_per_week"),
        *number("wi-users", "willingness_to_pay", quartiles(8, 10, 15, 19), 55, "eur_per_day"),
    ]


def demand() -> list[Row]:
    """Rows of demand_curve, dearest first, with hidden points before the last."""
    points = {30: 0, 20: None, 15: None, 12: 22, 10: 38, 5: 55}
    return [
        {
            "survey_id": "wi-users",
            "town_id": "wittenberge",
            "concept": "willingness_to_pay",
            "price": float(price),
            "share": None if hits is None else 100 * hits / 55,
            "interval_low": None if hits is None else 100 * wilson(hits, 55)[0],
            "interval_high": None if hits is None else 100 * wilson(hits, 55)[1],
            "base_n": 55,
            "sign": "." if hits is None else "",
            "is_synthetic": True,
        }
        for price, hits in points.items()
    ]


def audit(attack: str, **changes: Any) -> Row:
    """One row of disclosure_audit."""
    row = {"attack": attack, "tables": 348, "hidden_cells": 2078, "recoverable_cells": 0, "policy": "k = 5"}
    return row | {"narrowest_range": None if attack == "small_counts" else 5} | changes
