"""Table of peer bands: quantiles of an indicator over all municipalities of a group.

As `stadtlabor peer-bands` writes it: the columns of `stadtlabor.readers.landing_tables.PEER_BANDS`, in any order.
"""

from collections.abc import Mapping

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.files.table import Table
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import landing_tables
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.statistics.table_reader import TableReader
from stadtlabor.values.signs import POINT, read_column

QUANTILES = tuple(name for name in landing_tables.PEER_BANDS if name[0] == "p" and name[1:].isdigit())
NUMBERS = ("municipality_count", *QUANTILES)
SIGNS_OF_IT = frozenset({"indicator_id", "peer_group", "p50"})


class PeerBands(TableReader):
    """Reader of peer bands."""

    name = "peer-bands"
    title = "Peer bands (quantiles over all municipalities of a group)"
    looks_for = "the headings indicator_id, peer_group and p50"
    landing = "peer_bands"
    confidence = 0.98
    remedy = "`stadtlabor peer-bands` writes such a file."

    def is_header(self, columns: list[str]) -> bool:
        """The headings indicator_id, peer_group and p50."""
        return set(columns) >= SIGNS_OF_IT

    def rows(self, table: Table, manifest: Manifest | None) -> ReadResult:
        """One landing row per record; a quantile that is no number sets the record aside."""
        if missing := [name for name in landing_tables.PEER_BANDS if name not in table.columns]:
            raise DeliveryError(f"missing column(s): {', '.join(missing)}", table.file.name, table.header_line,
                                remedy="`stadtlabor peer-bands` writes all of them.",
                                rule="column_missing")  # fmt: skip
        rows = [_rows(frame, table) for frame in table.frames()]
        schema = {"line": pl.String, **dict.fromkeys(landing_tables.PEER_BANDS, pl.String)}
        bands = pl.concat(rows) if rows else pl.DataFrame(schema=schema)
        facts = StatisticsFacts(
            layout=table.layout(),
            rows=len(bands),
            delivered=table.records + table.faulty_records,
            periods=bands["period"].drop_nulls().unique().sort().to_list(),
        )
        ignored = [name for name in table.columns if name and name not in landing_tables.PEER_BANDS]
        notes = [*table.notes(), *(f"passed over the column {name!r}" for name in ignored)]
        return ReadResult({"peer_bands": bands}, table.rejects, notes, facts)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """Nothing: peer bands name their indicators themselves."""
        return {}


def _rows(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    places = {name: f"c{table.columns.index(name)}" for name in landing_tables.PEER_BANDS}
    own = [pl.col(place).str.strip_chars().alias(name) for name, place in places.items()]
    rows = frame.select("line", *own)
    faulty: dict[int, str] = {}
    for name in NUMBERS:
        read = read_column(rows[name], POINT)
        # A quantile may be missing (null), never something that is no number.
        wrong = rows.filter(read["value"].is_null() & (pl.col(name) != ""))["line"]
        faulty.update(dict.fromkeys((line for line in wrong if line not in faulty), name))
        rows = rows.with_columns(read["value"].alias(name))
    for line, name in sorted(faulty.items()):
        table.reject(line, name, "not_a_number")
    rows = rows.filter(~pl.col("line").is_in(list(faulty)))
    return rows.with_columns(pl.col("line").cast(pl.String))


READER = PeerBands()
