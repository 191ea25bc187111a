"""Files to take away: whole, in the language's form, and without a formula."""

import io
import zipfile

import polars as pl
import pytest

from dashboard.parts import downloads
from tests.dashboard.samples import sample

HOSTILE = ["=1+1", "+49 30", "-cmd", "@sum", "\tx", "\rx"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_is_text_in_csv(text):
    said = downloads.csv(pl.DataFrame({"a": [text]}), "de").decode("utf-8-sig")

    assert ("'" + text) in said


def test_a_negative_number_stays_a_number():
    assert downloads.csv(pl.DataFrame({"a": [-69.3]}), "de").decode("utf-8-sig").splitlines()[1] == "-69,3"
    assert downloads.csv(pl.DataFrame({"a": [-69.3]}), "en").decode("utf-8-sig").splitlines()[1] == "-69.3"


def test_german_csv_opens_by_double_click():
    raw = downloads.csv(pl.DataFrame({"Stadt": ["Mölln"], "Wert": [1.5]}), "de")

    assert raw.startswith(b"\xef\xbb\xbf")
    assert "Mölln;1,5" in raw.decode("utf-8-sig")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text):
    book = downloads.excel({"sheet": pl.DataFrame({"a": [text, "https://example.org"], "b": [-1.5, 2.0]})})

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    read = pl.read_excel(io.BytesIO(book))
    assert read.get_column("b").to_list() == [-1.5, 2.0]


def test_the_release_leaves_whole_in_each_form(release):
    for made, ending in (
        (downloads.release_as_parquet(release.tables), "parquet"),
        (downloads.release_as_csv(release.tables, "de"), "csv"),
    ):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert set(archive.namelist()) == {f"{name}.{ending}" for name in sample.TABLES}
    with zipfile.ZipFile(io.BytesIO(downloads.release_as_parquet(release.tables))) as archive:
        values = pl.read_parquet(archive.read("indicator_values.parquet"))
    assert values.equals(release.tables["indicator_values"])


def test_the_workbook_has_a_sheet_for_each_table(release):
    sheets = pl.read_excel(io.BytesIO(downloads.excel(downloads.short(release.tables))), sheet_id=0)

    assert set(sheets) == sample.TABLES - {*downloads.TOO_LONG_FOR_A_SHEET}
    assert sheets["towns"].height == 5
