"""The quality report: one HTML file that needs nothing else, in German, for whoever delivered the data.

Great Expectations' own Data Docs take their styling from other hosts and are blank offline; this page is made
from the same results. Every text is escaped; the page has no script and loads nothing.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from stadtlabor.base.fingerprint import write_atomically

TEMPLATE = "report.html.j2"
EXAMPLES = 5
STATES = {
    "accepted": "angenommen",
    "refused": "abgewiesen",
    "refused_previous_kept": "abgewiesen; der letzte angenommene Stand gilt weiter",
}
OUTCOMES = {"passed": "erfüllt", "failed": "nicht erfüllt", "skipped": "nicht anwendbar"}
TABLES = {
    "": "ganze Lieferung",
    "figures": "Kennzahlen",
    "holidays": "Ferien und Feiertage",
    "peer_bands": "Vergleichsbänder",
    "municipalities": "Kleinstädte",
    "municipality_values": "Werte der Kleinstädte",
}


def write(deliveries: pl.DataFrame, checks: pl.DataFrame, quarantine: pl.DataFrame, path: Path) -> None:
    """Write the report on all deliveries of a build to `path`.

    The frames are the landing tables `deliveries`, `delivery_checks` and `quarantine`, all text. A column
    `state_detail_de` in the first, where there is one, is shown instead of the English `state_detail`.
    """
    sections = [
        _section(
            delivery,
            checks.filter(pl.col("delivery_id") == delivery["delivery_id"]),
            quarantine.filter(pl.col("delivery_id") == delivery["delivery_id"]),
        )
        for delivery in deliveries.sort("delivery_id").iter_rows(named=True)
    ]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = _german_count
    environment.filters["day"] = _german_day
    write_atomically(path, environment.get_template(TEMPLATE).render(sections=sections))


def _section(delivery: Mapping[str, Any], checks: pl.DataFrame, quarantine: pl.DataFrame) -> dict[str, Any]:
    """One delivery as the template shows it."""
    state = str(delivery["state"])
    german = delivery.get("state_detail_de")
    return {
        **delivery,
        "state_detail": german or delivery["state_detail"],
        "detail_language": "de" if german else "en",
        "state_words": STATES.get(state, state),
        "is_accepted": state == "accepted",
        "checks": [
            {
                **check,
                "outcome_words": OUTCOMES.get(check["outcome"], check["outcome"]),
                "table_words": TABLES.get(check["table_name"] or "", check["table_name"]),
            }
            for check in checks.iter_rows(named=True)
        ],
        "reasons": _reasons(quarantine),
    }


def _reasons(quarantine: pl.DataFrame) -> list[dict[str, Any]]:
    """Quarantined rows by reason, the commonest first, each with its first few records."""
    counted = quarantine["reason"].value_counts(sort=True)
    reasons = []
    for reason, count in counted.iter_rows():
        records = quarantine.filter(pl.col("reason").eq_missing(reason))
        examples = records.head(EXAMPLES).to_dicts()
        reasons.append(
            {"words": examples[0]["reason_de"] or reason, "count": count, "code": reason, "examples": examples}
        )
    return reasons


def _german_count(number: str | int | None) -> str:
    """1234 → '1.234'; a count that nobody made is a dash."""
    return "–" if number is None else f"{int(number):,}".replace(",", ".")


def _german_day(day: str | None) -> str:
    """'2022-06-21' → '21.06.2022'."""
    return f"{dt.date.fromisoformat(day):%d.%m.%Y}" if day else "nicht angegeben"
