"""A chart as a file to take away: the picture with its headline, subtitle, source and caveat on it."""

import textwrap
import threading
from collections.abc import Sequence

import altair as alt
import vl_convert

from dashboard.charts.drawn import AnyChart
from dashboard.charts.theme import NOTE, ink

WIDTH = 960  # px of the drawing
PNG_SCALE = 2
# The drawing engine is one for the process; drawings wait for each other.
DRAWING = threading.Lock()

TITLE_CHARACTERS, LINE_CHARACTERS = 88, 135  # what fits into the width at the type's sizes


def sheet(chart: AnyChart, title: str, subtitle: str, foot: Sequence[str], theme: str = "light") -> alt.VConcatChart:
    """The chart between its headline and its foot; long lines are broken."""
    spec = chart.copy()
    config, spec.config = spec.config, alt.Undefined
    spec.width = WIDTH
    lines = [part for line in foot if line for part in textwrap.wrap(line, LINE_CHARACTERS)]
    words = (
        alt.Chart(alt.InlineData(values=[{}]), width=WIDTH, height=18 * max(len(lines), 1))
        .mark_text(
            align="left", baseline="top", x=0, y=0, text=lines, fontSize=NOTE, lineHeight=18,
            color=ink(theme).quiet,
        )
    )  # fmt: skip
    whole = alt.vconcat(spec, words, spacing=18).properties(
        title=alt.TitleParams(
            text=textwrap.wrap(title, TITLE_CHARACTERS),
            subtitle=textwrap.wrap(subtitle, LINE_CHARACTERS),
        ),
        padding=28,
    )
    whole.config = config
    return whole


def png(picture: alt.VConcatChart) -> bytes:
    """The sheet as PNG at twice its size, for slides and letters."""
    with DRAWING:
        return bytes(vl_convert.vegalite_to_png(picture.to_dict(), scale=PNG_SCALE))


def svg(picture: alt.VConcatChart) -> bytes:
    """The sheet as SVG."""
    with DRAWING:
        return str(vl_convert.vegalite_to_svg(picture.to_dict())).encode("utf-8")
