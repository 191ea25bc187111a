"""Charts: fixed order, one scale, gaps at breaks, and words that say what is seen."""

import re
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from dashboard import charts
from dashboard.charts.structure.series import LABEL_GAP, spread
from dashboard.charts.structure.town_dots import domain
from tests.dashboard.samples import sample

COMMUTERS = "commuting__out_share"


@pytest.fixture
def shown(release):
    """An indicator with its latest values and its band."""

    def of(indicator_id: str, language: str = "de") -> tuple[Any, ...]:
        period = release.latest_period(indicator_id)
        return (
            release.values_by_town(indicator_id),
            release.peer_band(indicator_id, period),
            release.indicator(indicator_id, language),
            period,
        )

    return of


def rows_of(chart: Any) -> list[dict[str, Any]]:
    """The records that a chart carries, from its specification."""
    spec = chart.to_dict()
    return [row for rows in spec["datasets"].values() for row in rows]


def svg_of(chart: Any) -> str:
    """What a chart looks like, 900 px wide."""
    drawn = chart.copy()
    drawn.width = 900
    return charts.svg(drawn).decode("utf-8")


def test_towns_stand_in_the_given_order_whatever_their_values(shown):
    values, band, indicator, _ = shown(COMMUTERS)
    chart = charts.town_dots(values, band, indicator, "de", "light")

    spec = chart.to_dict()
    orders = [layer["encoding"]["y"].get("sort") for layer in spec["layer"]]
    assert [row["key"] for row in rows_of(chart)] == [*sample.ORDER, "peers"]
    assert all(order in ([*sample.ORDER, "peers"], None) for order in orders)
    assert any(orders)


def test_turning_the_values_round_does_not_turn_the_rows(shown):
    values, band, indicator, _ = shown(COMMUTERS)
    turned = values.with_columns((100 - pl.col("value")).alias("value"))

    first = rows_of(charts.town_dots(values, band, indicator, "de", "light"))
    second = rows_of(charts.town_dots(turned, band, indicator, "de", "light"))

    assert [row["name"] for row in first] == [row["name"] for row in second]


def test_a_towns_colour_and_shape_stay_when_others_go(shown):
    values, band, indicator, _ = shown(COMMUTERS)
    alone = values.filter(pl.col("town_id") == "moelln")

    whole = rows_of(charts.town_dots(values, band, indicator, "de", "dark"))
    single = rows_of(charts.town_dots(alone, band, indicator, "de", "dark"))

    mine = next(row for row in whole if row["key"] == "moelln")
    assert (single[0]["colour"], single[0]["shape"]) == (mine["colour"], mine["shape"])


def test_a_highlighted_town_lays_the_others_back_and_removes_none(shown):
    values, band, indicator, _ = shown(COMMUTERS)

    drawn = svg_of(charts.town_dots(values, band, indicator, "de", "light", highlighted="moelln"))

    dots = drawn[drawn.index("mark-symbol") :].split("</g>")[0]
    opacities = re.findall(r'opacity="([\d.]+)"', dots)
    assert dict(zip(sample.ORDER, opacities, strict=True)) == {
        town: "1" if town == "moelln" else "0.4" for town in sample.ORDER
    }
    assert re.findall(r'font-weight="bold"[^>]*>([^<]+)<', drawn)[0] == "Mölln"


def test_with_no_town_highlighted_none_lies_back(shown):
    values, band, indicator, _ = shown(COMMUTERS)

    drawn = svg_of(charts.town_dots(values, band, indicator, "de", "light"))

    assert 'opacity="0.4"' not in drawn
    assert 'font-weight="bold"' not in drawn


def test_a_click_highlights_rows_that_belong_to_a_town_and_no_others(shown):
    values, band, indicator, _ = shown(COMMUTERS)

    chart = charts.town_dots(values, band, indicator, "de", "light")

    (pick,) = [one for one in chart.to_dict()["params"] if one["name"] == "highlight"]
    assert pick["select"]["fields"] == ["town"]
    assert {row["key"]: row["town"] for row in rows_of(chart)} == {one: one for one in sample.ORDER} | {"peers": ""}


def test_values_carry_their_signs_in_the_language(shown):
    values, band, indicator, _ = shown("tourism__beds")

    rows = {row["key"]: row for row in rows_of(charts.town_dots(values, band, indicator, "de", "light"))}

    assert rows["diessen"]["label"] == "512"
    assert rows["dippoldiswalde"]["label"] == "."
    assert rows["dippoldiswalde"]["value"] is None
    assert rows["dippoldiswalde"]["aside"] == "unbekannt oder geheim zu halten"


