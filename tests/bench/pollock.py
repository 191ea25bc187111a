"""Polluted CSV files: how many records are accepted wrong, beside polars, DuckDB and Python's csv module.

`python -m tests.bench pollock FOLDER` runs on a folder of HPI Pollock's files (`csv/` as polluted, `clean/` as it
should be read, under the same names), `pollock FILE` on all 2,290 pollutions of a table, and without either on those of
a made-up one.
"""

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import open_table
from tests.bench import pollutions

Record = tuple[str, ...]


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
    source = Path(arguments[0]) if arguments else None
    if source and source.is_dir():
        return _compare(source)
    with tempfile.TemporaryDirectory() as folder:
        table = source.read_bytes().decode("utf-8") if source else pollutions.own_table()
        generate(Path(folder), table)
        return _compare(Path(folder))


def generate(folder: Path, table: str) -> None:
    """Write a table in every pollution in `csv/`, and what is right to read of each in `clean/`."""
    for part in ("csv", "clean"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, text, right in pollutions.polluted(table):
        (folder / "csv" / f"{name}.csv").write_bytes(text.encode("utf-8"))
        with (folder / "clean" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(right)


def _compare(folder: Path) -> bool:
    pairs = [(path, folder / "clean" / path.name) for path in sorted((folder / "csv").glob("*.csv"))]
    pairs = [(polluted, clean) for polluted, clean in pairs if clean.exists()]
    print(f"{len(pairs):,} files        wrong records   files safe   whole   refused   with lost records")
    held = True
    for name, tool in TOOLS.items():
        total, worst = judge(tool, pairs)
        print(
            f"{name:<14} {total['wrong']:>18,} {total['safe']:>12,} {total['whole']:>7,} {total['refused']:>9,} "
            f"{total['lost']:>15,}"
        )
        if tool is stadtlabor:
            held = total["wrong"] < 50 and not total["lost"]
            for kind, wrong in worst.most_common(8):
                print(f"    {wrong:>6,} wrong in {kind}")
    return held and bool(pairs)


def judge(tool: Tool, pairs: Sequence[tuple[Path, Path]]) -> tuple[Counter[str], Counter[str]]:
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
