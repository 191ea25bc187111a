"""Peer bands: how all municipalities of the towns' size stand, from the full official tables.

The tables run through the very dbt models that compute the towns' indicators, in a warehouse that
is thrown away; only quantiles are kept. The towns' own figures of these tables become a delivery too.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from stadtlabor.base.errors import BuildError
from stadtlabor.base.places import shown
from stadtlabor.build import transform
from stadtlabor.build.landed import DELIVERY_COLUMNS
from stadtlabor.manifest import towns
from stadtlabor.peers import kept_figures, small_town_figures
from stadtlabor.peers.official_tables import OfficialTable, read_folder
from stadtlabor.peers.peer_deliveries import deliver_bands, deliver_figures
from stadtlabor.readers import landing_tables

PEER_GROUP = "municipalities_5000_to_under_20000"
SMALLEST, BELOW = small_town_figures.SMALLEST, small_town_figures.BELOW
# BBSR's keys: 30 and 40 are the larger and the smaller small towns; 1 is very central, 4 very peripheral.
TOWN_TYPE, LOCATION = "bbsr_town_type_key", "bbsr_location_key"
TYPES_SOURCE = "BBSR, Raumgliederungen (Referenz Gemeinden)"
QUANTILES = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)
# Deciles of fewer municipalities would describe single ones.
FEWEST = 30
# The model of what is known of every municipality; desks, events and labs are the towns' alone.
MODEL = "indicators__official"

# Membership needs a size at the indicator's own date, and the tables rarely have it: the nearest population decides,
# at most a year away, and `tables` says of which dates those were. BBSR's types are of one day; its small towns are
# no matter of size.
_BANDS = """
with municipal_values as (
    select * from indicators.{model}
    where value is not null and breakdown = 'total'
        and not list_has_any(string_split(delivery_ids, ', '), {without})
        and list_has_any(string_split(delivery_ids, ', '), {anew})
),

dates as (
    select distinct
        municipality_id,
        period,
        -- A mean over several years is that of the municipality as it has become.
        case
            when date_diff('day', period_start, period_end) > 366 then period_end
            else period_start + cast(floor(date_diff('day', period_start, period_end) / 2) as integer)
        end as reference_date
    from municipal_values
),

populations as (
    select municipality_id, period, reference_date, value, source_text
    from core.core__figures
    where figure = 'population' and value is not null
),

types as (
    select
        municipality_id,
        max_by(value, reference_date) filter (figure = '{town_type}') as town_type,
        max_by(value, reference_date) filter (figure = '{location}') as location
    from core.core__figures
    where figure in ('{town_type}', '{location}')
    group by municipality_id
),

sized as (
    select
        dates.municipality_id,
        dates.period,
        populations.value >= {smallest} and populations.value < {below} as is_of_the_size,
        populations.period as population_period,
        populations.source_text as population_source
    from dates
    inner join populations
        on dates.municipality_id = populations.municipality_id
        and populations.reference_date between dates.reference_date - interval 12 month
        and dates.reference_date + interval 12 month
    qualify row_number() over (
        partition by dates.municipality_id, dates.period
        order by abs(date_diff('day', dates.reference_date, populations.reference_date)),
            populations.reference_date desc
    ) = 1
),

members as (
    select
        sized.*,
        unnest(list_filter([
            case when is_of_the_size then '{size_group}' end,
            case town_type when 30 then 'bbsr_larger_small_towns' when 40 then 'bbsr_smaller_small_towns' end,
            case when is_of_the_size then 'land_' || left(municipality_id, 2) end,
            case when is_of_the_size then 'location_' || cast(location as integer) end
        ], lambda one: one is not null)) as peer_group
    from sized
    left join types using (municipality_id)
)

select
    indicator_id,
    peer_group,
    period,
    count(*) as municipality_count,
    quantile_cont(value, {shares}) as quantiles,
    string_agg(distinct source_text, '; ' order by source_text) as source_text,
    string_agg(distinct population_period, ', ' order by population_period) as population_periods,
    string_agg(distinct population_source, '; ' order by population_source) as population_sources
