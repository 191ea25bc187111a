"""Numbers and official signs: exact, never guessed, and the column reads as the cell does."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtlabor.values.signs import GERMAN, GERMAN_GROUPED, POINT, SIGNS, Cell, read_cell, read_column

DIALECTS = (GERMAN, GERMAN_GROUPED, POINT)


@pytest.mark.parametrize("sign", ["-", ".", "...", "/", "x"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_official_sign_is_a_sign_and_no_value(sign, dialect):
    assert read_cell(sign, dialect) == Cell(None, sign, "")
    assert read_cell(f"  {sign} ", dialect) == Cell(None, sign, "")


@pytest.mark.parametrize(
    ("text", "dialect", "cell"),
    [
        ("0", GERMAN, Cell("0", "", "")),
        ("0,0", GERMAN, Cell("0.0", "", "")),
        ("53,9", GERMAN, Cell("53.9", "", "")),
        ("-47,9", GERMAN, Cell("-47.9", "", "")),
        ("\u221247,9", GERMAN, Cell("-47.9", "", "")),
        ("+3", GERMAN, Cell("3", "", "")),
        (",5", GERMAN, Cell("0.5", "", "")),
        ("1.560", GERMAN_GROUPED, Cell("1560", "", "")),
        ("1.234.567,89", GERMAN_GROUPED, Cell("1234567.89", "", "")),
        ("1 234 567", GERMAN, Cell("1234567", "", "")),
        ("1\u202f234,5", GERMAN, Cell("1234.5", "", "")),
        ("25.05", POINT, Cell("25.05", "", "")),
        ("5e-05", POINT, Cell("0.00005", "", "")),
        ("(12,5)", GERMAN, Cell("12.5", "()", "")),
        ("( 12 )", GERMAN, Cell("12", "()", "")),
        ("()", GERMAN, Cell(None, "()", "")),
        ("123p", GERMAN, Cell("123", "", "p")),
        ("12,5 r", GERMAN, Cell("12.5", "", "r")),
        ("…", GERMAN, Cell(None, "...", "")),
        ("–", GERMAN, Cell(None, "-", "")),
        ("X", GERMAN, Cell(None, "x", "")),
        ("", GERMAN, Cell(None, "", "")),
    ],
)
def test_cells_as_offices_write_them(text, dialect, cell):
    assert read_cell(text, dialect) == cell


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("1.234", GERMAN), ("1,234", POINT), ("12.34", GERMAN_GROUPED), ("1.23.456", GERMAN_GROUPED),
        ("1,2,3", GERMAN), ("n/a", GERMAN), ("12 %", GERMAN), ("=1+1", GERMAN), ("1e5", GERMAN),
        ("٣", GERMAN), ("1,", GERMAN), ("--", GERMAN), ("..", GERMAN),
    ],
)  # fmt: skip
def test_what_is_neither_number_nor_sign_is_not_understood(text, dialect):
    assert read_cell(text, dialect) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_every_german_number_comes_back_as_the_same_number(number):
    written = str(number).replace(".", ",")

    assert Decimal(read_cell(written, GERMAN).value) == number


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_grouping_thousands_changes_nothing(number):
    grouped = f"{number:,}".replace(",", ".")

    assert read_cell(grouped, GERMAN_GROUPED).value == str(number)


texts = st.one_of(
    st.text(st.sampled_from("0123456789.,-()x/ prse\u202f"), max_size=12),
    st.sampled_from(sorted(SIGNS)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)


@given(st.lists(texts, max_size=30), st.sampled_from(DIALECTS))
def test_the_column_reads_as_the_cell_does(cells, dialect):
    read = read_column(pl.Series(cells, dtype=pl.String), dialect).rows()

    expected = []
    for text in cells:
        cell = read_cell(text, dialect)
        expected.append((cell.value, cell.sign, cell.quality, True) if cell else (None, None, None, False))
    assert read == expected


@given(texts, st.sampled_from(DIALECTS))
def test_a_value_is_a_plain_decimal_and_a_sign_an_official_one(text, dialect):
    cell = read_cell(text, dialect)

    if cell is not None:
        assert cell.value is None or pl.Series([cell.value]).str.contains(r"^-?[0-9]+(\.[0-9]+)?$").all()
        assert cell.sign in {"", "-", ".", "...", "/", "x", "()"}
        assert not (cell.value and cell.sign not in ("", "()"))
