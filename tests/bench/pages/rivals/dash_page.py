"""The same chart in Plotly Dash: `python dash_page.py PORT`."""

import json
import os
import sys
from pathlib import Path

import dash
import plotly.graph_objects as go

figures = json.loads(Path(os.environ["STADTLABOR_BENCH_FIGURES"]).read_text("utf-8"))
app = dash.Dash(__name__, serve_locally=True)
first = next(iter(figures))


def drawn(chosen: str) -> go.Figure:
    figure = figures[chosen]
    picture = go.Figure()
    names = [row["name"] for row in figure["rows"]]
    if figure["band"]:
        width = figure["band"]["p90"] - figure["band"]["p10"]
        picture.add_bar(
            y=names, x=[width] * len(names), base=figure["band"]["p10"], orientation="h", marker_color="#ddd", width=0.3
        )
    for row in figure["rows"]:
        picture.add_scatter(
            x=[row["value"]], y=[row["name"]], mode="markers", marker={"size": 16, "color": row["colour"]}
        )
    picture.update_layout(title=figure["title"], xaxis_title=figure["unit"], showlegend=False)
    return picture


app.layout = dash.html.Div(
    [
        dash.dcc.Dropdown(
            id="choice",
            options=[{"label": one["title"], "value": name} for name, one in figures.items()],
            value=first,
            clearable=False,
        ),
        dash.dcc.Graph(id="chart"),
    ]
)
app.callback(dash.Output("chart", "figure"), dash.Input("choice", "value"))(drawn)

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
