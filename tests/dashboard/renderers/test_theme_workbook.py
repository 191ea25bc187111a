"""The workbook: every number of the release, signs in the place of hidden ones, and no cell that computes."""

import io
import zipfile

import fastexcel
import polars as pl
import pytest

from dashboard import texts
from dashboard.renderers import theme_workbook
from dashboard.renderers.breakdown_words import breakdown_words
from dashboard.words.numbers import SIGNS_WITHOUT_VALUE
from tests.dashboard.renderers.conftest import HOSTILE, release_of
from tests.dashboard.samples import sample

TOWNS = ["diessen", "wittenberge"]
READ_BACK = {"value": "value", "low": "interval_low", "high": "interval_high", "numerator": "numerator",
             "denominator": "denominator", "base": "base_n"}  # fmt: skip


def sheets_of(made: bytes, kind: str = "string") -> dict[str, pl.DataFrame]:
    book = fastexcel.read_excel(made)
    return {
        name: book.load_sheet(name, header_row=theme_workbook.HEADING_ROW, dtypes=kind).to_polars()
        for name in book.sheet_names
    }


def ids(release) -> list[str]:
    return [one.indicator_id for one in release.indicators("de")]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_number_is_that_of_the_release(whole_release, language):
    made = theme_workbook.workbook(whole_release, language, TOWNS, ids(whole_release))
    say = texts.of(language)
    heads, sheets, numbers = say.group("workbook_columns"), sheets_of(made), sheets_of(made, "float")
    catalogue, sources = sheets.pop(say.workbook_catalogue), sheets.pop(say.workbook_sources)
    values = whole_release.tables["indicator_values"].filter(
        pl.col("town_id").is_in(TOWNS) & pl.col("indicator_id").is_in(ids(whole_release))
    )
    for name, column in READ_BACK.items():
        read = pl.concat(numbers[sheet][heads[name]].cast(pl.Float64) for sheet in sheets)
        known = values[column].cast(pl.Float64).drop_nulls().sort().to_list()
        assert len(known) > 0
        # Excel keeps 15 digits.
        assert read.drop_nulls().sort().to_list() == pytest.approx(known, rel=1e-15), name
    told = pl.concat(sheets.values(), how="vertical_relaxed")
    signs = told.filter(pl.col(heads["value"]).is_in(list(SIGNS_WITHOUT_VALUE.values())))
    assert signs.height == values["value"].null_count() > 0
    assert (signs[heads["sign"]].fill_null("") != "").all()
    assert catalogue.height == len(ids(whole_release))
    assert sources.height > 0


def test_only_what_was_chosen_stands_in_it_and_in_the_fixed_order(whole_release):
    made = theme_workbook.workbook(whole_release, "de", TOWNS[::-1], ["commuting__out_share"])
    sheets = sheets_of(made)
    assert list(sheets) == ["Pendeln", "Katalog", "Quellen"]
    assert sheets["Pendeln"]["Stadt"].to_list() == ["Dießen am Ammersee", "Wittenberge"]


def test_a_sheet_with_sample_data_says_so_and_the_others_do_not(whole_release):
    with_sample = {
        theme
        for theme, is_sample in whole_release.tables["indicator_values"]
        .join(whole_release.tables["indicator_catalogue"], on="indicator_id")
        .filter(pl.col("town_id").is_in(TOWNS))
        .select("theme", "is_synthetic")
        .iter_rows()
        if is_sample
    }
    made = theme_workbook.workbook(whole_release, "de", TOWNS, ids(whole_release))
    book = fastexcel.read_excel(made)
    for theme, title in texts.of("de").group("themes").items():
        name = theme_workbook._sheet_name(title)
        if name in book.sheet_names:
            note = book.load_sheet(name, header_row=None, n_rows=2, dtypes="string").to_polars().item(1, 0)
            assert ("Beispieldaten" in note) == (theme in with_sample), theme


def test_no_text_is_a_formula_or_a_link():
    entry = sample.default_tables()["indicator_catalogue"][1] | {
        "title_de": HOSTILE,
        "caveat_de": "https://example.org",
    }
    release = release_of(indicator_catalogue=[entry])
    made = theme_workbook.workbook(release, "de", TOWNS, [entry["indicator_id"]])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        words = archive.read("xl/sharedStrings.xml").decode()
    assert HOSTILE in words
    assert not any("<f>" in page or "<hyperlink" in page for page in pages)
    assert all("<autoFilter" in page and 'state="frozen"' in page for page in pages)


@pytest.mark.parametrize(
    ("decimals", "sign", "shown"),
    [(0, "", "#,##0"), (2, "", "#,##0.00"), (1, "()", "(#,##0.0);(-#,##0.0)"), (1, "intern", '#,##0.0" ▨"')],
)
def test_a_number_is_shown_with_its_decimals_and_its_sign(decimals, sign, shown):
    assert theme_workbook._format(decimals, sign) == shown


@pytest.mark.parametrize(
    ("breakdown", "value", "words"),
    [
        ("total", None, ("gesamt", "")),
        ("item", "coffee", ("Zeile der Frage", "Kaffee")),
        ("age_group", "old", ("Alter", "ab 45")),
        ("survey", "wi-users", ("Befragung", "Befragung wi-users")),
        ("format_month", "never_heard_of/2022-06", ("Format / Monat", "never_heard_of / 2022-06")),
        ("shoe_size", "44", ("shoe_size", "44")),
    ],
)
def test_a_breakdown_and_its_values_have_their_words(whole_release, breakdown, value, words):
    found = breakdown_words(whole_release, "de")
    assert (found.breakdown(breakdown), found.group("wishes_share", breakdown, value)) == words
