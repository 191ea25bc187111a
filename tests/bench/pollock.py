"""Polluted CSV files: how many records are accepted wrong, beside polars, DuckDB and Python's csv module.

`python -m tests.bench pollock FOLDER` runs on a folder of HPI Pollock's files (`csv/` as polluted, `clean/` as it
should be read, under the same names). Without a folder, small files of the same kinds of pollution are made of a table.
"""

import csv
import io
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import open_table

Record = tuple[str, ...]
ROWS, SEED = 40, 20
HEADER = ("date", "time", "quantity", "product", "price", "note", "place")


class Read(NamedTuple):
    """What a tool made of a file: the records it accepted, and how many it set aside; None where it refused."""

    accepted: list[Record]
    set_aside: int = 0


Tool = Callable[[Path, Record], Read | None]


def stadtlabor(path: Path, header: Record) -> Read | None:
    """Our own table reader, told the headings that the format has."""
    names = set(header) - {""}
    try:
        table = open_table(RawFile(path), "figures", lambda row: len(names & set(row)) * 2 > len(names))
        if table is None:
            return None
        frames = [frame.drop("line") for frame in table.frames()]
    except DeliveryError:
        return None
    order = [table.columns.index(name) if name in table.columns else None for name in header]
    found = [
        tuple("" if place is None else row[place] or "" for place in order) for frame in frames for row in frame.rows()
    ]
    return Read([_plain(record) for record in found], table.faulty_records)


def _polars(path: Path, _: Record) -> Read | None:
    try:
        return Read([_plain(row) for row in pl.read_csv(path, infer_schema=False).rows()])
    except pl.exceptions.PolarsError:
        return None


def _duckdb(path: Path, _: Record) -> Read | None:
    try:
        with duckdb.connect() as connection:
            rows = connection.execute("from read_csv(?, all_varchar = true)", [str(path)]).fetchall()
    except duckdb.Error:
        return None
    return Read([_plain(row) for row in rows])


def _csv(path: Path, _: Record) -> Read | None:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return Read([_plain(row) for row in list(csv.reader(stream))[1:]])
    except (csv.Error, UnicodeDecodeError):
        return None


TOOLS: Mapping[str, Tool] = {"stadtlabor": stadtlabor, "polars": _polars, "DuckDB": _duckdb, "csv": _csv}


def measure(arguments: Sequence[str] = ()) -> bool:
    """Print for each tool what it made of all files; True where ours accepts under 50 wrong records and loses none."""
    if arguments:
        return _compare(Path(arguments[0]))
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder))
        return _compare(Path(folder))


def _compare(folder: Path) -> bool:
    pairs = [(path, folder / "clean" / path.name) for path in sorted((folder / "csv").glob("*.csv"))]
    pairs = [(polluted, clean) for polluted, clean in pairs if clean.exists()]
    print(f"{len(pairs):,} files        wrong records   files safe   whole   refused   with lost records")
    held = True
    for name, tool in TOOLS.items():
        total, worst = _judge(tool, pairs)
        print(
            f"{name:<14} {total['wrong']:>18,} {total['safe']:>12,} {total['whole']:>7,} {total['refused']:>9,} "
            f"{total['lost']:>15,}"
        )
        if tool is stadtlabor:
            held = total["wrong"] < 50 and not total["lost"]
            for kind, wrong in worst.most_common(8):
                print(f"    {wrong:>6,} wrong in {kind}")
    return held and bool(pairs)


def _judge(tool: Tool, pairs: Sequence[tuple[Path, Path]]) -> tuple[Counter[str], Counter[str]]:
    """Safe is a file of which no record was accepted wrong; whole, of which each was accepted and right."""
    total, worst = Counter[str](), Counter[str]()
    for polluted, clean in pairs:
        header, *records = (tuple(map(str.strip, row)) for row in csv.reader(io.StringIO(clean.read_text("utf-8"))))
        found = tool(polluted, header)
        if found is None:
            total.update(refused=1, safe=1)
            continue
        expected = Counter(map(_plain, records))
        wrong = (Counter(found.accepted) - expected).total()
        missing = (expected - Counter(found.accepted)).total()
        total.update(wrong=wrong, safe=not wrong, whole=not wrong and not missing)
        # What was read wrong or set aside is not lost; what is neither has vanished.
        total.update(lost=missing > wrong + found.set_aside)
        worst[polluted.stem.rstrip("0123456789_")] += wrong
    return total, +worst