@pytest.mark.parametrize(
    ("numbers", "unit", "kind", "bottom_is_zero", "most"),
    [
        ([47.2, 84.5], "%", "share", False, 100),
        ([3.1, 98.0], "%", "share", True, 100),
        ([-141.1, 11.0], "je 100", "balance", False, 50),
        ([62.0, 62.0], "Besuche", "balance", True, 70),
        ([5.0, 5.0], "€ je m²", "amount", False, 10),
    ],
)
def test_the_scale_holds_all_that_is_drawn(shown, numbers, unit, kind, bottom_is_zero, most):
    _, _, indicator, _ = shown(COMMUTERS)
    indicator = _replaced(indicator, unit=unit, value_kind=kind)
    values = pl.DataFrame({"value": numbers, "interval_low": numbers, "interval_high": numbers})

    low, high = domain(values, None, indicator)

    assert low <= min(numbers) < max(numbers) + 0.001 <= high + 0.001
    assert high > low
    assert (low == 0) == bottom_is_zero
    assert kind != "balance" or low <= 0 <= high
    assert high <= most


def test_the_scale_of_nothing_is_a_scale(shown):
    _, _, indicator, _ = shown(COMMUTERS)
    nothing = pl.DataFrame({"value": [None], "interval_low": [None], "interval_high": [None]})

    assert domain(nothing, None, indicator) == (0.0, 1.0)


def test_the_headline_sets_towns_against_the_band(shown):
    values, band, indicator, _ = shown(COMMUTERS)

    assert charts.finding(values, band, indicator, "de") == (
        "Auspendlerquote: Dießen am Ammersee und Oestrich-Winkel liegen in der mittleren Hälfte der Gemeinden "
        "dieser Größe, Dippoldiswalde, Mölln und Wittenberge darunter"
    )


def test_the_headline_of_a_single_value_names_its_town(shown):
    values, _, indicator, _ = shown("housing__rent")
    only = values.with_columns(value=pl.when(pl.col("name") == "Mölln").then(7.5))

    assert charts.finding(only, None, indicator, "de").endswith("7,50\u202f€ in Mölln")


def test_the_headline_without_a_band_spans_the_values(shown):
    values, _, indicator, _ = shown("housing__vacancy", "en")

    assert charts.finding(values, None, indicator, "en") == (
        "Dwelling vacancy: from 3.1% in Mölln to 15.7% in Wittenberge"
    )


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ([70.0, 70.0, 70.0, 70.0, 70.0], "alle Städte liegen in der mittleren Hälfte"),
        ([1.0, 1.0, 1.0, 1.0, 1.0], "alle Städte liegen unter der mittleren Hälfte"),
        ([70.0, 1.0, 1.0, 1.0, 99.0], "Dießen am Ammersee liegt in der mittleren Hälfte"),
        ([1.0, 1.0, 1.0, 1.0, 99.0], "Wittenberge darüber"),
        ([None, None, None, None, 99.0], "Wittenberge liegt über der mittleren Hälfte"),
        ([None, None, None, None, None], "Für keine der Städte liegt ein Wert vor"),
    ],
)
def test_the_headline_counts_towns_rightly(shown, numbers, says):
    values, band, indicator, _ = shown(COMMUTERS)
    changed = values.with_columns(pl.Series("value", numbers, dtype=pl.Float64))

    assert says in charts.finding(changed, band, indicator, "de")


def test_a_value_on_the_bands_edge_lies_within():
    band = {"p25": 10.0, "p75": 20.0}

    places = [charts.position(value, band) for value in (9.9, 10.0, 20.0, 20.1, None)]

    assert places == ["below", "within", "within", "above", None]


def test_a_town_of_another_size_is_not_set_against_the_municipalities_of_this_size(shown):
    band = {"p25": 10.0, "p75": 20.0, "peer_group": "municipalities_5000_to_under_20000"}
    at = [charts.position(15.0, band, people) for people in (4_999, 5_000, 19_999, 20_000, None)]
    values, band, indicator, _ = shown(COMMUTERS)
    numbers = pl.Series("value", [150.0] * 5, dtype=pl.Float64)
    larger = values.with_columns(numbers, population=pl.when(pl.col("name") == "Mölln").then(200_000).otherwise(9_000))

    assert at == [None, "within", "within", None, "within"]
    assert "Mölln" not in charts.finding(larger, band, indicator, "de")
    assert "Wittenberge liegen über" in charts.finding(larger, band, indicator, "de")
    # Where none is of the size, nothing is said of it.
    other = larger.with_columns(population=pl.lit(200_000))
    assert "Größe" not in charts.finding(other, band, indicator, "de")


def test_the_text_alternative_says_each_row_as_it_is_seen(shown):
    values, band, indicator, period = shown(COMMUTERS)

    said = charts.describe(values, band, indicator, period, "de")

    assert said == (
        "Auspendlerquote, 30. Juni 2015, eine Zeile je Stadt von oben nach unten: "
        "Dießen am Ammersee 75,1\u202f% (in der mittleren Hälfte); "
        "Dippoldiswalde 61,0\u202f% (unter der mittleren Hälfte); "
        "Mölln 59,3\u202f% (unter der mittleren Hälfte); "
        "Oestrich-Winkel 84,5\u202f% (in der mittleren Hälfte); "
        "Wittenberge 47,2\u202f% (unter der mittleren Hälfte). "
        "Zum Vergleich: 2.061 Gemeinden mit 5.000 bis unter 20.000 Einwohnern; die mittlere Hälfte liegt zwischen "
        "69,1\u202f% und 86,7\u202f%, der Median bei 79,8\u202f%."
    )


