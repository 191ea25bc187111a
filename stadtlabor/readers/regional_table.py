"""Tables of the Regionaldatenbank and of GENESIS-Online as CSV: titles, stacked header, records, notes.

Records are `key;name;values…`, with the period in the header or above it, or `date;key;name;values…`;
further label columns are further dimensions. Regions of several levels stand side by side and are all
kept under their own keys; nothing is summed.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

import polars as pl

from stadtlabor import delimited, periods
from stadtlabor.errors import DeliveryError
from stadtlabor.manifest import Manifest
from stadtlabor.rawfile import RawFile
from stadtlabor.readers import ReadResult, Recognition, cells, stacked_header, wide
from stadtlabor.readers.stacked_header import TOTALS, Header
from stadtlabor.readers.table import Table
from stadtlabor.signs import GERMAN, POINT, Dialect

FIRST_LINE = re.compile(r'"?(?:GENESIS-)?(?P<word>Tabelle|Table): *(?P<code>[^;,"\r\n]+)', re.IGNORECASE)
FOOTER = re.compile(r'"?_{3,}"?[;,\t]*\s*')
# Germany; Land, Bezirk, Kreis, association, municipality, regional keys of 7 to 12 digits.
REGION_KEY = r"^(?:DG|[0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9]{7,12})$"
# A title line of its own says that the whole table is about Germany.
GERMANY = frozenset({"Deutschland", "Germany"})


class RegionalTable:
    """Reader of Regionaldatenbank and GENESIS tables."""

    name = "regional-table"
    kind = "statistics"
    title = "Regionaldatenbank or GENESIS table (CSV with titles and stacked header)"
    looks_for = "a first line 'GENESIS-Tabelle: …' or 'Tabelle: …'"
    publisher = "Statistische Ämter des Bundes und der Länder"
    licence = "dl-de/by-2-0"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By its first line, 'GENESIS-Tabelle: …' or 'Tabelle: …'."""
        found = FIRST_LINE.match(file.head)
        return Recognition(0.97, f"the first line is {found[0]!r}") if found else None

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per cell; DeliveryError where no header or no record is found."""
        lines = delimited.split_lines(file.text)
        body = _body(lines)
        table, header = _open(file, lines, body)
        frames = list(table.frames())
        if not frames:
            raise DeliveryError("there is a header and no record below it", file.name, table.header_line,
                                remedy="Ask for the table again.")  # fmt: skip
        found = FIRST_LINE.match(file.head)
        code = found["code"].strip() if found else ""
        english = bool(found and found["word"].lower() == "table")
        labels = _label_kinds(frames[0], header.labels)
        source = cells.source_of(manifest, _publisher(lines[body:]), code)
        stated = {"source": pl.lit(source), "licence": pl.lit(cells.licence_of(manifest), pl.String)}
        rows = [_rows(frame, header, labels, stated, table, POINT if english else GERMAN) for frame in frames]
        delivered = table.records * len(header.columns) + table.faulty_records
        result = cells.result(table, rows, manifest, delivered, _notes(header, labels, lines[body:]))
        result.facts.update(table_code=code, titles=header.titles, header_lines=len(header.rows))
        return result

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The table's measures and periods."""
        return cells.scaffold(result)


def _body(lines: Sequence[str]) -> int:
    """How many lines stand above the line of underscores, or above what is no record any more."""
    for number, line in enumerate(lines):
        if line.lstrip('"').startswith("___") and FOOTER.fullmatch(line):
            return number
    last = len(lines)
    while last > 1 and not re.search(r"[;,\t][^;,\t\r\n]", lines[last - 1]):
        last -= 1
    return last


def _open(file: RawFile, lines: Sequence[str], body: int) -> tuple[Table, Header]:
    for delimiter in delimited.DELIMITERS:
        searched = delimited.records(lines[:body], delimiter)
        head = list(islice(searched, stacked_header.SEARCHED_RECORDS))
        titles, rows = stacked_header.split([record.fields for record in head])
        if not rows or titles + rows >= len(head):
            continue
        header = stacked_header.understand(
            [record.fields[0] for record in head[:titles] if record.fields],
            [record.fields for record in head[titles : titles + rows]],
            [record.fields for record in head[titles + rows :]],
        )
        names = [f"label {index + 1}" for index in range(header.labels)]
        names += [""] * (header.width - header.labels)
        for column in header.columns:
            names[column.index] = column.heading
        return Table(
            file, "figures", names, head[titles].line, head[titles + rows].line, delimiter,
            "the header and the records stand between it", lines[:body],
        ), header  # fmt: skip
    raise DeliveryError("no header with records below it is found", file.name, 1,
                        remedy="Is the table cut off? Download it again as CSV.")  # fmt: skip


def _label_kinds(frame: pl.DataFrame, count: int) -> dict[str, int]:
    """Which label column is the period, the key, the name, or a further dimension (row_1, row_2 …)."""
    kinds: dict[str, int] = {}
    for index in range(count):
        texts = frame[f"c{index}"].str.strip_chars()
        filled = texts.filter(texts != "")
        if "period" not in kinds and len(filled) and all(periods.iso(text) for text in filled.unique()):
            kinds["period"] = index
        elif "region_key" not in kinds and filled.str.contains(REGION_KEY).sum() > 0.9 * len(filled):
            kinds["region_key"] = index
        elif "region_label" not in kinds:
            kinds["region_label"] = index
        else:
            kinds[f"row_{len([name for name in kinds if name.startswith('row_')]) + 1}"] = index
    return kinds


def _rows(
    frame: pl.DataFrame,
    header: Header,
    labels: Mapping[str, int],
    stated: Mapping[str, pl.Expr],
    table: Table,
    dialect: Dialect,
) -> pl.DataFrame:
    base = {name: pl.col(f"c{index}").str.strip_chars() for name, index in labels.items()}
    if not {"region_key", "region_label"} & base.keys() and GERMANY & set(header.titles):
        base["region_key"], base["region_label"] = pl.lit("DG"), pl.lit("Deutschland")
    if "period" in base:
        base["period"] = periods.iso_column(base["period"])
    dimensions = [name for name in base if name.startswith("row_")]
    for name in dimensions:
        is_total = base[name].str.to_lowercase().is_in(list(TOTALS))
        base[name] = pl.when(is_total).then(None).otherwise(base[name])
    long = wide.to_cells(frame, header.columns, {**base, **stated}, dimensions)
    return cells.to_rows(long, table, dialect)


def _publisher(footer: Sequence[str]) -> str:
    return (
        "Destatis, GENESIS-Online"
        if any("Statistisches Bundesamt" in line for line in footer)
        else "Regionaldatenbank Deutschland"
    )


def _notes(header: Header, labels: Mapping[str, int], footer: Sequence[str]) -> list[str]:
    notes = [f"title: {title}" for title in header.titles]
    if footer:
        text = " ".join(line.strip().strip('"') for line in footer[1:]).strip()
        notes.append(f"passed over {len(footer)} line(s) of notes at the end: {text[:400]}")
    if "region_key" not in labels:
        notes.append("the table has no column of region keys; regions are known by name only")
    return notes


READER = RegionalTable()
