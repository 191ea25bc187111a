"""The workbook: values of chosen towns and indicators, a sheet per theme, with catalogue and sources.

Numbers are numbers; where one is missing, its sign stands in its place. Every text is a text cell, never a formula.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from dashboard import texts
from dashboard.parts.downloads import SHEET_NAME_LENGTH
from dashboard.release.snapshot import Release
from dashboard.renderers.breakdown_words import BreakdownWords, breakdown_words
from dashboard.words.indicator import Indicator
from dashboard.words.numbers import HATCHED, INTERNAL, SIGNS_WITHOUT_VALUE, Numbers

VALUE_COLUMNS = (
    "indicator", "town", "period", "breakdown", "group", "value", "unit", "sign", "low", "high", "numerator",
    "denominator", "base", "source", "licence", "sample",
)  # fmt: skip
CATALOGUE_COLUMNS = (
    "indicator", "theme", "unit", "description", "formula", "method", "population", "caveat", "source", "licence",
)  # fmt: skip
SOURCE_COLUMNS = ("delivery", "producer", "licence", "start", "end", "received", "sample")
# How wide a column is, in characters; all others are as wide as a number.
WIDTHS = {
    **dict.fromkeys(
        ("indicator", "group", "sign", "licence", "producer", "population", "theme", "period", "sample"), 32
    ),
    **dict.fromkeys(("formula", "source", "delivery"), 48),
    **dict.fromkeys(("description", "method", "caveat"), 60),
}
WIDTH = 16
# Rows above the headings: the sheet's title, and what is to be known of it.
TITLE_ROW, NOTE_ROW, HEADING_ROW = 0, 1, 2

# How whole numbers and days are shown, and what marks the cell of a sign.
COUNT, DAY, SIGN = "#,##0.##", "dd.mm.yyyy", "sign"

# What stands in a cell: a number with how it is shown, a day, a text or nothing.
Cell = str | dt.date | None | tuple[float, str]
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title, what is to be known of it, its columns in order and its rows."""

    title: str
    note: str
    columns: Sequence[str]
    rows: Sequence[Row]


def workbook(release: Release, language: str, towns: Sequence[str], indicators: Sequence[str]) -> bytes:
    """All published values of towns and indicators, both by their ids, as .xlsx in a language ("de" or "en")."""
    say = texts.of(language)
    chosen = [one for one in release.indicators(language) if one.indicator_id in indicators]
    values = release.with_towns(release.tables["indicator_values"]).filter(
        pl.col("town_id").is_in(list(towns)) & pl.col("indicator_id").is_in(list(indicators))
    )
    sheets = [_theme_sheet(release, say, theme, chosen, values) for theme in dict.fromkeys(one.theme for one in chosen)]
    sheets += [_catalogue(say, chosen), _sources(release, say, values)]
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        moment = Numbers(language).moment(release.built_at)
        about = say.footer_release.format(release=release.release_id, moment=moment)
        book.set_properties({"title": say.site_name, "comments": about})
        for sheet in sheets:
            _write(book, sheet, say)
    return buffer.getvalue()


def _theme_sheet(
    release: Release, say: texts.Texts, theme: str, chosen: Sequence[Indicator], values: pl.DataFrame
) -> Sheet:
    indicators = {one.indicator_id: one for one in chosen if one.theme == theme}
    order = pl.DataFrame({"indicator_id": list(indicators)}).with_row_index("indicator_place")
    rows = values.join(order, on="indicator_id").sort(
        "indicator_place", "place", "period_end", "breakdown", "breakdown_value", nulls_last=True, maintain_order=True
    )
    words = breakdown_words(release, say.language)
    return Sheet(
        title=say.group("themes").get(theme, theme),
        note=_note(release, say, bool(rows["is_synthetic"].any())),
        columns=VALUE_COLUMNS,
        rows=[_value_row(words, indicators[row["indicator_id"]], row) for row in rows.iter_rows(named=True)],
    )


def _note(release: Release, say: texts.Texts, has_sample: bool) -> str:
    told = [say.internal_in_file] * release.is_internal + [say.sample_strip] * has_sample
    return " ".join([*told, say.workbook_note])


