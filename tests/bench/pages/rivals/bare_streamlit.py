"""Streamlit as it comes: a select box and the very same chart, made in each run; `streamlit run` it."""

import json
import os
from pathlib import Path

import polars as pl
import streamlit as st

from dashboard import charts
from dashboard.release import store

figures = json.loads(Path(os.environ["STADTLABOR_BENCH_FIGURES"]).read_text("utf-8"))
chosen = st.selectbox("Kennzahl", list(figures), format_func=lambda one: figures[one]["title"])
figure = figures[chosen]
shown = store.current()
indicator = shown.indicator(chosen, "de")
assert indicator is not None
values = pl.DataFrame(shown.values_by_town(chosen))
st.altair_chart(charts.town_dots(values, figure["band"], indicator, "de", "light"), width="stretch")
