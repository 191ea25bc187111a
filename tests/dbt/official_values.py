"""What the official files say of a municipality, by string handling alone: the oracle of the small towns' portraits.

`python -m tests.dbt.official_values TABLES RELEASE [COUNT [SEED]]` holds towns drawn by chance from a release
(release.duckdb) against the full tables in a folder, whatever the folder's own folders.
"""

import random
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb
import fastexcel

Value = tuple[str, str, str]  # municipality, indicator, period
BROADBAND = {50: 8, 100: 9, 200: 10, 400: 11, 1000: 12}
FIXED_LINE = {50: 20, 100: 21, 1000: 24}


def expected(tables: Path, keys: Collection[str]) -> dict[Value, float]:
    """Every value that follows from the files under `tables` for the municipalities with these keys."""
    found: dict[Value, float] = {}
    for reads in (_commuters, _population, _unemployed, _taxes, _broadband, _register):
        found.update({(ags, name, period): value for ags, name, period, value in reads(tables) if ags in keys})
    return found


def _cells(tables: Path, name: str) -> Iterator[tuple[str, list[float | None]]]:
    """Key and numbers of the rows of a table; a municipality that stands there twice is given where it has numbers."""
    path = next(tables.rglob(f"{name}*"))
    for line in path.read_text("utf-8").splitlines():
        cells = line.split(";")
        key = cells[0].strip()
        if key.isdigit() and len(key) in (8, 10):
            yield key[:5] + key[-3:], [float(cell) if re.fullmatch(r"-?\d+", cell) else None for cell in cells[2:]]


def _commuters(tables: Path) -> Iterator[tuple[str, str, str, float]]:
    for ags, (jobs, coming, residents, going, *_) in _cells(tables, "13111-08-02-5.csv"):
        if going is not None and residents:
            yield ags, "out_commuter_share", "2015-06-30", 100 * going / residents
        if coming is not None and jobs:
            yield ags, "in_commuter_share", "2015-06-30", 100 * coming / jobs
        if coming is not None and going is not None and jobs:
            yield ags, "commuter_balance", "2015-06-30", 100 * (coming - going) / jobs
        if jobs is not None and residents:
            yield ags, "jobs_per_100_employed_residents", "2015-06-30", 100 * jobs / residents


def _population(tables: Path) -> Iterator[tuple[str, str, str, float]]:
    for ags, numbers in _cells(tables, "12411-01-01-5.csv"):
        for year, (whole, _, women) in zip(range(2015, 2007, -1), zip(*[iter(numbers)] * 3, strict=True), strict=True):
            if whole is not None:
                yield ags, "population", f"{year}-12-31", whole
            if whole and women is not None:
                yield ags, "women_share", f"{year}-12-31", 100 * women / whole


def _unemployed(tables: Path) -> Iterator[tuple[str, str, str, float]]:
    inhabitants = {ags: numbers[0] for ags, numbers in _cells(tables, "12411-01-01-5.csv") if numbers[0]}
    for ags, numbers in _cells(tables, "13211-01-03-5.csv"):
        if numbers[0] is not None and (people := inhabitants.get(ags)):
            yield ags, "unemployed_per_1000", "2016", 1000 * numbers[0] / people
        if numbers[0] and numbers[6] is not None:
            yield ags, "long_term_unemployed_share", "2016", 100 * numbers[6] / numbers[0]


def _taxes(tables: Path) -> Iterator[tuple[str, str, str, float]]:
    for ags, numbers in _cells(tables, "71231-01-02-5.csv"):
        for name, place in {"property_tax_b_multiplier": 7, "trade_tax_multiplier": 8}.items():
            if (value := numbers[place]) is not None:
                yield ags, name, "2015", value


def _broadband(tables: Path) -> Iterator[tuple[str, str, str, float]]:
    columns = {f"broadband_{speed}": place for speed, place in BROADBAND.items()}
    columns |= {f"broadband_fixed_line_{speed}": place for speed, place in FIXED_LINE.items()}
    path = next(tables.rglob("breitband_gemeinde*"))
    for line in path.read_text("utf-8").splitlines()[1:]:
        cells = line.replace('"', "").split(",")
        for name, place in columns.items():
            if re.fullmatch(r"[\d.]+", cells[place]):
                yield cells[0], name, "2021-06-30", float(cells[place])


def _register(tables: Path) -> Iterator[tuple[str, str, str, float]]:
    book = fastexcel.read_excel(next(tables.rglob("31122023_Auszug_GV.xlsx")))
    rows = book.load_sheet(book.sheet_names[-1], header_row=None, dtypes="string").to_polars().rows()
    for kind, _, land, region, district, _, municipality, _, area, people, _, women, *_ in rows:
        if kind == "60" and area and people not in (None, "0"):
            ags = land + region + district + municipality
            yield ags, "population", "2023-12-31", float(people)
            yield ags, "area", "2023-12-31", float(area)
            yield ags, "population_density", "2023-12-31", float(people) / float(area)
            yield ags, "women_share", "2023-12-31", 100 * float(women) / float(people)


def published(release: Path, keys: Collection[str]) -> dict[Value, float]:
    """The values that a release publishes of these municipalities."""
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute(
            "select ags, indicator_id, period, value from small_town_values "
            "where value is not null and list_contains($keys, ags)",
            {"keys": list(keys)},
        ).fetchall()
    return {(ags, name, period): value for ags, name, period, value in rows}


def different(wanted: dict[Value, float], given: dict[Value, float]) -> list[str]:
    """The values of the files that are published otherwise, or not at all."""
    return [
        f"{' '.join(one)}: {value} in the file, {given.get(one)} published"
        for one, value in wanted.items()
        if one not in given or abs(given[one] - value) > 1e-9 * max(1.0, abs(value))
    ]


def main(tables: str, release: str, count: str = "50", seed: str = "2026") -> None:
    """Print how many values of towns drawn by chance were compared, and those that differ."""
    with duckdb.connect(release, read_only=True) as connection:
        known = [ags for (ags,) in connection.execute("select ags from small_towns order by ags").fetchall()]
    keys = set(random.Random(int(seed)).sample(known, int(count)))
    wanted = expected(Path(tables), keys)
    faults = different(wanted, published(Path(release), keys))
    print(f"{len(wanted)} values of {len(keys)} towns compared, {len(faults)} differ", *faults, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
