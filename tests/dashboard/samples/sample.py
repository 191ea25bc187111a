"""A small release written with plain DuckDB, so that pages are tested without a build.

The columns are the release's contract; rows state what a test is about and are merged over defaults.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from dashboard.release import store
from stadtlabor.base import contract
from stadtlabor.build import finish

# The release's contract.
CONTRACT = finish.published_tables()

# All that the dashboard reads.
TABLES = set(CONTRACT)

TOWNS = [
    ("wittenberge", "12070424", "Wittenberge", "Brandenburg", "Brandenburg", 5, 52.99, 11.75, 16_876, 50.63),
    ("diessen", "09181114", "Dießen am Ammersee", "Bayern", "Bavaria", 1, 47.95, 11.10, 10_712, 82.66),
    ("moelln", "01053090", "Mölln", "Schleswig-Holstein", "Schleswig-Holstein", 3, 53.63, 10.69, 19_469, 25.05),
    ("oestrich-winkel", "06439012", "Oestrich-Winkel", "Hessen", "Hesse", 4, 50.01, 8.02, 11_838, 59.51),
    ("dippoldiswalde", "14628060", "Dippoldiswalde", "Sachsen", "Saxony", 2, 50.89, 13.67, 14_161, 103.99),
]
ORDER = ["diessen", "dippoldiswalde", "moelln", "oestrich-winkel", "wittenberge"]
NAMES = {town[0]: town[2] for town in TOWNS}

CATALOGUE = [
    ("population__inhabitants", "population", "Einwohnerzahl", "Population", "Einwohner", "inhabitants", 0, "count"),
    ("commuting__out_share", "commuting", "Auspendlerquote", "Out-commuter share", "%", "%", 1, "share"),
    ("commuting__balance", "commuting", "Pendlersaldo", "Commuter balance", "%", "%", 1, "balance"),
    (
        "labour__unemployed",
        "labour",
        "Arbeitslose je 1.000 Einwohner",
        "Unemployed per 1,000",
        "je 1.000 Einwohner",
        "per 1,000 inhabitants",
        1,
        "per_thousand",
    ),
    ("housing__rent", "housing", "Nettokaltmiete", "Net rent", "€ je m²", "€ per m²", 2, "amount"),
    ("housing__vacancy", "housing", "Leerstand von Wohnungen", "Dwelling vacancy", "%", "%", 1, "share"),
    ("broadband__1000", "broadband", "Breitband ab 1.000 Mbit/s", "Broadband from 1,000 Mbit/s", "%", "%", 1, "share"),
    ("tourism__beds", "tourism", "Gästebetten", "Guest beds", "Betten", "beds", 0, "count"),
]

# Values in the order of ORDER; None is a value the office keeps secret.
VALUES: dict[str, dict[str, list[float | None]]] = {
    "population__inhabitants": {
        "2012-12-31": [10_104, 10_050, 18_270, 11_514, 17_530],
        "2014-12-31": [10_300, 14_390, 18_600, 11_600, 17_015],
        "2018-12-31": [10_540, 14_352, 19_031, 11_770, 17_213],
        "2022-12-31": [10_712, 14_161, 19_469, 11_838, 16_876],
    },
    "commuting__out_share": {"2015-06-30": [75.1, 61.0, 59.3, 84.5, 47.2]},
    "commuting__balance": {"2015-06-30": [-69.3, -2.1, 1.9, -141.1, 11.0]},
    "labour__unemployed": {"2016": [13.9, 30.1, 36.4, 20.7, 72.8]},
    "housing__rent": {"2022-05-15": [9.09, 5.23, 6.87, 8.19, 5.07]},
    "housing__vacancy": {"2022-05-15": [4.2, 8.9, 3.1, 4.9, 15.7]},
    "broadband__1000": {"2021-06-30": [48.17, 29.69, 91.03, 7.0, 35.6]},
    "tourism__beds": {"2015": [512, None, 680, 604, 301]},
}
BANDS = {
    "commuting__out_share": ("2015-06-30", [57.1, 66.0, 69.1, 71.4, 76.0, 79.8, 82.7, 85.4, 86.7, 88.2, 91.4]),
    "commuting__balance": ("2015-06-30", [-180, -121, -100, -84, -60, -39, -21, -5, 4, 12, 31]),
    "labour__unemployed": ("2016", [10.1, 13.2, 14.8, 16.3, 20.0, 23.9, 28.6, 34.8, 38.4, 42.7, 55.1]),
    "housing__rent": ("2022-05-15", [4.9, 5.3, 5.5, 5.7, 6.1, 6.5, 6.9, 7.5, 7.9, 8.4, 9.8]),
}


def default_tables() -> dict[str, list[dict[str, Any]]]:
    """The whole sample as rows by table, in an order that no page may rely on."""
    return {
        "towns": [_town(*town) for town in TOWNS],
        "indicator_catalogue": [_entry(place, *entry) for place, entry in enumerate(CATALOGUE)],
        "indicator_values": [
            value(indicator, town, period, number)
            for indicator, periods in VALUES.items()
            for period, numbers in periods.items()
            for town, number in reversed(list(zip(ORDER, numbers, strict=True)))
        ],
        "peer_bands": [_band(indicator, *band) for indicator, band in BANDS.items()],
        "series_breaks": [
            {
                "town_id": "dippoldiswalde",
                "break_date": date(2014, 1, 1),
                "note_de": "Dippoldiswalde: am 1. Januar 2014 mit Schmiedeberg vereinigt.",
                "note_en": "Dippoldiswalde: merged with Schmiedeberg on 1 January 2014.",
            }
        ],
        "deliveries": [
            delivery("official-figures"),
            delivery(
                "broken-table",
                state="refused",
                accepted_rows=0,
                quarantined_rows=40,
                delivered_rows=40,
                state_detail="The delivery could not be read (file “zahlen.csv”): A column that is needed is missing.",
                state_detail_de="Spalte „AGS“ fehlt in der Datei zahlen.csv.",
            ),
        ],
        "delivery_files": [
            {
                "delivery_id": name,
                "file": "zahlen.csv",
                "sha256": "0f" * 32,
                "bytes": 30_341,
                "format": "figures",
                "encoding": "UTF-8",
                "encoding_reason": "valid UTF-8",
                "delimiter": ",",
                "rows": 210,
            }
            for name in ("official-figures", "broken-table")
        ],
        "delivery_checks": [check("official-figures"), check("broken-table", outcome="failed", failing_rows=40)],
        "quarantine_summary": [
            {
                "delivery_id": "official-figures",
                "file": "zahlen.csv",
                "reason": "unknown_ags",
                "reason_de": "Der Gemeindeschlüssel gehört zu keiner der Städte.",
                "reason_en": "The municipality key belongs to none of the towns.",
                "row_count": 3,
                "example_lines": "17, 18, 41",
            }
        ],
        "statements": [
            statement("S24"),
            statement("S28", town_id="diessen", verdict="differs", position=28, indicator_ids="commuting__out_share"),
            statement("S01", town_id="wittenberge", verdict="not_computable", position=1, indicator_ids=""),
        ],
        "statement_evidence": [
            {
                "statement_id": "S28",
                "indicator_id": "commuting__out_share",
                "town_id": "diessen",
                "period": "2015-06-30",
                "value": 75.1,
                "sign": "",
                "unit_de": "%",
                "unit_en": "%",
            }
        ],
        "model_checks": [
            {
                "name": "a_share_lies_between_0_and_100",
                "kind": "data test",
                "model": "indicator_values",
                "description": "A share lies between 0 and 100.",
                "status": "pass",
                "failures": 0,
            }
        ],
        "release_info": [
            {
                "built_at": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
                "inputs_hash": "ab" * 32,
                "version": "0.1.0",
                "has_synthetic": False,
            }
        ],
    }


def value(indicator_id: str, town_id: str, period: str, number: float | None, **changes: Any) -> dict[str, Any]:
    """One row of indicator_values."""
    end = date.fromisoformat(period) if len(period) == 10 else date(int(period), 12, 31)
    row = {
        "indicator_id": indicator_id,
        "town_id": town_id,
        "period": period,
        "period_start": end,
        "period_end": end,
        "breakdown": "total",
        "value": number,
        "sign": "" if number is not None else ".",
        "is_break_before": town_id == "dippoldiswalde" and period == "2014-12-31",
        "sources": "official-figures",
        "source_text": "Destatis",
        "licence": "dl-de/by-2-0",
        "is_synthetic": False,
    }
    return row | changes


def delivery(delivery_id: str, **changes: Any) -> dict[str, Any]:
    """One row of deliveries."""
    row = {
        "delivery_id": delivery_id,
        "title": "Amtliche Zahlen der fünf Städte",
        "kind": "statistics",
        "format": "figures",
        "producer": "Statistische Ämter",
        "licence": "dl-de/by-2-0",
        "received": date(2026, 11, 2),
        "period_from": date(2015, 1, 1),
        "period_to": date(2023, 12, 31),
        "is_synthetic": False,
        "state": "accepted",
        "delivered_rows": 213,
        "accepted_rows": 210,
        "quarantined_rows": 3,
        "other_region_rows": 0,
    }
    return row | changes


def check(delivery_id: str, **changes: Any) -> dict[str, Any]:
    """One row of delivery_checks."""
    row = {
        "delivery_id": delivery_id,
        "check_id": "region_key_is_known",
        "table_name": "figures",
        "description_de": "Jede Zeile gehört zu einer der Städte.",
        "description_en": "Every row belongs to one of the towns.",
        "severity": "critical",
        "outcome": "passed",
        "failing_rows": 0,
        "checked_rows": 213,
    }
    return row | changes


def statement(statement_id: str, **changes: Any) -> dict[str, Any]:
    """One row of statements."""
    row = {
        "statement_id": statement_id,
        "section": "6.2",
        "statement_de": "Dießen hat die höchsten Steuereinnahmen je Kopf.",
        "statement_en": "Dießen has the highest tax revenue per head.",
        "verdict": "agrees",
        "note_de": "Nach der amtlichen Statistik ebenso.",
        "note_en": "The official statistics say the same.",
        "indicator_ids": "",
        "position": 24,
    }
    return row | changes


def write_release(warehouse: Path, release_id: str = "sample-1", **changed: Sequence[Mapping[str, Any]]) -> Path:
    """A release file under `warehouse`, with whole tables exchanged by `changed`; the pointer is set to it.

    Tables that only newer releases have are written where `changed` names them.
    """
    folder = warehouse / "releases" / release_id
    folder.mkdir(parents=True)
    tables = default_tables() | {name: [dict(row) for row in rows] for name, rows in changed.items()}
    for row in tables["release_info"]:
        row |= {"release_id": release_id, "edition": "public"} | row
    shutil.copyfile(_database(repr(tables), tables), folder / "release.duckdb")
    point_to(warehouse, release_id)
    return folder / "release.duckdb"


_DATABASES = tempfile.TemporaryDirectory(prefix="sample-releases-")


def _database(said: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """The release file of these tables, written when they are first asked for."""
    path = Path(_DATABASES.name) / f"{hashlib.sha256(said.encode()).hexdigest()}.duckdb"
    if path.exists():
        return path
    begun = path.with_suffix(".begun")
    with duckdb.connect(begun) as connection:
        connection.begin()
        for name in store.TABLES:
            connection.execute(f"create table {name} ({contract.definition(CONTRACT[name])})")
            for row in tables.get(name, []):
                marks = ", ".join("?" for _ in row)
                connection.execute(f"insert into {name} ({', '.join(row)}) values ({marks})", list(row.values()))
        connection.commit()
    return begun.rename(path)


def schema(name: str) -> dict[str, Any]:
    """The columns of a published table with polars' kinds."""
    with duckdb.connect() as connection:
        connection.execute(f"create table empty ({contract.definition(CONTRACT[name])})")
        return dict(connection.sql("from empty").pl().schema)


