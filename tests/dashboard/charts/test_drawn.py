"""The one way a chart gets onto a page: tables as Arrow, whatever is no table as it is."""

import io
import re
from pathlib import Path

import altair as alt
import polars as pl
from altair.utils import schemapi

from dashboard import charts
from dashboard.charts import drawn

DASHBOARD = Path(drawn.__file__).parent.parent


def test_rows_are_sent_as_arrow_and_the_outlines_of_a_map_as_they_are(release):
    spec = drawn.spec_of(charts.places(release.towns(), "de", "light", height=200))

    tables = [data for data in spec["datasets"].values() if isinstance(data, bytes)]
    outlines = [data for data in spec["datasets"].values() if isinstance(data, list)]
    (signs,) = (pl.read_ipc_stream(io.BytesIO(table)) for table in tables)
    assert set(signs["name"]) == set(release.towns()["name"])
    assert [one["type"] for one in outlines[0]] == ["Feature"] * len(outlines[0])


def test_nothing_but_rows_of_plain_cells_is_a_table():
    chart = alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_point()
    nested = alt.Chart(alt.InlineData(values=[{"a": [1, 2]}])).mark_point()

    assert [type(one) for one in drawn.spec_of(chart)["datasets"].values()] == [bytes]
    assert [type(one) for one in drawn.spec_of(nested)["datasets"].values()] == [list]


def test_no_page_draws_a_chart_by_itself():
    calls = re.compile(r"st\.(altair|vega_lite|plotly|line|bar|area|scatter|py)\w*_?chart")
    found = {path.name for path in DASHBOARD.rglob("*.py") if calls.search(path.read_text("utf-8"))}

    assert found == {"draw.py"}


def test_a_process_that_only_draws_sends_the_same_as_one_that_checks(release):
    def sent() -> drawn.Spec:
        return drawn.spec_of(charts.places(release.towns(), "de", "light", height=200))

    with schemapi.debug_mode(True):
        checked = sent()
        charts.trust()
        assert not schemapi.DEBUG_MODE
        assert sent() == checked
