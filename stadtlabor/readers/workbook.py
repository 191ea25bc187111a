"""Sheets of a workbook as rows of text, every row at its place."""

from collections.abc import Iterator, Sequence

import fastexcel

from stadtlabor.errors import DeliveryError
from stadtlabor.rawfile import RawFile


class Workbook:
    """The sheets of one workbook, each read once; DeliveryError where it cannot be opened."""

    def __init__(self, file: RawFile) -> None:
        file.check_archive()
        self._name = file.name
        self._rows: dict[str, list[list[str]]] = {}
        try:
            self._book = fastexcel.read_excel(file.path)
        except fastexcel.FastExcelError as error:
            raise DeliveryError(
                f"the workbook cannot be opened ({str(error).splitlines()[0]})",
                file.name,
                remedy="Open it in Excel or LibreOffice and save it as .xlsx, or deliver a CSV file.",
            ) from None

    @property
    def sheet_names(self) -> Sequence[str]:
        """The sheets in the workbook's order."""
        return self._book.sheet_names

    def rows(self, sheet: str) -> list[list[str]]:
        """A sheet's rows from its first on, all equally long; an empty cell is ''."""
        if sheet not in self._rows:
            loaded = self._book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
            frame = loaded.to_polars().fill_null("")
            self._rows[sheet] = [list(row) for row in frame.rows()]
        return self._rows[sheet]

    def head(self, sheet: str, count: int) -> list[list[str]]:
        """A sheet's first rows, without reading the others."""
        if sheet in self._rows:
            return self._rows[sheet][:count]
        loaded = self._book.load_sheet(sheet, header_row=None, skip_rows=0, n_rows=count, dtypes="string")
        return [list(row) for row in loaded.to_polars().fill_null("").rows()]

    def sheets(self) -> Iterator[tuple[str, list[list[str]]]]:
        """Each sheet's name and first 30 rows."""
        for name in self.sheet_names:
            yield name, self.head(name, 30)
