"""Pages as slides: one message a slide, charts that can be edited, the whole text in the notes, sources at the end."""

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches, Pt

from dashboard.article.arrangement import every
from dashboard.article.blocks import Block, Chart, Notes, Paragraph
from dashboard.article.subject_blocks import Finding
from dashboard.pages import VIEWS
from dashboard.parts.picture import Picture
from dashboard.parts.visit import Visit
from dashboard.renderers.slides.native_charts import NativeChart

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
# How many characters a title of a size may have; larger ones would run into what stands beneath.
TITLE_SIZES = {100: 26, 135: 22, 170: 18}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(pages: Sequence[tuple[str, Visit]], template: Path | None = None) -> bytes:
    """Pages by their names, each for a visit with its selection, as the bytes of a presentation.

    A picture without a number, or with more than a slide can show, has none. `template` is a presentation whose master
    and size are used; slides that it has come first. Raises `pptx.exc.PackageNotFoundError` where it is none.
    """
    deck = Presentation(str(template) if template else None)
    if template is None:
        deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    sources: list[str] = []
    for name, visit in pages:
        article = list(every(tuple(VIEWS[name](visit))))
        slots = dict(visit.release.towns().select("name", "slot").iter_rows())
        for place, block in enumerate(article):
            if isinstance(block, Chart) and isinstance(block.picture, Picture):
                chart = NativeChart(block.picture, slots)
                if not chart.is_empty:
                    _slide(deck, chart, block, _said(article[place + 1 :]), visit)
                    sources += block.picture.foot
    _method(deck, sources, pages[0][1])
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _said(following: Iterable[Block]) -> list[str]:
    """What stands beneath a picture, up to the next."""
    found = []
    for block in following:
        if isinstance(block, Chart):
            break
        if isinstance(block, Notes | Paragraph | Finding):
            found.append(block.text)
    return found


def _slide(deck: Any, chart: NativeChart, block: Chart, said: Sequence[str], visit: Visit) -> None:
    picture = chart.picture
    slide = _new(deck, picture.headline)
    width, height = deck.slide_width, deck.slide_height
    left, broad = int(width * 0.05), int(width * 0.9)
    _text(slide, [picture.subtitle], (left, int(height * 0.2), broad, int(height * 0.06)), 14)
    frame = chart.add(slide.shapes, (Emu(left), Emu(int(height * 0.26)), Emu(broad), Emu(int(height * 0.54))))
    # The alternative text; python-pptx has no name for it.
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _clean(block.alt))
    mark = [picture.sample_words or visit.say.sample_strip_here] if picture.is_synthetic else []
    without = [f"{row['name']}: {row['label']}" for row in chart.rows if row["value"] is None]
    lines = [*mark, *without, *(one for one in picture.foot if one)]
    _text(slide, lines, (left, int(height * 0.81), broad, int(height * 0.16)), 10)
    slide.notes_slide.notes_text_frame.text = _clean("\n".join([picture.subtitle, block.alt, *mark, *said]))


def _method(deck: Any, sources: Sequence[str], visit: Visit) -> None:
    say, height, width = visit.say, deck.slide_height, deck.slide_width
    slide = _new(deck, say.paper_sources)
    release = say.footer_release.format(
        release=visit.release.release_id, moment=visit.numbers.moment(visit.release.built_at)
    )
    place = (int(width * 0.05), int(height * 0.2), int(width * 0.9), int(height * 0.7))
    _text(slide, [say.footer_source, release], place, 16)
    slide.notes_slide.notes_text_frame.text = _clean("\n".join(dict.fromkeys(one for one in sources if one)))


def _new(deck: Any, title: str) -> Any:
    """A slide of the layout that has a title and the fewest other places."""
    layouts = [
        one for one in deck.slide_layouts if any(it.placeholder_format.type in (1, 3) for it in one.placeholders)
    ]
    layout = min(layouts or list(deck.slide_layouts), key=lambda one: len(one.placeholders))
    slide = deck.slides.add_slide(layout)
    head = slide.shapes.title or slide.shapes.add_textbox(0, 0, deck.slide_width, int(deck.slide_height * 0.18))
    head.left, head.top = int(deck.slide_width * 0.05), int(deck.slide_height * 0.04)
    head.width, head.height = int(deck.slide_width * 0.9), int(deck.slide_height * 0.15)
    head.text_frame.text = _clean(title)
    head.text_frame.word_wrap = True
    for paragraph in head.text_frame.paragraphs:
        paragraph.font.size, paragraph.alignment = Pt(_size(title)), PP_ALIGN.LEFT
    return slide


def _size(title: str) -> int:
    """The size in which a title stands on two lines at most, three where it is very long."""
    return next((size for most, size in TITLE_SIZES.items() if len(title) <= most), 16)


def _text(slide: Any, lines: Sequence[str], place: tuple[int, int, int, int], size: int) -> None:
    frame = slide.shapes.add_textbox(*place).text_frame
    frame.word_wrap = True
    frame.text = _clean("\n".join(lines))
    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(size)


def _clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return _CONTROL.sub("□", text)
