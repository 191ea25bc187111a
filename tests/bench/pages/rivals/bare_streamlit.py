"""Streamlit as it comes: a select box and a chart; `streamlit run` it."""

import json
import os
from pathlib import Path

import altair as alt
import polars as pl
import streamlit as st

figures = json.loads(Path(os.environ["STADTLABOR_BENCH_FIGURES"]).read_text("utf-8"))
chosen = st.selectbox("Kennzahl", list(figures), format_func=lambda one: figures[one]["title"])
figure = figures[chosen]
rows = pl.DataFrame(figure["rows"])
base = alt.Chart(rows, height=alt.Step(54)).encode(y=alt.Y("name:N", title=None))
layers = [
    base.mark_point(filled=True, size=240).encode(x=alt.X("value:Q", title=figure["unit"]), color=alt.Color("name:N"))
]
if figure["band"]:
    layers.insert(0, base.mark_bar(color="#ddd", height=16).encode(x="p10:Q", x2="p90:Q"))
st.altair_chart(alt.layer(*layers).properties(title=figure["title"]), width="stretch")
