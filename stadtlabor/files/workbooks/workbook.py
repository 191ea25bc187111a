"""Sheets of a workbook as rows of text, every row at its place."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import fastexcel

from stadtlabor.base.errors import DeliveryError, faults_of
from stadtlabor.files.workbooks.extent import unreadable
from stadtlabor.files.workbooks.workbook_formats import Formats

# Enough of a sheet to tell what it is.
HEAD_ROWS = 30


class Workbook:
    """The sheets of one workbook, each read once; DeliveryError where it cannot be opened.

    `name` is what errors call the file, `formats` how its cells are shown. `asked_for` are the sheets that source.yml
    names; without them those that are hidden are left out.
    """

    def __init__(self, path: Path, name: str, formats: Formats, asked_for: Sequence[str] = ()) -> None:
        self._name, self._formats, self._asked_for = name, formats, asked_for
        self._heads: dict[str, list[list[str]]] = {}
        self._rows: dict[str, list[list[str]]] = {}
        # Those found hidden so far.
        self.hidden: list[str] = []
        # The library does not only raise: over some damaged files it panics.
        with faults_of(name):
            try:
                self._book = fastexcel.read_excel(path)
            except fastexcel.FastExcelError as error:
                raise unreadable(name, f"the workbook cannot be opened ({str(error).splitlines()[0]})") from None

    @property
    def sheet_names(self) -> Sequence[str]:
        """The sheets to be read in the workbook's order: those asked for, else all that are not hidden."""
        return [name for name, _ in self.sheets()]

    def rows(self, sheet: str) -> list[list[str]]:
        """A sheet's rows from its first on, all equally long; an empty cell is ''."""
        if sheet not in self._rows:
            self._rows[sheet] = self._load(sheet, None)
        return self._rows[sheet]

    def sheets(self) -> Iterator[tuple[str, list[list[str]]]]:
        """The name and first 30 rows of each sheet to be read, without reading the others."""
        for name in self._wanted():
            if name not in self._heads:
                self._heads[name] = self._load(name, HEAD_ROWS)
            if self._asked_for or name not in self.hidden:
                yield name, self._heads[name]

    def _wanted(self) -> Sequence[str]:
        if missing := [name for name in self._asked_for if name not in self._book.sheet_names]:
            known = ", ".join(map(repr, self._book.sheet_names))
            raise DeliveryError(
                f"the workbook has no sheet {missing[0]!r}", self._name, column="field files.sheets",
                remedy=f"It has: {known}.", rule="not_in_file",
            )  # fmt: skip
        return [name for name in self._book.sheet_names if not self._asked_for or name in self._asked_for]

    def _load(self, sheet: str, count: int | None) -> list[list[str]]:
        with self._readable(f"the sheet {sheet!r}"):
            # Rows before the first filled one are skipped unless asked for, and line numbers would be wrong.
            loaded = self._book.load_sheet(sheet, header_row=None, skip_rows=0, n_rows=count, dtypes="string")
        if loaded.visible != "visible" and sheet not in self.hidden:
            self.hidden.append(sheet)
        rows = [list(row) for row in loaded.to_polars().fill_null("").rows()]
        self._formats.sheets[sheet].show(rows)
        return rows

    def carry_down(self, sheet: str, below: int) -> list[tuple[int, int]]:
        """Fill merged cells below a row of a sheet, in its rows; (column, row) of those filled, from 1."""
        return self._formats.sheets[sheet].carry_down(self.rows(sheet), below)

    @contextmanager
    def _readable(self, what: str) -> Iterator[None]:
        with faults_of(self._name):
            try:
                yield
            except fastexcel.FastExcelError:
                # What the library says of it may quote a cell.
                raise unreadable(self._name, f"{what} cannot be read") from None
