"""A chart on a page: headline, subtitle, the chart with its text alternative, foot, and files to take away."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import altair as alt
import polars as pl
import streamlit as st

from dashboard import charts, downloads, parts
from dashboard.visit import Visit


@dataclass(frozen=True)
class Picture:
    """A chart with its words, and the numbers behind it for the table files."""

    name: str
    chart: alt.LayerChart
    title: str
    subtitle: str
    alt: str
    foot: Sequence[str] = field(default_factory=tuple)
    numbers: pl.DataFrame | None = None
    is_synthetic: bool = False


def show(picture: Picture, visit: Visit, level: int = 2) -> None:
    """The picture, whole."""
    if picture.is_synthetic:
        parts.show("strip", words=visit.say.sample_strip_here)
    parts.heading(picture.title, level, picture.subtitle)
    st.altair_chart(picture.chart, width="stretch", theme=None, alt=picture.alt, key=f"chart-{picture.name}")
    parts.notes(picture.foot)


def take_away(picture: Picture, visit: Visit) -> None:
    """Buttons for the picture and its numbers; a file is made only when it is asked for."""
    say = visit.say

    def sheet() -> alt.VConcatChart:
        mark = [say.sample_in_file] if picture.is_synthetic else []
        return charts.sheet(picture.chart, picture.title, picture.subtitle, [*mark, *picture.foot], visit.theme)

    files = [
        (say.download_png, "png", "image/png", lambda: charts.png(sheet())),
        (say.download_svg, "svg", "image/svg+xml", lambda: charts.svg(sheet())),
    ]
    if picture.numbers is not None:
        frame = picture.numbers
        files += [
            (say.download_csv, "csv", "text/csv", lambda: downloads.csv(frame, visit.language)),
            (say.download_excel, "xlsx", downloads.EXCEL, lambda: downloads.excel({picture.name: frame})),
        ]
    with st.container(horizontal=True, gap="small", key=f"files-{picture.name}"):
        for label, ending, kind, made in files:
            st.download_button(
                label,
                made,
                f"{picture.name}.{ending}",
                kind,
                key=f"file-{picture.name}-{ending}",
                on_click="ignore",
            )
