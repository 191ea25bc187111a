"""Sheets of a workbook as rows of text, every row at its place."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import fastexcel

from stadtlabor.base.errors import faults_of
from stadtlabor.files.workbook_bounds import unreadable

# Enough of a sheet to tell what it is.
HEAD_ROWS = 30


class Workbook:
    """The sheets of one workbook, each read once; DeliveryError where it cannot be opened.

    `name` is what errors call the file.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._name = name
        self._heads: dict[str, list[list[str]]] = {}
        self._rows: dict[str, list[list[str]]] = {}
        # The library does not only raise: over some damaged files it panics.
        with faults_of(name):
            try:
                self._book = fastexcel.read_excel(path)
            except fastexcel.FastExcelError as error:
                raise unreadable(name, f"the workbook cannot be opened ({str(error).splitlines()[0]})") from None

    @property
    def sheet_names(self) -> Sequence[str]:
        """The sheets in the workbook's order."""
        return self._book.sheet_names

    def rows(self, sheet: str) -> list[list[str]]:
        """A sheet's rows from its first on, all equally long; an empty cell is ''."""
        if sheet not in self._rows:
            self._rows[sheet] = self._load(sheet, None)
        return self._rows[sheet]

    def sheets(self) -> Iterator[tuple[str, list[list[str]]]]:
        """Each sheet's name and first 30 rows, without reading the others."""
        for name in self.sheet_names:
            if name not in self._heads:
                self._heads[name] = self._load(name, HEAD_ROWS)
            yield name, self._heads[name]

    def _load(self, sheet: str, count: int | None) -> list[list[str]]:
        # Rows before the first filled one are skipped unless asked for, and line numbers would be wrong.
        with faults_of(self._name):
            try:
                loaded = self._book.load_sheet(sheet, header_row=None, skip_rows=0, n_rows=count, dtypes="string")
            except fastexcel.FastExcelError:
                # What the library says of it may quote a cell.
                raise unreadable(self._name, f"the sheet {sheet!r} cannot be read") from None
        return [list(row) for row in loaded.to_polars().fill_null("").rows()]
