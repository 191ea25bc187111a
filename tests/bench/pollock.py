"""Wrong records accepted from polluted files, beside polars, DuckDB and the csv module.

`--folder PATH` runs on HPI Pollock's files (`csv/` polluted, `clean/` as they are meant; Vitagliano et al.,
Pollock: A Data Loading Benchmark, VLDB 2023). Without it one table is polluted in each way the paper names.
"""

import csv
import io
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import duckdb
import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import open_table

MOST_WRONG = 50
RECORDS = 20
Rows = list[tuple[str, ...]]


def measure() -> bool:
    """Read all polluted files in four ways; False where ours accepts too many wrong records or loses one."""
    with tempfile.TemporaryDirectory() as made:
        given = sys.argv[sys.argv.index("--folder") + 1] if "--folder" in sys.argv else None
        folder = Path(given) if given else _generated(Path(made))
        pairs = [(path, folder / "clean" / path.name) for path in sorted((folder / "csv").iterdir())]
        pairs = [(polluted, clean) for polluted, clean in pairs if clean.exists()]
        wrong, safe, right, lost = Counter[str](), Counter[str](), Counter[str](), 0
        for polluted, clean in pairs:
            meant = Counter(map(_plain, _csv(clean)))
            for name, load in LOADERS.items():
                found, unaccounted = load(polluted)
                # The first row is headings: what stands under them is compared.
                extra = sum((Counter(map(_plain, found[1:])) - meant).values())
                wrong[name] += extra
                safe[name] += not extra
                right[name] += sum((Counter(map(_plain, found)) & meant).values())
                lost += unaccounted or 0
    print(
        f"{len(pairs):,} polluted files{'' if given else ' of our own'}: wrong records accepted, files without one, "
        "right records"
    )
    for name in LOADERS:
        print(f"  {name:<12} {wrong[name]:>8,} {safe[name]:>8,} {right[name]:>10,}")
    print(f"  lost by stadtlabor without a word: {lost}")
    return wrong["stadtlabor"] < MOST_WRONG and not lost


def _ours(path: Path) -> tuple[Rows, int | None]:
    """The records let in, the header first, and how many of the file are neither that nor set aside; or a refusal."""
    try:
        table = open_table(RawFile(path), "records", lambda cells: sum(map(bool, cells)) > 1)
        if table is None:
            return [], None
        frames = list(table.frames())
    except DeliveryError:
        return [], None
    rows = [row[1:] for frame in frames for row in frame.iter_rows()]
    lines = csv.reader(io.StringIO("".join(table.lines), newline=""), delimiter=table.delimiter)
    told = len(rows) + len(table.rejects) + table.blank_records + table.header_line
    return [tuple(table.columns), *rows], max(sum(map(bool, lines)) - told, 0)


def _csv(path: Path) -> Rows:
    text = path.read_bytes().decode("utf-8", "replace")
    try:
        dialect = csv.Sniffer().sniff(text[:5000], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), dialect) if row]


def _polars(path: Path) -> Rows:
    read = pl.read_csv(path, has_header=False, infer_schema=False, truncate_ragged_lines=True, encoding="utf8-lossy")
    return [tuple(cell or "" for cell in row) for row in read.iter_rows()]


def _duckdb(path: Path) -> Rows:
    with duckdb.connect() as connection:
        query = "select * from read_csv(?, header = false, all_varchar = true, null_padding = true, parallel = false)"
        return [tuple(cell or "" for cell in row) for row in connection.execute(query, [str(path)]).fetchall()]


def _or_none(load: Callable[[Path], Rows]) -> Callable[[Path], tuple[Rows, int | None]]:
    def loaded(path: Path) -> tuple[Rows, int | None]:
        try:
            return load(path), None
        except (pl.exceptions.PolarsError, duckdb.Error, csv.Error, UnicodeError):
            return [], None

    return loaded


LOADERS: dict[str, Callable[[Path], tuple[Rows, int | None]]] = {
    "stadtlabor": _ours,
    "polars": _or_none(_polars),
    "duckdb": _or_none(_duckdb),
    "csv": _or_none(_csv),
}


def _plain(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in row)


def _generated(folder: Path) -> Path:
    """One table of dates, places, texts with commas and numbers, polluted in each way at each of its records."""
    for name in ("csv", "clean"):
        (folder / name).mkdir()
    chance = random.Random(7)
    rows = [["DATE", "TIME", "Qty", "PRODUCT", "Note"]]
    for number in range(RECORDS):
        product = chance.choice(["Desk, oak", 'Screen 24"', "Chair", "Lamp\nwith switch"])
        rows.append([f"{number + 1:02}/03/2023", "09:30", str(number * 7), product, chance.choice(["", "new", "a b"])])
    clean = _written(rows)
    for number, (name, polluted) in enumerate(_pollutions(rows, clean)):
        file = f"{number:04}_{name}.csv"
        (folder / "csv" / file).write_bytes(polluted.encode())
        (folder / "clean" / file).write_bytes(clean.encode())
    return folder


def _written(rows: list[list[str]], **dialect: object) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, **{"lineterminator": "\r\n", **dialect}).writerows(rows)  # type: ignore[call-overload]
    return stream.getvalue()


def _pollutions(rows: list[list[str]], clean: str) -> Iterator[tuple[str, str]]:
    yield "source", clean
    yield "no_trailing_newline", clean.rstrip("\r\n")
    yield "double_trailing_newline", clean + "\r\n"
    yield "newlines_lf", clean.replace("\r\n", "\n")
    yield "no_header", _written(rows[1:])
    yield "header_only", _written(rows[:1])
    yield "preamble", "Sales\r\n\r\n" + clean
    for sign in ";\t|":
        yield f"delimiter_{ord(sign):x}", _written(rows, delimiter=sign)
    yield (
        "delimiter_and_blank",
        "\r\n".join(", ".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows),
    )
    yield "quote_27", _written(rows, quotechar="'")
    yield "quote_27_all", _written(rows, quotechar="'", quoting=csv.QUOTE_ALL)
    yield "escape_5c", _written(rows, doublequote=False, escapechar="\\")
    yield "escape_5c_all", _written(rows, doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL)
    lines = [_written([row]) for row in rows]
    for place, line in enumerate(lines):
        for at in [at for at, sign in enumerate(line) if sign == "," and line.count('"', 0, at) % 2 == 0]:
            yield f"more_{place}_{at}", "".join([*lines[:place], line[:at] + "," + line[at:], *lines[place + 1 :]])
            yield f"fewer_{place}_{at}", "".join([*lines[:place], line[:at] + line[at + 1 :], *lines[place + 1 :]])
        for at in range(0, len(line) - 2, 3):
            yield f"quote_{place}_{at}", "".join([*lines[:place], line[:at] + '"' + line[at:], *lines[place + 1 :]])
        for at in [at for at, sign in enumerate(line) if sign == '"']:
            yield f"unquote_{place}_{at}", "".join([*lines[:place], line[:at] + line[at + 1 :], *lines[place + 1 :]])