def _plain(record: Sequence[str | None]) -> Record:
    """A record without blanks around its cells, line ends in one form, empty cells at its end left out."""
    cells = [" ".join((cell or "").split()) for cell in record]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def generate(folder: Path) -> None:
    """Write a table of our own in `clean/` and `csv/`, polluted in every way of `pollutions`."""
    dice = random.Random(SEED)
    rows = [_row(dice, number) for number in range(ROWS)]
    for part in ("csv", "clean"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, text in pollutions(rows):
        (folder / "csv" / f"{name}.csv").write_bytes(text.encode("utf-8"))
        (folder / "clean" / f"{name}.csv").write_text(_text([HEADER, *rows]), "utf-8")


def _row(dice: random.Random, number: int) -> Record:
    day = f"{dice.randrange(1, 29):02}.{dice.randrange(1, 13):02}.2022"
    note = dice.choice(("", "ja, gern", 'sagte "gut"', "zwei\nZeilen", "plain"))
    return day, f"{dice.randrange(24):02}:00", str(number), f"Platz {number}", f"{number}.50", note, dice.choice("AB")


def _text(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\r\n", quoting: int = csv.QUOTE_ALL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def pollutions(rows: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Name and text of each polluted file."""
    table = [HEADER, *rows]
    plain = _text(table)
    for name, delimiter in (("semicolon", ";"), ("tab", "\t"), ("blank", " "), ("comma-blank", ",")):
        yield f"file_delimiter_{name}", _text(table, delimiter).replace('","', '", "' if "-" in name else '","')
    for name, end in (("lf", "\n"), ("cr", "\r")):
        yield f"file_line_end_{name}", _text(table, end=end)
    yield "file_quote_single", plain.replace('""', "\0").replace('"', "'").replace("\0", '"')
    yield "file_quote_minimal", _text(table, quoting=csv.QUOTE_MINIMAL)
    yield "file_escape_backslash", plain.replace('""', "\0").replace("\0", '\\"')
    yield "file_preamble", "A title\r\n\r\n" + plain
    yield "file_footnote", plain + "\r\nQuelle: eigene\r\n"
    yield "file_no_line_end", plain.rstrip("\r\n")
    yield "file_header_less_delimiter", _text([HEADER[:-1], *rows])
    for place in range(0, len(rows), 5):
        yield from _of_a_row(rows, place)


def _of_a_row(rows: Sequence[Record], place: int) -> Iterator[tuple[str, str]]:
    """What befalls one record: a delimiter or a quotation mark too many or too few, another separator."""
    lines = [_text([row]) for row in (HEADER, *rows)]
    at = place + 1
    for column in range(len(HEADER)):
        cells = list(rows[place])
        cell = cells[column]
        changes = {
            "more_delimiter": _text([[*cells[:column], "", *cells[column:]]]),
            "less_delimiter": _text([cells[:column] + cells[column + 1 :]]),
            "extra_quote": _text([cells]).replace(f'"{cell}', f'""{cell}', 1),
            "lost_quote": _text([cells]).replace(f'"{cell}', cell, 1),
            "inner_quote": _text([cells], quoting=csv.QUOTE_MINIMAL).replace(cell[:2], cell[:2] + '"', 1),
        }
        for name, line in changes.items():
            yield f"row_{name}_{place}_{column}", "".join([*lines[:at], line, *lines[at + 1 :]])
    yield f"row_other_delimiter_{place}", "".join([*lines[:at], _text([rows[place]], ";"), *lines[at + 1 :]])
