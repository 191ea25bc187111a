"""Files to take away: tables as CSV and Excel, and the whole release.

Text that a spreadsheet could take for a formula is written as text: in CSV behind an apostrophe, in
Excel as a text cell.
"""

import io
import zipfile
from collections.abc import Mapping

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from dashboard.release.snapshot import Release

FORMULA_START = "=+-@\t\r"
SHEET_NAME_LENGTH = 31  # Excel's own limit


def csv(frame: pl.DataFrame, language: str) -> bytes:
    """A table as CSV that the language's spreadsheet opens with a double click."""
    german = language == "de"
    text = harmless(frame).write_csv(separator=";" if german else ",", decimal_comma=german)
    return text.encode("utf-8-sig")


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The table with an apostrophe before each text that begins like a formula; numbers stay numbers."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    starts = [pl.col(name).str.slice(0, 1).is_in(list(FORMULA_START)) for name in texts]
    return frame.with_columns(
        pl.when(start).then(pl.lit("'") + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name, start in zip(texts, starts, strict=True)
    )


def excel(tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Tables as one workbook, a sheet each; no cell is a formula or a link."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, {**options, "remove_timezone": True}) as workbook:
        for name, frame in tables.items():
            sheet = name[-SHEET_NAME_LENGTH:]
            frame.write_excel(workbook, worksheet=sheet, autofit=True, table_style="Table Style Light 1")
    return buffer.getvalue()


def release_as_parquet(release: Release) -> bytes:
    """All tables of a release as Parquet files in a ZIP archive."""
    files = {}
    for name, frame in release.tables.items():
        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        files[f"{name}.parquet"] = buffer.getvalue()
    return _zipped(files)


def release_as_csv(release: Release, language: str) -> bytes:
    """All tables of a release as CSV files in a ZIP archive."""
    return _zipped({f"{name}.csv": csv(frame, language) for name, frame in release.tables.items()})


def release_as_excel(release: Release) -> bytes:
    """All tables of a release as one workbook, but for the values of every small town, too many for a sheet to open."""
    return excel({name: frame for name, frame in release.tables.items() if name != "municipality_values"})


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
