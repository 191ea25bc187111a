"""The sheets of a workbook that hold one list together: a sheet per month or per desk is one delivery."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from stadtlabor.files.workbooks.workbook import Workbook

SHOWN_SHEETS = 12
# The heading of the column that says on which sheet a record stands.
SHEET_HEADING = "Tabellenblatt"


@dataclass
class Sheets:
    """Rows of one or more sheets under one header; `header_line` is the first sheet's.

    Rows of further sheets follow those of the first, each header of theirs left blank, so that lines count on.
    """

    names: list[str]
    columns: list[str]
    header_line: int
    rows: list[list[str]]
    blank_headers: int = 0
    notes: list[str] = field(default_factory=list)


def found(
    book: Workbook, is_header: Callable[[list[str]], bool], clean: Callable[[str], str], head_only: bool, join: bool
) -> Sheets | None:
    """The first sheet with the header, and with `join` all others with the same headings; None where none has it.

    Where there are several a last column says on which of them a row stands.
    """
    fitting = [
        (name, number, columns)
        for name, head in book.sheets()
        if (place := next(_headers(head, is_header, clean), None))
        for number, columns in [place]
    ]
    if not fitting:
        return None
    name, number, columns = fitting[0]
    if head_only:
        return Sheets([name], columns, number, dict(book.sheets())[name])
    made = Sheets([name], list(columns), number, [*book.rows(name)])
    _carry_down(book, name, number, made)
    for other, line, headings in fitting[1:]:
        if join and _agree(columns, headings):
            _append(made, book, other, line, headings)
        else:
            made.notes.append(f"the sheet {other!r} has a table as well and is not read: only {name!r} is")
    if len(made.names) > 1:
        _mark_sheets(made, book)
    _note_others(made, book, {one for one, _, _ in fitting})
    return made


def _headers(
    head: Sequence[Sequence[str]], is_header: Callable[[list[str]], bool], clean: Callable[[str], str]
) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(head, 1):
        columns = [clean(cell) for cell in row]
        if is_header(columns):
            yield number, columns


def _agree(columns: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two headers are of one list: one has all headings of the other, and none twice."""
    one, other = ([name for name in names if name] for names in (columns, others))
    smaller, larger = sorted((set(one), set(other)), key=len)
    return smaller <= larger and len(one) == len(set(one)) and len(other) == len(set(other))


def _append(made: Sheets, book: Workbook, name: str, line: int, headings: Sequence[str]) -> None:
    """The rows of a further sheet behind those there are, its cells under the same headings."""
    _carry_down(book, name, line, made)
    made.columns += [heading for heading in headings if heading and heading not in made.columns]
    places = [headings.index(heading) if heading in headings else None for heading in made.columns]
    first = len(made.rows) + 1
    for number, row in enumerate(book.rows(name), 1):
        cells = ["" if place is None or not made.columns[at] else row[place] for at, place in enumerate(places)]
        made.rows.append([""] * len(cells) if number <= line else cells)
    made.names.append(name)
    made.blank_headers += line
    made.notes.append(f"the rows of the sheet {name!r} count as lines from {first} on")


def _mark_sheets(made: Sheets, book: Workbook) -> None:
    """A last column with the sheet's name, and all rows of one width."""
    made.columns.append(SHEET_HEADING)
    width, at = len(made.columns) - 1, 0
    rows: list[list[str]] = []
    for name in made.names:
        count = len(book.rows(name))
        for row in made.rows[at : at + count]:
            rows.append([*row, *[""] * (width - len(row)), name if any(row) else ""])
        at += count
    made.rows = rows


def _carry_down(book: Workbook, name: str, below: int, made: Sheets) -> None:
    if filled := book.carry_down(name, below):
        rows = sorted({row for _, row in filled})
        shown = ", ".join(map(str, rows[:SHOWN_SHEETS])) + (" …" if len(rows) > SHOWN_SHEETS else "")
        made.notes.append(f"merged cells of the sheet {name!r} hold for all their rows: carried down to row {shown}")


def _note_others(made: Sheets, book: Workbook, fitting: set[str]) -> None:
    others = [repr(name) for name in book.sheet_names if name not in fitting]
    if others:
        made.notes.append(f"passed over the sheet(s) without such a table: {', '.join(others[:SHOWN_SHEETS])}")
    hidden = [repr(name) for name in book.hidden if name not in book.sheet_names]
    if hidden:
        made.notes.append(
            f"passed over the hidden sheet(s) {', '.join(hidden[:SHOWN_SHEETS])}: 'files: sheets:' in source.yml "
            "names those to be read"
        )