def point_to(warehouse: Path, release_id: str) -> None:
    """Switch the pointer, as publishing does."""
    (warehouse / "current").write_text(release_id, encoding="utf-8")


def _town(
    town_id: str,
    ags: str,
    name: str,
    land_de: str,
    land_en: str,
    slot: int,
    latitude: float,
    longitude: float,
    population: int,
    area: float,
) -> dict[str, Any]:
    return {
        "town_id": town_id,
        "ags": ags,
        "name": name,
        "land_de": land_de,
        "land_en": land_en,
        "central_place_de": "Mittelzentrum",
        "central_place_en": "middle-order centre",
        "slot": slot,
        "latitude": latitude,
        "longitude": longitude,
        "population": population,
        "population_date": date(2022, 12, 31),
        "area_km2": area,
        "lab_de": f"Befragung und Werkstatt in {name}",
        "lab_en": f"Survey and workshop in {name}",
    }


def _entry(
    place: int,
    indicator_id: str,
    theme: str,
    title_de: str,
    title_en: str,
    unit_de: str,
    unit_en: str,
    decimals: int,
    value_kind: str,
) -> dict[str, Any]:
    return {
        "indicator_id": indicator_id,
        "theme": theme,
        "position": place,
        "title_de": title_de,
        "title_en": title_en,
        "short_de": title_de,
        "short_en": title_en,
        "description_de": f"Was {title_de} bedeutet.",
        "description_en": f"What {title_en} means.",
        "unit_de": unit_de,
        "unit_en": unit_en,
        "decimals": decimals,
        "value_kind": value_kind,
        "formula_de": "Zähler / Nenner × 100",
        "formula_en": "numerator / denominator × 100",
        "method_de": "Aus der amtlichen Tabelle.",
        "method_en": "From the official table.",
        "caveat_de": "Nur sozialversicherungspflichtig Beschäftigte.",
        "caveat_en": "Insured employees only.",
        "base_de": "Beschäftigte am Wohnort",
        "base_en": "employees living there",
        "source_de": "Regionaldatenbank Deutschland, Tabelle 13111-08-02-5",
        "source_en": "Regionaldatenbank Deutschland, table 13111-08-02-5",
        "licence": "dl-de/by-2-0",
        "figures": "out_commuters",
        "dbt_model": indicator_id,
        "sensitivity": "public",
    }


def _band(indicator_id: str, period: str, quantiles: list[float]) -> dict[str, Any]:
    names = ("p10", "p20", "p25", "p30", "p40", "p50", "p60", "p70", "p75", "p80", "p90")
    return {
        "indicator_id": indicator_id,
        "peer_group": "municipalities_5000_to_under_20000",
        "peer_group_de": "Gemeinden mit 5.000 bis unter 20.000 Einwohnern",
        "peer_group_en": "municipalities of 5,000 to under 20,000 inhabitants",
        "period": period,
        "municipality_count": 2_061,
        "tables": "13111-08-02-5",
        **dict(zip(names, quantiles, strict=True)),
    }
