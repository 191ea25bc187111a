"""The figures that raw/ holds: newly fetched tables are put beside them, to tell sizes and keep series whole."""

from pathlib import Path

import polars as pl

from stadtlabor.files.raw import RawFile
from stadtlabor.manifest import source
from stadtlabor.readers import landing_tables, registry
from stadtlabor.readers.figures_parquet import READER as SMALL_TOWNS

FORMATS = (SMALL_TOWNS.name, "figures")
# One figure of one municipality and period.
KEY = ("region_key", "figure", "period")


def read(raw: Path, anew: pl.DataFrame) -> pl.DataFrame:
    """The figures of the deliveries below `raw` that name their figures themselves, but for those told `anew`.

    Both in the columns of the landing table. A file of small towns goes by its own name, the others by their
    delivery's. DeliveryError where a delivery cannot be read.
    """
    frames = [landing_tables.empty("figures")]
    for path in sorted(raw.glob(f"*/{source.MANIFEST_NAME}")):
        manifest = source.load(path)
        if manifest.format not in FORMATS or manifest.synthetic:
            continue
        for file in manifest.files:
            there = RawFile(path.parent / file.name, file.name)
            rows = registry.by_name(manifest.format).read(there, manifest).tables["figures"]
            is_small_towns = manifest.format == SMALL_TOWNS.name
            frames.append(_landed(rows, Path(file.name).stem if is_small_towns else manifest.id, there))
    return pl.concat(frames).join(anew, on=KEY, how="anti")


def _landed(rows: pl.DataFrame, delivery_id: str, file: RawFile) -> pl.DataFrame:
    return rows.with_columns(
        pl.lit(delivery_id).alias("delivery_id"),
        pl.lit(file.name).alias("file"),
        pl.lit(file.sha256).alias("file_sha256"),
        pl.lit("").alias("row_sha256"),
    ).select(landing_tables.columns("figures"))
