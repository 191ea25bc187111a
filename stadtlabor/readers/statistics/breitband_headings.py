"""Column names of the Breitbandatlas, which change each year, brought to one label.

`alle Technologien ≥ 50 Mbit/s` is written `300_50`, `verf_300_50`, `priv_alle_tech_50`, `HH_ges_50` or
`down_fn_hh_alle_50` in other years.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

# The numbers are those of the atlas' operator up to 2018; the group "fn" since 2022 is the fixed network.
TECHNOLOGIES: Mapping[str, str] = {
    "100": "leitungsg. Technologien", "lg_tech": "leitungsg. Technologien", "lg": "leitungsg. Technologien",
    "leitungsg_technologien": "leitungsg. Technologien", "leitungsgebunden": "leitungsg. Technologien",
    "200": "mobile Technologien", "mobil_tech": "mobile Technologien", "mobil": "mobile Technologien",
    "mobile_technologien": "mobile Technologien", "drahtlos": "mobile Technologien",
    "300": "alle Technologien", "alle_tech": "alle Technologien", "alle": "alle Technologien",
    "alle_technologien": "alle Technologien", "ges": "alle Technologien",
    "dsl": "DSL", "catv": "CATV", "hfc": "HFC", "ftth": "FTTH/B", "ftthb": "FTTH/B", "fttb": "FTTH/B",
    "fttc": "FTTC", "plc": "PLC", "umts": "UMTS", "lte": "LTE", "hsdpa": "HSDPA", "wlan": "WLAN", "wimax": "WiMAX",
    "sat": "Satellit", "satellit": "Satellit", "glasfaser": "Glasfaser", "fwa": "FWA", "gsm": "GSM",
    "2g": "2G", "3g": "3G", "4g": "4G", "5g": "5G", "5g2": "5G", "sonstige": "sonstige Technologien",
}  # fmt: skip

# Whose supply a column states, where it is not that of private households.
GROUPS: Mapping[str, str] = {
    "gew": "Gewerbe", "gwg": "Gewerbegebiete", "schulen": "Schulen", "krankenhaeuser": "Krankenhäuser",
    "up": "Upload", "fn": "Festnetz", "mf": "Mobilfunk", "unt": "Unternehmen", "sch": "Schulen", "kh": "Krankenhäuser",
}  # fmt: skip
SILENT = frozenset({"verf", "priv", "privat", "hh", "down", "haushalte"})

WRITTEN = re.compile(
    r"(?P<technology>[^0-9≥>]+?)\s*(?:≥|>=|&ge;|\bab\b|\bmind(?:\.|estens))?\s*(?P<speed>\d{1,5})\s*(?P<unit>[MG])bit/?s",
    re.IGNORECASE,
)
REVERSED = re.compile(
    r"(?:≥|>=|ab|mind\.|mindestens)?\s*(?P<speed>\d{1,5})\s*(?P<unit>[MG])bit/?s\s*[,:–-]?\s*\(?(?P<technology>[^0-9≥>()]+?)\)?",
    re.IGNORECASE,
)
# Tables over several years have the year behind the speed: verf_300_50_2010.
CODED = re.compile(
    r"(?P<stem>[a-z0-9]+(?:_[a-z0-9]+)*?)(?:_gtoe)?_(?P<speed>\d{1,5})(?:_mbits?)?(?:_(?P<year>(?:19|20)\d{2}))?",
    re.IGNORECASE,
)
HOUSEHOLDS = frozenset({"hh_ges", "hh_gesamt", "anzahl_haushalte", "haushalte"})


class Heading(NamedTuple):
    """A column of the atlas: the label all years share, the unit of its values, the year if it has one."""

    label: str
    unit: str
    period: str | None = None


def understand(heading: str) -> Heading | None:
    """What a column's name says; None where it is not one of supply."""
    text = " ".join(heading.split())
    if found := WRITTEN.fullmatch(text) or REVERSED.fullmatch(text):
        speed = int(found["speed"]) * (1000 if found["unit"] in "gG" else 1)
        return Heading(f"{found['technology'].strip()} ≥ {speed} Mbit/s", "%")
    if text.lower() in HOUSEHOLDS:
        return Heading("Haushalte", "Anzahl")
    if found := CODED.fullmatch(text):
        return _coded(found["stem"].lower(), int(found["speed"]), found["year"])
    return None


def _coded(stem: str, speed: int, year: str | None) -> Heading | None:
    groups: list[str] = []
    # The layouts since 2022 say first which way: then a group we have no word for keeps its own.
    is_marked = stem.startswith(("down_", "up_"))
    while stem not in TECHNOLOGIES:
        group, _, rest = stem.partition("_")
        if not rest or not (is_marked or group in SILENT or group in GROUPS):
            return None
        if group not in SILENT:
            groups.append(GROUPS.get(group, group))
        stem = rest
    behind = f" ({', '.join(groups)})" if groups else ""
    return Heading(f"{TECHNOLOGIES[stem]}{behind} ≥ {speed} Mbit/s", "%", year)
