"""What the full tables say of every small town: the newest value of each official indicator, compact.

Small are the municipalities of 5,000 to under 20,000 inhabitants, and those that the BBSR calls a larger or smaller
small town.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from stadtlabor.base.places import shown
from stadtlabor.peers.official_tables import OfficialTable
from stadtlabor.peers.peer_deliveries import describe

TOWNS, VALUES = "municipalities.parquet", "values.parquet"

_TOWNS = """
with latest as (
    select municipality_id, figure, max_by(value, reference_date) as value, max(period_end) as period_end
    from core.core__figures
    where value is not null
        and figure in ('population', 'area_km2', 'latitude', 'longitude', 'bbsr_town_type', 'bbsr_location')
    group by all
),

named as (
    select region_key, max_by(region_label, period) as name
    from landing.figures
    where delivery_id = 'gv-isys'
    group by region_key
),

-- Of several tables the newest names a district as it is called today; its keys have five digits.
districts as (
    select region_key, trim(max_by(region_label, period)) as name
    from landing.figures
    where length(region_key) = 5
    group by region_key
),

wide as (
    select
        municipality_id,
        max(value) filter (where figure = 'population') as population,
        max(period_end) filter (where figure = 'population') as population_date,
        max(value) filter (where figure = 'area_km2') as area_km2,
        max(value) filter (where figure = 'latitude') as latitude,
        max(value) filter (where figure = 'longitude') as longitude,
        max(value) filter (where figure = 'bbsr_town_type') as town_type,
        max(value) filter (where figure = 'bbsr_location') as location
    from latest
    group by municipality_id
)

select
    wide.municipality_id as ags,
    named.name,
    districts.name as district,
    cast(wide.population as integer) as population,
    wide.population_date,
    wide.area_km2,
    round(wide.latitude, 4) as latitude,
    round(wide.longitude, 4) as longitude,
    cast(wide.town_type as utinyint) as town_type,
    cast(wide.location as utinyint) as location
from wide
inner join named on wide.municipality_id = named.region_key
left join districts on left(wide.municipality_id, 5) = districts.region_key
where wide.population_date = (select max(period_end) from latest where figure = 'population')
    and ((wide.population >= 5000 and wide.population < 20000) or wide.town_type in (30, 40))
order by ags
"""

_VALUES = """
with newest as (
    select indicator_id, max_by(period, period_end) as period
    from indicators.indicators__official
    where value is not null and breakdown = 'total'
    group by indicator_id
)

select
    indicator_id,
    period,
    municipality_id as ags,
    -- The authors of an estimate ask for whole numbers.
    round(value, case when quality_grade = 'estimate' then 0 else 4 end) as value
from indicators.indicators__official
inner join newest using (indicator_id, period)
where value is not null and breakdown = 'total' and list_contains($towns, municipality_id)
order by indicator_id, ags
"""


def drawn(connection: duckdb.DuckDBPyConnection) -> Mapping[str, pl.DataFrame]:
    """Both tables by their files' names, from the warehouse of the full tables."""
    towns = connection.sql(_TOWNS).pl()
    values = connection.sql(_VALUES, params={"towns": towns["ags"].to_list()}).pl()
    return {TOWNS: towns, VALUES: values}


def deliver(folder: Path, tables: Mapping[str, pl.DataFrame], used: list[OfficialTable]) -> str:
    """Write both tables with their source.yml; returns what was done."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / name, compression="zstd", compression_level=19, statistics=False)
    about = {
        "id": "small-towns",
        "format": "small-towns",
        "title": "Amtliche Kennzahlen aller Kleinstädte",
        "note": (
            "Je Kennzahl der neueste Wert aller Gemeinden mit 5.000 bis unter 20.000 Einwohnern und aller Kleinstädte "
            "des BBSR, mit denselben Modellen gerechnet wie die Kennzahlen der Städte."
        ),
    }
    describe(folder, list(tables), about, used)
    size = sum((folder / name).stat().st_size for name in tables)
    return f"wrote {shown(folder)}: {tables[TOWNS].height} towns, {tables[VALUES].height} values, {size:,} bytes"