def _value_row(words: BreakdownWords, indicator: Indicator, row: Mapping[str, Any]) -> Row:
    say, sign = words.say, row["sign"] or ""
    plain = _format(indicator.decimals)
    return {
        "indicator": indicator.title,
        "town": row["name"],
        "period": Numbers(say.language).period(row["period"]),
        "breakdown": words.breakdown(row["breakdown"]),
        "group": words.group(row["indicator_id"], row["breakdown"], row["breakdown_value"]),
        "value": _number_or_sign(row["value"], sign, _format(indicator.decimals, sign)),
        "unit": indicator.unit,
        "sign": say.group("signs").get(sign, ""),
        "low": _number(row["interval_low"], plain),
        "high": _number(row["interval_high"], plain),
        "numerator": _number(row["numerator"], COUNT),
        "denominator": _number(row["denominator"], COUNT),
        "base": _number(row["base_n"], COUNT),
        "source": row["source_text"],
        "licence": row["licence"],
        "sample": say.sample_in_file if row["is_synthetic"] else "",
    }


def _catalogue(say: texts.Texts, chosen: Iterable[Indicator]) -> Sheet:
    """The passports of the chosen indicators."""
    themes = say.group("themes")
    rows: list[Row] = [
        {name: getattr(one, name, "") for name in CATALOGUE_COLUMNS}
        | {"indicator": one.title, "theme": themes.get(one.theme, one.theme), "population": one.base}
        for one in chosen
    ]
    return Sheet(say.workbook_catalogue, "", CATALOGUE_COLUMNS, rows)


def _sources(release: Release, say: texts.Texts, values: pl.DataFrame) -> Sheet:
    """The deliveries that the values come from."""
    named = {part.strip() for listed in values["sources"].drop_nulls() for part in listed.split(",")}
    deliveries = release.deliveries().filter(pl.col("delivery_id").is_in(named))
    rows: list[Row] = [
        {
            "delivery": one["title"],
            "producer": one["producer"],
            "licence": one["licence"],
            "start": one["period_from"],
            "end": one["period_to"],
            "received": one["received"],
            "sample": say.sample_in_file if one["is_synthetic"] else "",
        }
        for one in deliveries.iter_rows(named=True)
    ]
    note = say.sample_strip if deliveries["is_synthetic"].any() else ""
    return Sheet(say.workbook_sources, note, SOURCE_COLUMNS, rows)


def _number(value: float | None, shown: str) -> Cell:
    return None if value is None else (float(value), shown)


def _number_or_sign(value: float | None, sign: str, shown: str) -> Cell:
    if value is None or sign in SIGNS_WITHOUT_VALUE:
        return SIGNS_WITHOUT_VALUE.get(sign, SIGNS_WITHOUT_VALUE["."])
    return (value, shown)


def _format(decimals: int, sign: str = "") -> str:
    """A number's form in Excel's own spelling, which each language's Excel shows with its own points and commas."""
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    if sign == "()":
        return f"({number});(-{number})"
    return f'{number}" {HATCHED}"' if sign == INTERNAL else number


def _write(book: xlsxwriter.Workbook, sheet: Sheet, say: texts.Texts) -> None:
    page = book.add_worksheet(_sheet_name(sheet.title))
    heads, last = say.group("workbook_columns"), len(sheet.columns) - 1
    page.write_string(TITLE_ROW, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
    page.write_string(NOTE_ROW, 0, sheet.note)
    for place, name in enumerate(sheet.columns):
        page.write_string(HEADING_ROW, place, heads[name], book.add_format({"bold": True, "bottom": 1}))
        page.set_column(place, place, WIDTHS.get(name, WIDTH))
    # A format per way of showing a cell, not one per cell.
    formats: dict[str, Any] = {}
    for number, row in enumerate(sheet.rows, HEADING_ROW + 1):
        for place, name in enumerate(sheet.columns):
            _write_cell(book, page, number, place, row[name], formats)
    page.freeze_panes(HEADING_ROW + 1, 1)
    page.autofilter(HEADING_ROW, 0, HEADING_ROW + len(sheet.rows), last)


def _write_cell(
    book: xlsxwriter.Workbook, page: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]
) -> None:
    """Each kind of cell by its own method, so that no text is taken for a formula, a link or a number."""
    shown = cell[1] if isinstance(cell, tuple) else DAY if isinstance(cell, dt.date) else SIGN
    if shown not in formats:
        formats[shown] = book.add_format({"align": "right"} if shown == SIGN else {"num_format": shown})
    style = formats[shown]
    if isinstance(cell, tuple):
        page.write_number(row, column, cell[0], style)
    elif isinstance(cell, dt.date):
        page.write_datetime(row, column, cell, style)
    elif cell:
        page.write_string(row, column, cell, style if cell in SIGNS_WITHOUT_VALUE.values() else None)


def _sheet_name(title: str) -> str:
    """A title without what Excel refuses in the name of a sheet."""
    return " ".join(re.sub(r"[\[\]:*?/\\]", " ", title).split())[:SHEET_NAME_LENGTH]
