"""Pictures of spaces: what is hidden has its sign and no number, order is fixed, and words say what is drawn."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard import charts, texts
from dashboard.charts import names_above
from dashboard.charts.spaces.shades import HUES, INKS, shades
from dashboard.pages.spaces import space_compare, space_numbers, space_pictures, space_shown
from dashboard.parts.visit import Visit
from dashboard.release import space_queries as queries
from dashboard.release import store
from dashboard.words import space_words
from dashboard.words.numbers import Numbers
from tests.dashboard.charts.test_charts import rows_of
from tests.dashboard.charts.test_palette import CONTRAST_OF_TEXT, contrast
from tests.dashboard.samples import booking_sample, sample


@pytest.fixture
def visit(warehouse):
    sample.write_release(warehouse, **booking_sample.tables())
    return _visit("de")


def _visit(language: str, theme: str = "light") -> Visit:
    return Visit(language, theme, texts.of(language), Numbers(language), store.current())


def space_of(visit: Visit, space_id: str) -> dict[str, Any]:
    return queries.spaces(visit.release).filter(space_id=space_id).row(0, named=True)


def drawn(visit: Visit, name: str, space_id: str = "ow-popup", year: str = "") -> Any:
    return space_pictures.picture(name, space_id, visit, year)


def drawn_weeks(chart: Any) -> float:
    """How many weeks the width is made for."""
    scales = [layer["encoding"]["x"].get("scale", {}) for layer in chart.to_dict()["layer"]]
    return next(scale["domain"][1] for scale in scales if "domain" in scale)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_can_be_read_upon_every_shade(theme):
    for hue, own in zip(HUES[theme], INKS[theme], strict=True):
        assert contrast(hue, own) >= CONTRAST_OF_TEXT


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([0.0, 4.0], ["0–1\u202f%", "1–2\u202f%", "2–3\u202f%", "3–4\u202f%", "4–5\u202f%"]),
        (
            [12.0],
            ["0–2\u202f%", "2–4\u202f%", "4–6\u202f%", "6–8\u202f%", "8–10\u202f%", "10–12\u202f%", "12–14\u202f%"],
        ),
        ([81.0], ["0–15\u202f%", "15–30\u202f%", "30–45\u202f%", "45–60\u202f%", "60–75\u202f%", "75–90\u202f%"]),
        ([0.0], ["0–1\u202f%"]),
    ],
)
def test_shades_hold_every_value_in_at_most_seven_steps(values, words):
    steps = shades(values, "de", "light")

    assert steps.domain == words
    assert len(set(steps.range)) == len(words)
    assert steps.words(values[-1]) == words[-1]


def test_without_a_value_there_is_no_legend():
    assert shades([], "de", "light").colour().to_dict()["legend"] is None
    assert shades([1.0], "de", "light").colour().to_dict()["legend"] is not None


def test_the_year_shows_what_may_be_shown_and_a_dot_for_the_rest(visit):
    rows = rows_of(drawn(visit, "jahr").chart)

    figures = {row["said"]: row["figure"] for row in rows if row.get("figure")}
    assert figures == {
        "1. November 2022: 52\u202f%": "52",
        "Woche ab 26. September 2022: 17\u202f%": "17",
        "Woche ab 10. Oktober 2022: 24\u202f%": "24",
        "Woche ab 7. November 2022: 33\u202f%": "33",
        "September 2022: 11\u202f%": "11",
        "Oktober 2022: 16\u202f%": "16",
        "November 2022: 29\u202f%": "29",
    }
    hidden = [row for row in rows if row.get("is_hidden")]
    assert {(row["figure"], row["shade"]) for row in hidden} == {("", "")}
    dots = [row for row in rows if row.get("mark", "").startswith("M0.35")]
    assert len(dots) == len(hidden) == 48 + 8


def test_a_closed_day_has_no_field_but_its_reason(visit):
    rows = rows_of(drawn(visit, "jahr").chart)

    said = [row["said"] for row in rows if "said" in row]
    assert [one for one in said if one.startswith("3. Oktober")] == ["3. Oktober 2022: Tag der Deutschen Einheit"]
    assert sum("Wasserschaden" in one for one in said) == 3
    assert not [one for one in said if "24. September" in one], "a Saturday has no row"


def test_shapes_tell_hidden_closed_and_holiday_apart_without_colour():
    from dashboard.charts.spaces.year_cells import MARKS

    assert len(set(MARKS.values())) == 3


def test_the_years_words_name_months_holidays_and_closures(visit):
    shown = drawn(visit, "jahr")

    assert (
        shown.title == "Co-Working auf Zeit: Auslastung von 11\u202f% im September 2022 bis 29\u202f% im November 2022"
    )
    assert "Geöffnet: 49 Öffnungstage, davon verborgen: 48 Öffnungstage." in shown.alt
    assert "Oktober 2022 16\u202f%" in shown.alt
    assert "Gezeigte Tage: 1. November 2022 52\u202f%." in shown.alt
    assert "Schulferien: Herbstferien (24.–29. Oktober 2022)" in shown.alt
    assert "Kreuz: geschlossen – Wasserschaden (21.–23. November 2022)." in shown.foot
    assert "Nie geöffnet: Samstag und Sonntag." in shown.foot


def test_one_day_is_one_field_that_does_not_fill_the_picture(visit):
    shown = drawn(visit, "jahr", "mo-day")

    fields = [row for row in rows_of(shown.chart) if row.get("figure")]
    assert {round(row["end"] - row["start"], 3) for row in fields} == {1, round(1 / 7, 3)}
    assert drawn_weeks(shown.chart) == 12
    assert shown.title == "Ein Tag Co-Working: 55\u202f% Auslastung im März 2023"
    assert not [line for line in shown.foot if "Nie geöffnet" in line]
    assert drawn(visit, "wochen", "mo-day") is None


def test_a_year_where_all_is_hidden_tells_the_open_days_alone(visit):
    shown = drawn(visit, "jahr", "mo-hidden")

    rows = rows_of(shown.chart)
    assert shown.title.endswith("Die Auslastung bleibt verborgen, die Öffnungstage sind bekannt")
    assert not [row for row in rows if row.get("figure")]
    assert [drawn(visit, name, "mo-hidden") for name in space_shown.NAMES[1:]] == [None] * 6


def test_a_night_has_all_its_hours_and_a_weekend_its_rows(visit):
    rows = rows_of(drawn(visit, "stunden", "ed-night").chart)

    assert {row["start"] for row in rows if "said" in row} == {float(hour) for hour in range(24)}
    assert [row["short"] for row in rows if "short" in row] == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    assert drawn(visit, "jahr", "ed-night", "2023").title.endswith("bis 22\u202f% im Dezember 2023")


def test_the_line_breaks_where_a_week_is_hidden(visit):
    rows = [row for row in rows_of(drawn(visit, "wochen").chart) if "stretch" in row]

    known = {row["said"]: row["stretch"] for row in rows if row["utilisation"] is not None}
    assert len(set(known.values())) == 3
    assert sum(row["is_hidden"] for row in rows) == 8
    assert all(row["figure"] == "" for row in rows if row["is_hidden"])
    assert drawn(visit, "wochen").title == (
        "Je Woche waren zwischen 17 und 33\u202f% der Platzstunden gebucht; 8 von 11 Wochen bleiben verborgen"
    )


def test_a_week_without_an_open_day_is_no_hidden_week(visit):
    weeks = queries.weeks(visit.release, "ow-popup").with_columns(
        open_days=pl.lit(0), utilisation=pl.lit(None, pl.Float64)
    )

    chart = charts.space_weeks(weeks, [], [], None, 4, "de", "light")

    assert not [row for row in rows_of(chart) if row.get("is_hidden")]


def test_bands_have_their_names_but_a_single_day_has_not(visit):
    rows = rows_of(drawn(visit, "wochen").chart)

    assert {row["name"] for row in rows if "is_late" in row} == {"Herbstferien", "Wasserschaden"}
    assert {row["name"] for row in rows if "is_closure" in row} == {"Herbstferien", "Bettag", "Wasserschaden"}


@pytest.mark.parametrize(
    ("starts", "wide", "slim", "left_out"),
    [
        ([0.1, 0.7], [0, 0], [0, 0], [False, False]),
        ([0.1, 0.4], [0, 0], [0, 1], [False, False]),
        ([0.1, 0.15], [0, 1], [0, 1], [False, False]),
        ([0.1, 0.2, 0.3, 0.4], [0, 1, 2, 0], [0, 1, 2, 0], [False, False, False, True]),
        # Set from its right end, the last one reaches back over the one before.
        ([0.3, 0.75], [0, 0], [0, 1], [False, False]),
    ],
)
def test_names_take_the_first_row_with_room(starts, wide, slim, left_out):
    found = names_above.places([(start, start + 0.05) for start in starts])

    assert [int(one.wide // names_above.HEIGHT) for one in found] == wide
    assert [int(one.slim // names_above.HEIGHT) for one in found] == slim
    assert [one.is_left_out for one in found] == left_out


def test_hours_after_midnight_are_told_with_the_evening_before(visit):
    late = queries.profile(visit.release, "ow-popup").with_columns(pl.col("hour") + 10)
    top = late.filter(pl.col("hour") >= 24).drop_nulls("utilisation").head(1).with_columns(weekday=pl.lit(7))
    names = [row["name"] for row in rows_of(charts.space_profile(late, "de", "light")) if "name" in row]

    assert space_words.hour_words(6, 23, "de") == "Samstag, 23–24 Uhr"
    assert space_words.hour_words(6, 24, "de") == "Nacht zum Sonntag, 0–1 Uhr"
    assert space_words.hour_words(7, 25, "en") == "Night before Monday, 1–2"
    often = space_words.profile_title(top, "de")
    assert often.endswith(f"in der Nacht zum Montag von {top['hour'][0] % 24} bis {top['hour'][0] % 24 + 1} Uhr")
    assert "0 nach Mitternacht: " in space_words.profile_words("", late, "de")
    assert {"23", "24", "1", "2"} <= set(names)
    assert not {"25", "26"} & set(names)
    assert "0–1 am Folgetag" in space_numbers.of_profile(late, visit)[visit.say.column_hour].to_list()


def test_hours_are_told_with_what_is_hidden_among_them(visit):
    shown = drawn(visit, "stunden")

    assert shown.title == (
        "Je nach Wochentag und Stunde sind 5 bis 26\u202f% der Plätze gebucht,"
        " unter den gezeigten am meisten freitags von 10 bis 11 Uhr"
    )
    assert "Montag 9: 5\u202f%, 10: 6\u202f%" in shown.alt
    assert "16: verborgen" in shown.alt
    hidden = [row for row in rows_of(shown.chart) if row.get("is_hidden")]
    assert [row["figure"] for row in hidden] == [""] * 5


def test_bars_stand_in_their_own_order_never_in_that_of_their_values(visit):
    leads = rows_of(drawn(visit, "vorlauf").chart)
    purposes = rows_of(drawn(visit, "zwecke").chart)

    assert [row["name"] for row in leads] == ["weniger als ein Tag", "1 bis 2 Tage", "14 Tage und mehr"]
    assert [(row["name"], row["label"]) for row in purposes] == [
        ("Eigene Arbeit", "210"), ("Besprechungen", "30"), ("Veranstaltungen", "."),
    ]  # fmt: skip
    assert purposes[2]["value"] is None
    orders = [layer["encoding"]["y"].get("sort") for layer in drawn(visit, "vorlauf").chart.to_dict()["layer"]]
    assert set(map(tuple, orders)) == {("under_1_day", "1_to_2_days", "14_days_or_more")}
    assert "verborgen" in purposes[2]["aside"]


def test_turning_the_values_round_does_not_turn_the_spaces(visit):
    indicator = visit.release.indicator("utilisation", "de")
    values = queries.values(visit.release, "utilisation")
    turned = values.with_columns((100 - pl.col("value")).alias("value"))

    names = [
        [row["key"] for row in rows_of(charts.space_dots(one, indicator, "de", "light"))] for one in (values, turned)
    ]

    assert names[0] == names[1] == ["ed-night", "mo-day", "mo-hidden", "ow-popup"]


def test_spaces_of_one_town_share_its_colour_and_are_told_apart_by_name(visit):
    shown = space_compare.picture(visit.release.indicator("utilisation", "de"), visit)

    rows = rows_of(shown.chart)
    assert rows[1]["colour"] == rows[2]["colour"] != rows[3]["colour"]
    assert [row["note"] for row in rows[1:3]] == ["Ein Tag Co-Working", "Kleiner Raum <b>am See</b>"]
    # Where there is little room, only of a town with several spaces it is said which.
    assert [bool(row["note_short"]) for row in rows] == [False, True, True, False]
    assert shown.title == "Auslastung: von 14\u202f% in Oestrich-Winkel bis 55\u202f% in Mölln („Ein Tag Co-Working“)"
    assert "Mölln: Kleiner Raum <b>am See</b> verborgen, damit niemand zu erkennen ist" in shown.alt


def test_why_there_is_no_value_stands_beside_it(visit):
    shown = space_compare.picture(visit.release.indicator("booking_cancellation_rate", "de"), visit)

    reasons = dict(shown.numbers.select("Raum", "Grund").rows())
    assert reasons["Werkhof rund um die Uhr"] == ""
    assert reasons["Co-Working auf Zeit"] == "Die Quelle behält stornierte Buchungen nicht."
    assert shown.title == "Abgesagt: 10\u202f% in Edewecht; weitere Werte lassen sich nicht zeigen"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("school_holidays", -14.8, -19.5, -10.4), "10 bis 20 Prozentpunkte niedriger"),
        (("school_holidays", 3.0, -2.0, 8.0), "nicht unterscheidbar"),
        (("school_holidays", 6.2, None, None), "6 Punkte höher"),
        (("after_summer", 13.3, 8.9, 18.1), "9 bis 18 Prozentpunkte höher"),
        (("after_summer", -3.4, -4.6, -2.2), "2 bis 5 Prozentpunkte niedriger"),
        (("after_summer", 3.0, -2.0, 8.0), "nicht unterscheidbar"),
    ],
)
def test_a_comparison_of_weeks_is_told_with_its_range(row, said):
    assert said in space_words.effect_sentence(booking_sample.effect(*row), "de")


@pytest.mark.parametrize(("sign", "said"), [(".", "bleibt verborgen"), ("x", "Nicht ermittelbar")])
@pytest.mark.parametrize("comparison", ["school_holidays", "after_summer"])
def test_a_comparison_that_cannot_be_told_says_why(comparison, sign, said):
    assert said in space_words.effect_sentence(booking_sample.effect(comparison, None, None, None, sign), "de")


def test_school_holidays_that_are_not_on_file_are_not_called_none(warehouse):
    missing = booking_sample.effect("school_holidays", None, None, None, "x") | {"weeks_inside": 0, "weeks_outside": 0}
    sample.write_release(warehouse, **{**booking_sample.tables(), "space_holiday_effect": [missing]})
    visit = _visit("de")

    assert "nicht oder nicht ganz hinterlegt" in space_words.effect_sentence(missing, "de")
    for name in ("jahr", "wochen"):
        assert visit.say.space_holidays_missing in drawn(visit, name).foot
    assert drawn(visit, "ferien") is None


def test_the_effect_is_called_descriptive_and_has_zero_on_its_scale(visit):
    shown = drawn(visit, "ferien")

    rows = rows_of(shown.chart)
    assert "Ein Raum, ein Sommer: beschreibend." in shown.foot
    assert [(row["name"], row["label"]) for row in rows if "name" in row] == [
        ("Schulferien", "−15 Punkte"), ("Nach dem Sommer", "+13 Punkte"),
    ]  # fmt: skip
    assert {"value": 0.0} in rows
    assert "Schulferien: −15 Punkte (zwischen −20 und −10)" in shown.alt


def test_of_several_years_no_summer_is_claimed(visit):
    assert space_pictures.descriptive(space_of(visit, "ed-night"), visit.say) == "Ein Raum: beschreibend."


@pytest.mark.parametrize(
    ("days", "said"),
    [(0.0, "0 Stunden"), (0.04, "eine Stunde"), (0.9, "22 Stunden"), (1.9, "46 Stunden"), (8.9, "9 Tage")],
)
def test_a_lead_time_is_told_in_hours_where_days_would_be_few(days, said):
    assert space_words.ahead(days, "de") == said


@pytest.mark.parametrize(
    ("price", "unit", "said"),
    [
        (0.0, "day", "kostenlos"),
        (12.5, "half_day", "bis 12,50\u202f€ je halbem Tag"),
        (10.0, "month", "bis 10\u202f€ je Monat"),
        (None, None, ""),
    ],
)
def test_the_price_is_told_free_and_unknown_are_two_things(price, unit, said):
    assert space_words.price({"price": price, "price_unit": unit}, "de") == said


def test_single_desks_and_days_are_told_in_the_singular(visit):
    assert space_words.head(space_of(visit, "mo-day"), "de") == (
        "15. März 2023 · 1 Arbeitsplatz · 1 Öffnungstag · Mo–Fr 9–17 Uhr · bis 12,50\u202f€ je halbem Tag"
    )


def test_a_holiday_without_a_translation_keeps_its_name(warehouse):
    sample.write_release(warehouse, **booking_sample.tables())
    visit = _visit("en")

    runs = space_pictures.holidays(space_of(visit, "ow-popup"), "", visit)

    assert [run[2] for run in runs] == ["autumn holidays", "Bettag"]
    assert runs[0][0] == date(2022, 10, 24)


def test_a_public_holiday_is_named_in_the_readers_language(warehouse):
    sample.write_release(warehouse, **booking_sample.tables())
    shown = drawn(_visit("en"), "jahr")

    assert "Diamond: public holiday – 3 October 2022 (German Unity Day)." in shown.foot
    assert "3 October 2022: German Unity Day" in [row.get("said") for row in rows_of(shown.chart)]
    assert "German Unity Day" in shown.numbers["Public holiday"].to_list()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_picture_of_every_space_can_be_drawn_with_its_figures_as_a_file(warehouse, language, theme):
    sample.write_release(warehouse, **booking_sample.tables())
    visit = _visit(language, theme)

    made = [
        picture
        for space in queries.spaces(visit.release).iter_rows(named=True)
        for name in space_shown.NAMES
        for year in (queries.years(space) if name in space_shown.BY_YEAR else []) or [""]
        if (picture := drawn(visit, name, space["space_id"], year))
    ]
    assert len(made) == 7 + 2 + 1 + 5
    for picture in made:
        svg = charts.svg(charts.sheet(picture.chart, picture.title, picture.subtitle, picture.foot)).decode()
        assert "NaN" not in svg
        assert "undefined" not in svg
        if picture.name == "ow-popup~jahr":
            # What is drawn where it fits must also be on a sheet, whose scales have other names.
            assert ">52<" in svg
            assert ">Nov<" in svg
            assert (">Mi<" if language == "de" else ">Wed<") in svg
