"""Peer bands against plain polars: on small invented tables, and on the real ones where they are."""

import csv
import shutil
from pathlib import Path

import polars as pl
import pytest

from stadtlabor.base.errors import BuildError
from stadtlabor.manifest import source
from stadtlabor.peers import official_tables, peer_deliveries, small_town_figures
from stadtlabor.peers.peer_bands import PEER_GROUP, QUANTILES, compute
from stadtlabor.readers.figures_parquet import COLUMNS
from tests.dbt.conftest import RAW

HEAD_13111 = """GENESIS-Tabelle: 13111-08-02-5
Sozialversicherungspflichtig Beschäftigte am Arbeits- und;;;;;;
Wohnort sowie Ein- und Auspendler über Gemeindegrenzen;;;;;;
- Stichtag 30.06. - regionale Tiefe: Gemeinden;;;;;;
Sozialversicherungspflichtig Beschäftigte;;;;;;
30.06.2015;;;;;;
;;Sozialversicherungspfl. Beschäftigte (Arbeitsort);Einpendler(innen) über Gemeindegrenze (Arbeitsort);Sozialversicherungspfl. Beschäftigte (Wohnort);Auspendler(innen) über Gemeindegrenzen (Wohnort);Pendlersaldo (über Gemeindegrenze)
;;Anzahl;Anzahl;Anzahl;Anzahl;Anzahl
"""  # noqa: E501
HEAD_12411 = """GENESIS-Tabelle: 12411-01-01-5
Bevölkerungsstand: Bevölkerung nach Geschlecht;;;;
- Stichtag 31.12. -;;;;
regionale Tiefe: Gemeinden, Samt-/Verbandsgemeinden;;;;
Fortschreibung des Bevölkerungsstandes;;;;
Bevölkerungsstand (Anzahl);;;;
;;31.12.2015;31.12.2015;31.12.2015
;;Insgesamt;männlich;weiblich
"""
FOOT = """__________
"© Statistische Ämter des Bundes und der Länder, Deutschland, 2017."
Stand: 10.10.2017 / 18:47:10
"""
# Forty municipalities of 5,000 and more in steps of 400, so that some are too large; every fourth is
# written as in Rheinland-Pfalz, with the association in its key.
SIZES = {f"{7 if n % 4 == 0 else 1:02}131{n:03}": 5000 + 400 * n for n in range(1, 41)}


def key_as_written(ags: str) -> str:
    return f"{ags[:5]}01{ags[5:]}" if ags.startswith("07") else ags