from municipal_values
inner join members using (municipality_id, period)
group by indicator_id, peer_group, period
having count(*) >= {fewest}
order by indicator_id, peer_group <> '{size_group}', peer_group, period
"""


def compute(tables_dirs: Sequence[Path], out_dir: Path, keep: bool = False) -> list[str]:
    """Compute the bands from the tables in `tables_dirs` and write three deliveries below `out_dir`.

    `peer-bands/` gets deciles and quartiles of every indicator over the municipalities of 5,000 to
    under 20,000 inhabitants, `regional-tables/` the figures of the towns in `out_dir`/towns.csv.
    `small-towns/` gets those of every municipality of that size and of every small town. With `keep` what `out_dir`
    holds and these tables do not give anew stays, and tells who is of the size; the towns' figures are then all of
    these tables'. Returns what was done, line by line. Raises DeliveryError for an unusable table, BuildError where
    no table is known or the models fail.
    """
    messages: list[str] = []
    network = towns.load(out_dir / "towns.csv")
    with tempfile.TemporaryDirectory(prefix="stadtlabor-peer-bands-") as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        used = _land(tables_dirs, warehouse, messages, out_dir if keep else None)
        if not used:
            raise BuildError(f"{', '.join(map(shown, tables_dirs))} holds no table that official_tables.yml names.")
        result = transform.run(warehouse, Path(folder) / "release.duckdb", Path(folder) / "target", f"+{MODEL}")
        if not result.ok:
            raise BuildError("The models failed on these tables.\n" + "\n".join(result.failures))
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            connection.execute("set enable_progress_bar = false")
            bands = list(_bands(connection, used))
            figures = _figures_of(connection, network, used, keep)
            messages += small_town_figures.draw(connection, out_dir, [town.ags for town in network], used, keep)
    delivering = [table for table in used if keep or table.towns_periods != []]
    messages.append(deliver_bands(out_dir / "peer-bands", bands, used, keep))
    messages.append(deliver_figures(out_dir / "regional-tables", figures, delivering, keep))
    return messages


def _land(
    tables_dirs: Sequence[Path], warehouse: Path, messages: list[str], kept: Path | None = None
) -> list[OfficialTable]:
    """Write the landing schema of a warehouse without towns: the tables' rows, those `kept` there, all else empty."""
    used: dict[str, OfficialTable] = {}
    frames = [landing_tables.empty("figures")]
    for table in (one for folder in tables_dirs for one in read_folder(folder, messages)):
        messages.append(f"read {table.file}: {table.figures.height} figures")
        used[table.official.delivery_id] = table.official
        frames.append(table.figures)
    figures = pl.concat(frames)
    if kept:
        figures = pl.concat([figures, kept_figures.read(kept, figures)])
    titles = {name: used[name].title if name in used else name for name in figures["delivery_id"].unique()}
    deliveries = [
        {"delivery_id": name, "title": title, "kind": "statistics", "is_synthetic": "false"}
        for name, title in titles.items()
    ]
    given = {
        "figures": figures,
        "deliveries": pl.DataFrame(deliveries, schema=dict.fromkeys(DELIVERY_COLUMNS, pl.String)),
        "towns": pl.DataFrame(schema=dict.fromkeys(towns.COLUMNS, pl.String)),
    }
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema landing")
        for name in (*landing_tables.TABLES, "deliveries", "towns"):
            frame = given[name] if name in given else landing_tables.empty(name)
            connection.register("given", frame)
            connection.execute(f"create table landing.{name} as select * from given")
            connection.unregister("given")
    return list(used.values())


def _bands(connection: duckdb.DuckDBPyConnection, used: Sequence[OfficialTable]) -> Iterator[dict[str, Any]]:
    """One row per indicator and period, in the columns of the landing table."""
    query = _BANDS.format(
        model=MODEL,
        shares=[share / 100 for share in QUANTILES],
        smallest=SMALLEST,
        below=BELOW,
        fewest=FEWEST,
        size_group=PEER_GROUP,
        town_type=TOWN_TYPE,
        location=LOCATION,
        without=[table.delivery_id for table in used if not table.has_bands],
        anew=[table.delivery_id for table in used],
    )
    for indicator_id, group, period, count, quantiles, source, dates, population_source in connection.execute(
        query
    ).fetchall():
        yield {
            "indicator_id": indicator_id,
            "peer_group": group,
            "period": period,
            "municipality_count": count,
            **{f"p{share}": _plain(value) for share, value in zip(QUANTILES, quantiles, strict=True)},
            "tables": source + _membership(group, dates, population_source),
        }


def _membership(group: str, dates: str, population_source: str) -> str:
    if group.startswith("bbsr_"):
        return f"; small towns by {TYPES_SOURCE}"
    by_location = f"; location by {TYPES_SOURCE}" if group.startswith("location_") else ""
    return f"; size class by the nearest population, of {dates} ({population_source}){by_location}"


def _figures_of(
    connection: duckdb.DuckDBPyConnection, network: list[towns.Town], used: Sequence[OfficialTable], every: bool
) -> list[dict[str, Any]]:
    """The towns' figures of the tables that deliver them, or of `every` one; signs as the office wrote them."""
    names = {town.ags: town.fields["name"] for town in network}
    rows = connection.execute(
        "select municipality_id, figure, value, sign, unit, period, source_text, licence, delivery_ids "
        "from core.core__figures "
        "where list_contains($keys, municipality_id) order by figure, period, municipality_id",
        {"keys": list(names)},
    ).fetchall()
    return [
        {
            "ags": key, "town": names[key], "figure": figure,
            "value": sign if value is None else _plain(value),
            "unit": unit, "period": period, "source": source, "licence": licence,
        }
        for key, figure, value, sign, unit, period, source, licence, tables in rows
        if any(every or _delivers(one, period) for one in used if one.delivery_id in tables.split(", "))
    ]  # fmt: skip


def _delivers(table: OfficialTable, period: str) -> bool:
    return table.towns_periods is None or period in table.towns_periods


def _plain(value: float) -> str:
    """A number as plain decimal text, as computed but for what lies beyond the eighteenth decimal."""
    return str(int(value)) if value == int(value) else f"{value:.18f}".rstrip("0") if abs(value) < 0.01 else repr(value)
