"""Pages as slides, opened again: native charts whose numbers are the release's, alternative texts, notes, templates."""

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches

from dashboard import texts
from dashboard.article.arrangement import every
from dashboard.article.blocks import Chart
from dashboard.pages import VIEWS
from dashboard.parts.visit import Visit
from dashboard.renderers.slides import deck
from dashboard.words.numbers import Numbers

INDICATORS = ("commuting__out_share", "housing__vacancy")


def visit(release: Any, language: str = "de", **selection: str) -> Visit:
    return Visit(language, "light", texts.of(language), Numbers(language), release).beside(selection)


def slides_of(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


def charts_of(slides: list[Any]) -> list[Any]:
    return [shape for slide in slides for shape in slide.shapes if shape.has_chart]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_benchmark_is_a_scatter_of_the_releases_values(whole, language):
    now = visit(whole, language, thema="eigene", kennzahlen=",".join(INDICATORS))
    slides = slides_of(deck.write([("benchmark", now)]))

    for slide, indicator_id in zip(slides, INDICATORS, strict=False):
        (chart,) = charts_of([slide])
        assert chart.chart.chart_type == XL_CHART_TYPE.XY_SCATTER
        names = whole.town_names().values()
        shown = {one.name: _x_of(one) for one in chart.chart.plots[0].series if one.name in names}
        latest = whole.latest_of_towns(indicator_id)
        assert shown == {row["name"]: [] if row["value"] is None else [row["value"]] for row in latest.to_dicts()}


def _x_of(series: Any) -> list[float]:
    return [float(one.text) for one in series._element.xpath("c:xVal//c:pt/c:v")]


@pytest.mark.parametrize(
    ("page", "selection", "kind"),
    [
        ("structure", {"thema": "population", "indikator": "population__inhabitants"}, XL_CHART_TYPE.LINE_MARKERS),
        ("surveys", {"ansicht": "single"}, XL_CHART_TYPE.BAR_STACKED),
        ("coworking", {}, XL_CHART_TYPE.LINE_MARKERS),
    ],
)
def test_each_number_of_a_native_chart_is_one_of_its_picture(whole, page, selection, kind):
    now = visit(whole, **selection)
    pictures = {
        one.alt: one.picture.numbers for one in every(tuple(VIEWS[page](now))) if isinstance(one, Chart) and one.picture
    }
    slides = slides_of(deck.write([(page, now)]))

    found = charts_of(slides)
    assert kind in [one.chart.chart_type for one in found]
    assert not [shape for slide in slides for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    for frame in found:
        if frame.chart.chart_type == XL_CHART_TYPE.XY_SCATTER:
            continue
        numbers = pictures[frame._element.nvGraphicFramePr.cNvPr.get("descr")]
        values = sorted(one for of in frame.chart.plots[0].series for one in of.values if one is not None)
        columns = [one.drop_nulls().to_list() for one in numbers.iter_columns() if one.dtype.is_numeric()]
        assert values in [sorted(map(float, one)) for one in columns]


def test_each_slide_says_its_message_its_sample_data_and_its_whole_text(whole):
    now = visit(whole, ansicht="single")
    *shown, method = slides_of(deck.write([("surveys", now)]))

    assert shown
    for slide in shown:
        (chart,) = charts_of([slide])
        words = "\n".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)
        alt = chart._element.nvGraphicFramePr.cNvPr.get("descr")
        assert slide.shapes.title.text
        assert "Beispieldaten" in words
        assert alt
        assert alt in slide.notes_slide.notes_text_frame.text
    assert method.shapes.title.text == now.say.paper_sources
    assert "Quelle" in method.notes_slide.notes_text_frame.text


def test_a_template_gives_its_size_and_its_first_slides(whole, tmp_path):
    own = Presentation()
    own.slide_width, own.slide_height = Inches(10), Inches(6)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Rathaus"
    own.save(tmp_path / "own.pptx")
    content = deck.write([("surveys", visit(whole, ansicht="single"))], tmp_path / "own.pptx")

    assert Presentation(io.BytesIO(content)).slide_width == Inches(10)
    first, second, *_ = slides_of(content)
    assert first.shapes.title.text == "Rathaus"
    assert all(one.left >= 0 and one.left + one.width <= Inches(10) for one in second.shapes)
