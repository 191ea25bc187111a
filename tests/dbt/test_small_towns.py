"""Every small town's figures, from the official files through reading and models, against the files' own text."""

import random
from pathlib import Path

import duckdb
import polars as pl
import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.peers import small_town_figures
from stadtlabor.peers.official_tables import read_folder
from stadtlabor.readers.figures_parquet import COLUMNS, READER, SCHEMA
from tests.dbt import building, official_values
from tests.dbt.conftest import RAW

# Fifty towns drawn by chance from all small towns, with the rows of the official tables that are theirs.
CUTOUTS = Path(__file__).parent / "cutouts"
LARGEST_FILE, LARGEST_FOLDER = 2_000_000, 3_000_000


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    """A release of the cut-outs alone."""
    read = list(read_folder(CUTOUTS, []))
    figures = [row for table in read for row in table.figures.to_dicts()]
    deliveries = [{"delivery_id": name} for name in {row["delivery_id"] for row in figures}]
    built = building.build(
        tmp_path_factory.mktemp("small-towns"), "+small_town_values", figures=figures, deliveries=deliveries
    )
    assert built.result.ok, built.result.failures
    return built.release


def keys_of(release: Path) -> list[str]:
    with duckdb.connect(str(release), read_only=True) as connection:
        return [ags for (ags,) in connection.execute("select ags from small_towns order by ags").fetchall()]


def test_the_values_of_fifty_towns_are_those_of_the_official_files(release):
    keys = keys_of(release)
    wanted = official_values.expected(CUTOUTS, keys)

    assert len(keys) == 50
    assert len(wanted) > 50 * 20
    assert official_values.different(wanted, official_values.published(release, keys)) == []


def test_a_town_has_its_name_kreis_land_and_types(release):
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.sql("select * from small_towns").pl()

    assert rows.filter(pl.any_horizontal(pl.all().is_null())).is_empty()
    assert not rows["name"].str.contains(",").any()
    assert set(rows["town_type_key"]) <= {10, 20, 30, 40, 50}
    assert rows.filter(pl.col("town_type_key").is_in([30, 40])).height > 40


def test_what_raw_ships_are_the_figures_of_the_official_files():
    shipped = pl.concat([pl.read_parquet(path) for path in sorted((RAW / "small-towns").glob("*.parquet"))])
    keys = set(random.Random(2026).sample(sorted(shipped["ags"].unique()), 50))
    known = {
        (ags, figure, period): value
        for ags, figure, period, value in shipped.filter(pl.col("ags").is_in(keys) & pl.col("value").is_not_null())
        .select("ags", "figure", "period", "value")
        .iter_rows()
    }
    as_indicator = {
        "area_km2": "area",
        "property_tax_b_multiplier_pct": "property_tax_b_multiplier",
        "population": "population",
    }
    same = {
        (ags, as_indicator[name], period): value for (ags, name, period), value in known.items() if name in as_indicator
    }
    wanted = {
        one: value for one, value in official_values.expected(CUTOUTS, keys).items() if one[1] in as_indicator.values()
    }

    # A figure without a unit would be set aside at the gate.
    assert not shipped["unit"].has_nulls()
    assert len(wanted) > 50 * 8
    assert official_values.different(wanted, same) == []


def test_raw_holds_the_small_towns_in_little_room():
    sizes = [path.stat().st_size for path in (RAW / "small-towns").glob("*.parquet")]

    assert max(sizes) <= LARGEST_FILE
    assert sum(sizes) < LARGEST_FOLDER


@pytest.fixture
def drawn(tmp_path, monkeypatch) -> pl.DataFrame:
    """What is drawn of five municipalities: one by its size, one by its type, one of the network, two not at all."""
    monkeypatch.setattr(small_town_figures, "FEWEST_OF_A_REGISTER", 3)
    rows = [
        # key, population, BBSR type, still in the register
        ("01000001", 6_000, 50, True),
        ("01000002", 800, 40, True),
        ("01000003", 9_000, 30, True),
        ("01000004", 30_000, 20, True),
        ("01000005", 7_000, 40, False),
    ]
    given = []
    for key, people, kind, is_there in rows:
        given.append((key, "population", "2015-12-31", float(people), "", "t1"))
        given.append((key, "bbsr_town_type_key", "2019-12-31", float(kind), "", "t2"))
        given.append((key, "latitude", "2023-12-31" if is_there else "2018-12-31", 50.5, "", "t3"))
    given.append(("01000001", "unemployed", "2016", None, ".", "t1"))
    connection = duckdb.connect()
    connection.execute("create schema core; create schema staging")
    columns = ["municipality_id", "figure", "period", "value", "sign", "delivery_ids"]
    frame = pl.DataFrame(given, schema=columns, orient="row").with_columns(
        unit=pl.lit("Anzahl"), source_text=pl.lit("Amt"), licence=pl.lit("L"), region_label=pl.lit(" Ort, Stadt"),
        period_end=pl.col("period").str.slice(0, 4).cast(pl.Int32),
    )  # fmt: skip
    connection.register("given", frame)
    connection.execute("create table core.core__figures as from given")
    connection.execute("create table staging.stg_landing__figures as from given")
    (tmp_path / "small-towns").mkdir()
    (tmp_path / "small-towns" / "of-before.parquet").write_bytes(b"")

    small_town_figures.draw(connection, tmp_path, ["01000003"], [])

    paths = sorted((tmp_path / "small-towns").glob("*.parquet"))
    assert [path.stem for path in paths] == ["t1", "t2", "t3"]
    return pl.concat([pl.read_parquet(path) for path in paths])


def test_drawn_is_who_is_of_the_size_or_a_small_town_and_still_there(drawn):
    assert drawn.columns == COLUMNS
    assert sorted(drawn["ags"].unique()) == ["01000001", "01000002"]
    assert drawn.filter(pl.col("figure") == "latitude")["town"].unique().to_list() == ["Ort, Stadt"]
    assert drawn.filter(pl.col("figure") == "unemployed").select("value", "sign").rows() == [(None, ".")]


def parquet(folder: Path, **changed: object) -> RawFile:
    base = {"ags": "01053090", "town": "Mölln", "figure": "population", "period": "2023-12-31", "value": 19469.0,
            "sign": "", "unit": "Anzahl", "source": "Destatis", "licence": "L"}  # fmt: skip
    frame = pl.DataFrame([{**base, **changed}], schema_overrides={**SCHEMA} if "value" not in changed else None)
    frame.write_parquet(folder / "t.parquet")
    return RawFile(folder / "t.parquet", "t.parquet")


def test_a_row_lands_as_a_figure_of_the_project(tmp_path):
    (row,) = READER.read(parquet(tmp_path)).tables["figures"].to_dicts()

    assert READER.recognise(parquet(tmp_path)) is not None
    assert (row["line"], row["region_key"], row["figure"], row["value"], row["sign"]) == (
        "1", "01053090", "population", "19469", "",
    )  # fmt: skip


def test_a_column_of_another_kind_and_a_damaged_file_are_refused(tmp_path):
    with pytest.raises(DeliveryError, match="column 'value' is of the kind"):
        READER.read(parquet(tmp_path, value="viel"))
    (tmp_path / "t.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(DeliveryError, match="damaged"):
        READER.read(RawFile(tmp_path / "t.parquet", "t.parquet"))
