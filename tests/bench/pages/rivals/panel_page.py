"""The same chart in Panel with Bokeh: `python panel_page.py PORT`."""

import json
import os
import sys
from pathlib import Path

import panel as pn
from bokeh.plotting import figure as bokeh_figure

figures = json.loads(Path(os.environ["STADTLABOR_BENCH_FIGURES"]).read_text("utf-8"))
pn.extension()


def drawn(chosen: str) -> object:
    figure = figures[chosen]
    names = [row["name"] for row in figure["rows"]]
    picture = bokeh_figure(y_range=names, height=340, width=900, title=figure["title"], x_axis_label=figure["unit"])
    if figure["band"]:
        picture.hbar(y=names, left=figure["band"]["p10"], right=figure["band"]["p90"], height=0.3, color="#ddd")
    known = [row for row in figure["rows"] if row["value"] is not None]
    picture.scatter(
        x=[row["value"] for row in known],
        y=[row["name"] for row in known],
        size=16,
        color=[row["colour"] for row in known],
    )
    return picture


def page() -> object:
    choice = pn.widgets.Select(
        name="Kennzahl", options={one["title"]: name for name, one in figures.items()}, value=next(iter(figures))
    )
    return pn.Column(choice, pn.bind(drawn, choice))


if __name__ == "__main__":
    pn.serve(page, address="127.0.0.1", port=int(sys.argv[1]), show=False, threaded=False)