def out_commuters(ags: str) -> int:
    return 100 + 7 * int(ags[-3:])


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    population = [f"{key_as_written(ags)};  M;{size};{size // 2};{size - size // 2}" for ags, size in SIZES.items()]
    # The limits: 5,000 belongs to the group, 4,999 and 20,000 do not; a district and an association neither.
    population += ["01999001;  M;5000;2500;2500", "01999002;  M;4999;2499;2500", "01999003;  M;20000;10000;10000"]
    population += ["01999;  K, Landkreis;9000;4500;4500", "0713101;  V, Verbandsgem.;9000;4500;4500"]
    employees = [f"{key_as_written(ags)};  M;1000;500;1000;{out_commuters(ags)};0" for ags in SIZES]
    employees += ["01999001;  M;1000;500;1000;999;0", "01999002;  M;1000;500;1000;1;0"]
    employees += ["01999003;  M;1000;500;1000;1;0", "01999;  K, Landkreis;1000;500;1000;1;0"]
    # One keeps its figure secret and one has nothing: both are in the group and in no band of this indicator.
    employees[0] = f"{key_as_written(next(iter(SIZES)))};  M;1000;500;1000;.;."
    employees[1] = f"{key_as_written(list(SIZES)[1])};  M;-;-;-;-;-"
    for name, head, rows in (("a", HEAD_12411, population), ("b", HEAD_13111, employees)):
        (folder / f"{name}.csv").write_text(head + "\n".join(rows) + "\n" + FOOT, "utf-8")
    (folder / "notes.txt").write_text("no table\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def written(tables, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("raw")
    header = (RAW / "towns.csv").read_text("utf-8").splitlines()[0]
    ags = "07131004"
    (out / "towns.csv").write_text(f"{header}\nadorf,{ags},Adorf,Rheinland-Pfalz,,1,,,\n", "utf-8")
    (out / "told.txt").write_text("\n".join(compute([tables], out)), "utf-8")
    return out


def bands(out: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (out / "peer-bands" / "peer_bands.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["peer_group"] == PEER_GROUP]
    return {(row["indicator_id"], row["period"]): row for row in rows}


def test_the_quantiles_are_those_of_all_municipalities_of_the_group(written):
    in_group = [ags for ags, size in SIZES.items() if size < 20_000][2:]
    shares = pl.Series([out_commuters(ags) / 10 for ags in in_group] + [99.9])

    band = bands(written)["out_commuter_share", "2015-06-30"]

    assert int(band["municipality_count"]) == len(shares)
    for share in QUANTILES:
        assert float(band[f"p{share}"]) == pytest.approx(shares.quantile(share / 100, "linear"), rel=1e-12), share


def test_the_band_names_its_tables_and_the_population_that_decided_membership(written):
    band = bands(written)["out_commuter_share", "2015-06-30"]

    assert "13111-08-02-5" in band["tables"]
    assert "2015-12-31" in band["tables"]
    assert "12411-01-01-5" in band["tables"]


def test_what_was_not_used_is_named(written):
    assert "passed over notes.txt" in (written / "told.txt").read_text("utf-8")


def test_the_towns_own_figures_are_a_delivery_with_source_and_licence(written):
    with (written / "regional-tables" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        rows = {(row["figure"], row["period"]): row for row in csv.DictReader(stream)}

    assert rows["population", "2015-12-31"] == {
        "ags": "07131004",
        "town": "Adorf",
        "figure": "population",
        "value": "6600",
        "unit": "Anzahl",
        "period": "2015-12-31",
        "source": "Regionaldatenbank Deutschland, table 12411-01-01-5",
        "licence": "dl-de/by-2-0",
    }
    assert rows["out_commuters", "2015-06-30"]["value"] == "128"


@pytest.mark.parametrize("delivery", ["peer-bands", "regional-tables"])
def test_both_deliveries_have_a_manifest_that_fits_them(written, delivery):
    loaded = source.load(written / delivery / "source.yml")

    assert (loaded.id, loaded.kind, loaded.synthetic) == (delivery, "statistics", False)
    assert loaded.files[0].sha256 is not None


def test_a_second_run_changes_nothing(written, tables):
    before = {path: path.read_bytes() for path in written.rglob("*") if path.name != "told.txt" and path.is_file()}

    compute([tables], written)

    assert {path: path.read_bytes() for path in before} == before


def test_a_table_fetched_anew_is_put_beside_what_is_there(written, tmp_path, monkeypatch):
    monkeypatch.setattr(small_town_figures, "FEWEST_OF_A_REGISTER", 30)
    raw, tables = tmp_path / "raw", tmp_path / "tables"
    shutil.copytree(written, raw)
    tables.mkdir()
    at_home = {"figure": "latitude", "period": "2015-12-31", "sign": "", "unit": "Grad", "source": "S", "licence": "L"}
    towns = [{**at_home, "ags": ags, "town": f"M {ags}", "value": 50.0} for ags in SIZES if ags != "07131004"]
    people = [{**one, "figure": "population", "value": float(SIZES[one["ags"]])} for one in towns]
    folder = raw / "small-towns"
    folder.mkdir()
    pl.DataFrame([*towns, *people]).select(COLUMNS).write_parquet(folder / "gv-isys.parquet")
    peer_deliveries.write_manifest(folder, ["gv-isys.parquet"], small_town_figures._ABOUT, official_tables.known()[:1])
    rows = [f"{ags};M;1000;500;300;{out_commuters(ags) + 1}" for ags in SIZES]
    head = "Schlüssel;Gemeinde;am Arbeitsort;am Wohnort;Einpendler;Auspendler"
    (tables / "gemband-dlk-0-201606.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    before = bands(raw)

    compute([tables], raw, keep=True)

    now, shares = bands(raw), [(out_commuters(ags) + 1) / 5 for ags, size in SIZES.items() if size < 20_000]
    assert {key: now[key] for key in before} == before
    assert float(now["out_commuter_share", "2016-06-30"]["p50"]) == pytest.approx(pl.Series(shares).median())
    assert sorted(path.name for path in folder.glob("*.parquet")) == ["ba-gemband.parquet", "gv-isys.parquet"]
    assert pl.read_parquet(folder / "gv-isys.parquet").height == 2 * (len(shares) - 1)
    figures = (raw / "regional-tables" / "figures.csv").read_text("utf-8")
    assert ("out_commuters,129,Anzahl,2016-06-30" in figures, "out_commuters,128,Anzahl,2015" in figures) == (
        True,
        True,
    )
    assert "Bundesagentur" in source.load(folder / "source.yml").producer


def test_a_folder_without_a_known_table_is_an_error(tmp_path, written):
    with pytest.raises(BuildError, match="holds no table"):
        compute([tmp_path], written)


def commuters_of(folder: Path) -> pl.DataFrame:
    """Key, jobs, in-commuters, residents, out-commuters of the real table; by string handling alone."""
    lines = (folder / "13111-08-02-5.csv").read_text("utf-8").splitlines()
    cells = [line.split(";") for line in lines if line[:8].strip().isdigit() and line.count(";") >= 6]
    rows = [(cell[0][:5] + cell[0][-3:], *cell[2:6]) for cell in cells if len(cell[0]) in (8, 10)]
    frame = pl.DataFrame(rows, schema=["key", "jobs", "coming", "residents", "going"], orient="row")
    return frame.with_columns(pl.exclude("key").cast(pl.Float64, strict=False))


def population_of(folder: Path, date_position: int) -> dict[str, int]:
    """Inhabitants by AGS: the first five and the last three digits of the key, whatever stands between."""
    lines = (folder / "12411-01-01-5.csv").read_text("utf-8").splitlines()
    cells = [line.split(";") for line in lines if line[:8].strip().isdigit()]
    given = [cell for cell in cells if cell[date_position].isdigit() and len(cell[0]) in (8, 10)]
    return {cell[0][:5] + cell[0][-3:]: int(cell[date_position]) for cell in given}


def test_the_shipped_bands_are_those_of_the_real_tables(shared_data):
    """The nearest population to 30 June 2015 is that of 31 December 2014 (181 days; 2015: 184)."""
    folder = shared_data / "statistics" / "regionalstatistik"
    newer, older = population_of(folder, 2), population_of(folder, 5)
    nearest = {**newer, **older}
    group = commuters_of(folder).filter(
        pl.col("key").map_elements(lambda key: 5000 <= nearest.get(key, 0) < 20_000, return_dtype=pl.Boolean)
    )
    # A cell with a sign instead of a number takes its municipality out of that indicator alone.
    balance = ((group["coming"] - group["going"]) / group["jobs"] * 100).drop_nulls()
    share = (group["going"] / group["residents"] * 100).drop_nulls()

    for indicator_id, values in (("commuter_balance", balance), ("out_commuter_share", share)):
        band = bands(RAW)[indicator_id, "2015-06-30"]
        for quantile in QUANTILES:
            expected = values.quantile(quantile / 100, "linear")
            assert float(band[f"p{quantile}"]) == pytest.approx(expected, rel=1e-9), (indicator_id, quantile)
        assert int(band["municipality_count"]) == len(values)


def test_the_shipped_bands_are_what_the_command_writes(shared_data, tmp_path):
    official = shared_data.parent / "official" / "files"
    if not official.is_dir():
        pytest.skip("the newer official files are not here")
    (tmp_path / "towns.csv").write_bytes((RAW / "towns.csv").read_bytes())

    compute([shared_data / "statistics", official], tmp_path)

    for path in (tmp_path / "small-towns").glob("*.parquet"):
        assert pl.read_parquet(path).equals(pl.read_parquet(RAW / "small-towns" / path.name)), path.name
    for file in ("peer-bands/peer_bands.csv", "regional-tables/figures.csv"):
        assert (tmp_path / file).read_text("utf-8") == (RAW / file).read_text("utf-8"), file
