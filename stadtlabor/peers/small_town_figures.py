"""What the official tables say of every small town, as a delivery of compact Parquet files, one per table."""

from collections.abc import Collection
from pathlib import Path

import duckdb

from stadtlabor.base.places import shown
from stadtlabor.peers.official_tables import OfficialTable
from stadtlabor.peers.peer_deliveries import write_manifest
from stadtlabor.readers.figures_parquet import COLUMNS, READER

SMALLEST, BELOW = 5_000, 20_000
# Fewer municipalities are no list of all of Germany's.
FEWEST_OF_A_REGISTER = 1_000

# A municipality belongs here that the newest full list of municipalities has and that is of the size at any date of
# the tables, so that no band has a member that cannot be looked at, or that is a small town by BBSR.
_FIGURES = """
with registers as (
    select period from core.core__figures
    where figure = 'latitude' and value is not null
    group by period having count(*) >= {fewest}
),

register as (
    select municipality_id from core.core__figures
    where figure = 'latitude' and value is not null and period = (select max(period) from registers)
),

small as (
    select distinct municipality_id from core.core__figures
    where (figure = 'population' and value >= {smallest} and value < {below})
        or (figure = 'bbsr_town_type_key' and value in (30, 40))
),

labels as (
    select municipality_id, max_by(trim(region_label), period_end) as name
    from staging.stg_landing__figures
    where figure = 'latitude'
    group by municipality_id
)

select
    -- A name in every row would be a third of the files.
    municipality_id as ags, case when figure = 'latitude' then labels.name end as town,
    figure, period, value, sign, unit,
    source_text as source, licence, split_part(delivery_ids, ', ', 1) as official_table
from core.core__figures
inner join register using (municipality_id)
inner join small using (municipality_id)
left join labels using (municipality_id)
where not list_contains($network, municipality_id)
order by official_table, figure, period, ags
"""


def draw(
    connection: duckdb.DuckDBPyConnection,
    out_dir: Path,
    network: Collection[str],
    used: list[OfficialTable],
    keep: bool = False,
) -> list[str]:
    """Write the delivery `small-towns` from a warehouse in which the tables were computed with.

    The towns of the `network` (municipality keys) are left out, their figures are a delivery of their own; `keep` says
    that tables of before stand in the warehouse too. Returns what was done, line by line.
    """
    query = _FIGURES.format(smallest=SMALLEST, below=BELOW, fewest=FEWEST_OF_A_REGISTER)
    figures = connection.sql(query, params={"network": list(network)}).pl()
    if figures.is_empty():
        return ["no small towns drawn: no table lists all municipalities with their position (gv-isys does)"]
    folder, names = out_dir / "small-towns", []
    folder.mkdir(parents=True, exist_ok=True)
    for (table,), rows in figures.group_by(["official_table"], maintain_order=True):
        names.append(f"{table}.parquet")
        rows.select(COLUMNS).write_parquet(folder / names[-1], compression="zstd", compression_level=22)
    for path in folder.glob("*.parquet"):
        if path.name not in names:
            path.unlink()
    write_manifest(folder, names, _ABOUT, used, keep)
    count, size = figures["ags"].n_unique(), sum((folder / name).stat().st_size for name in names)
    return [f"wrote {shown(folder)}: {figures.height} figures of {count} small towns, {size:,} bytes"]


_ABOUT = {
    "id": "small-towns",
    "format": READER.name,
    "title": "Kleinstädte: amtliche Zahlen aller Gemeinden mit 5.000 bis unter 20.000 Einwohnern und aller Kleinstädte",
    "note": (
        "Mit `stadtlabor peer-bands` den vollständigen amtlichen Tabellen entnommen, die in jeder Zeile stehen: alle "
        "Gemeinden, die an einem Stichtag der Tabellen 5.000 bis unter 20.000 Einwohner haben, und alle Gemeinden "
        "größerer und kleiner Kleinstädte nach BBSR."
    ),
}