def test_the_series_breaks_where_the_town_changed(release):
    indicator = release.indicator("population__inhabitants", "de")
    series, breaks = release.series(indicator.indicator_id), release.breaks(indicator.indicator_id)

    points = rows_of(charts.series_lines(series, breaks, indicator, "de", "light"))

    segments = {(row["town_id"], row["segment"]) for row in points if "segment" in row}
    assert len([one for one in segments if one[0] == "dippoldiswalde"]) == 2
    assert len([one for one in segments if one[0] == "moelln"]) == 1
    assert [row["mark"] for row in points if "mark" in row] == ["a"]


def test_the_series_is_told_from_first_to_last(release):
    indicator = release.indicator("population__inhabitants", "en")

    said = charts.describe_series(release.series(indicator.indicator_id), ["A break."], indicator, "en")

    assert "Mölln from 18,270 inhabitants (31 December 2012) to 19,469 inhabitants (31 December 2022)" in said
    assert said.endswith("A break.")


@pytest.mark.parametrize("values", [[1.0, 1.0, 1.0], [9.9, 9.95, 10.0], [0.0, 5.0, 10.0], [10.0, 0.0, 9.99]])
def test_end_labels_keep_their_distance_and_their_order(values):
    placed = spread(values, (0.0, 10.0), 340, LABEL_GAP)

    heights = sorted(at * 34 for at in placed)
    assert all(later - earlier >= LABEL_GAP - 1e-6 for earlier, later in pairwise(heights))
    assert heights[-1] <= 340 + 1e-6
    assert all(placed[one] < placed[other] for one in range(3) for other in range(3) if values[one] < values[other])


def test_the_portrait_puts_every_row_on_its_own_scale(release):
    rows = [_figure(release, indicator_id) for indicator_id in (COMMUTERS, "commuting__balance", "housing__rent")]

    drawn = rows_of(charts.portrait(rows, "wittenberge", "de", "light"))

    assert [row["key"] for row in drawn] == [indicator.indicator_id for indicator, _, _ in rows]
    for row in drawn:
        assert 0 <= row["value"] <= 1
        assert 0 <= row["p10"] < row["p50"] < row["p90"] <= 1
    assert drawn[2]["label"] == "5,07\u202f€ je m²"


def test_the_portraits_words_count_each_place(release):
    rows = [_figure(release, indicator_id) for indicator_id in (COMMUTERS, "commuting__balance", "labour__unemployed")]

    assert charts.portrait_finding(rows, "wittenberge", "de") == (
        "Wittenberge: bei 1 von 3 Kennzahlen unter der mittleren Hälfte der Gemeinden dieser Größe, bei 2 darüber"
    )


def test_the_map_shows_each_town_by_its_name_and_size(release):
    towns = release.towns()

    drawn = [row for row in rows_of(charts.places(towns, "de", "light")) if "name" in row]

    sizes = {row["name"]: row["size"] for row in drawn}
    assert list(sizes) == [sample.NAMES[town] for town in sample.ORDER]
    assert sizes["Mölln"] / sizes["Dippoldiswalde"] == pytest.approx(19_469 / 14_161)
    assert "Mölln in Schleswig-Holstein mit 19.469 Einwohnern" in charts.describe_places(towns, "de")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chart_becomes_a_picture_with_its_words(shown, theme):
    values, band, indicator, _ = shown(COMMUTERS)
    chart = charts.town_dots(values, band, indicator, "de", theme)

    sheet = charts.sheet(chart, "Eine Überschrift", "Ein Untertitel", ["Quelle: ein Amt"], theme)

    svg = charts.svg(sheet).decode("utf-8")
    for said in ("Eine Überschrift", "Ein Untertitel", "Quelle: ein Amt", "Oestrich-Winkel", "84,5\u202f%"):
        assert said in svg
    assert charts.png(sheet).startswith(b"\x89PNG")


def test_a_chart_asks_no_other_host_for_anything(shown):
    values, band, indicator, _ = shown(COMMUTERS)
    spec = charts.town_dots(values, band, indicator, "de", "light").to_dict()

    spec.pop("$schema")
    assert "http" not in str(spec)


def _figure(release: Any, indicator_id: str) -> Any:
    return (
        release.indicator(indicator_id, "de"),
        release.values_by_town(indicator_id),
        release.peer_band(indicator_id, release.latest_period(indicator_id)),
    )


def _replaced(indicator: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(indicator, **changes)
