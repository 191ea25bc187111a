"""The small towns of Germany and their values, as `stadtlabor peer-bands` writes them: two Parquet files."""

import io
from collections.abc import Mapping

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers import landing_tables
from stadtlabor.readers.facts import StatisticsFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.statistics.keyed.inkar_parquet import MAGIC, schema_of

TABLES = ("municipalities", "municipality_values")


class SmallTowns:
    """Reader of the small towns."""

    name = "small-towns"
    kind = "statistics"
    title = "Small towns of Germany (Parquet, as peer-bands writes it)"
    looks_for = "the columns of municipalities, or of their values"

    def recognise(self, file: RawFile) -> Recognition | None:
        """By the mark of Parquet and exactly these columns."""
        return Recognition(0.99, "the columns of " + table) if (table := _table(file)) else None

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """One landing row per record; DeliveryError where the file is neither of the two tables."""
        table = _table(file)
        if table is None:
            raise DeliveryError("the file has not the columns of small towns", file.name,
                                remedy="`stadtlabor peer-bands` writes such files.", rule="no_header")  # fmt: skip
        frame = pl.read_parquet(io.BytesIO(file.data))
        rows = frame.with_row_index("line", 1).select(pl.all().cast(pl.String))
        layout = Layout(encoding="Parquet", columns=frame.columns, records=frame.height)
        return ReadResult(
            {table: rows}, facts=StatisticsFacts(layout=layout, rows=frame.height, delivered=frame.height)
        )

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """Nothing: the values name their indicators themselves."""
        return {}


def _table(file: RawFile) -> str | None:
    if not file.data.startswith(MAGIC):
        return None
    columns = tuple(schema_of(file))
    return next((name for name in TABLES if landing_tables.TABLES[name] == columns), None)


READER = SmallTowns()
