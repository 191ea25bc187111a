"""How far the cells of a workbook may reach, and what is said of one that cannot be read."""

from stadtlabor.base.errors import DeliveryError

# Cells of a sheet's rectangle; each takes some hundred bytes on the way to a table.
MAX_CELLS = 20_000_000


class Extent:
    """The rectangle from the first cell to the last filled one; DeliveryError where it is too large.

    Rows and columns count from 1. Tables that the library holds all at once are added up.
    """

    def __init__(self, file: str) -> None:
        self._file, self._before, self._rows, self._columns = file, 0, 0, 0

    def fill(self, row: int, column: int) -> None:
        """There is something in this cell."""
        if row <= self._rows and column <= self._columns:
            return
        self._rows, self._columns = max(row, self._rows), max(column, self._columns)
        if self._before + self._rows * self._columns > MAX_CELLS:
            raise DeliveryError(
                f"a sheet is filled up to row {self._rows:,} and column {self._columns:,}, which spans more than "
                f"{MAX_CELLS:,} cells",
                self._file,
                remedy="Clear the stray cells below and right of the table, or deliver a CSV file.",
                rule="too_large",
            )

    def next_table(self) -> None:
        """Another table begins, while the ones before stay in memory."""
        self._before, self._rows, self._columns = self._before + self._rows * self._columns, 0, 0


def unreadable(file: str, what: str = "the workbook is damaged") -> DeliveryError:
    """What is said of a workbook of which a part cannot be read."""
    remedy = "Open it in Excel or LibreOffice and save it as .xlsx, or deliver a CSV file."
    return DeliveryError(what, file, remedy=remedy, rule="damaged")
