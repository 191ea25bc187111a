"""Time zones that a calendar names and does not define: Windows' and Outlook's, in German and English, by CLDR.

Outlook writes 'W. Europe Standard Time', Outlook on the web the list of cities that Windows shows ('(UTC+01:00)
Amsterdam, Berlin, Bern, Rom, Stockholm, Wien'), others the name of the time ('Mitteleuropäische Zeit'). Babel carries
CLDR's windowsZones, the cities of all zones and the names of times.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from stadtlabor.files.calendar_event import several

LANGUAGES = ("de", "en")
TIMED = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
SHOWN = re.compile(r"\((?:UTC|GMT)\s*(?:([+-])(\d{1,2})(?::?(\d\d))?)?\)\s*(.*)", re.DOTALL)
# A name of a metazone stands for the zone of these towns, wherever one of several keeps it.
HOME = {"Europe_Central": "Europe/Berlin"}
WINTER = dt.datetime(2022, 1, 15)


def settle(event: Any, given: str | None) -> None:
    """Give an event's times the zone they name, where the world knows it; `given` is meant by all other names."""
    for name in TIMED:
        for value in several(event, name):
            for one in getattr(value, "dts", [value]):
                _settle(one, value, given)


def known(name: str) -> str | None:
    """The zone of the world that a name means; None where nobody can say."""
    return _by_name().get(_plain(name)) or _by_cities(name)


def _settle(one: Any, value: Any, given: str | None) -> None:
    moment, zone = getattr(one, "dt", None), value.params.get("TZID") or getattr(one, "params", {}).get("TZID")
    if zone and isinstance(moment, dt.datetime) and moment.tzinfo is None and (meant := known(str(zone)) or given):
        one.dt = moment.replace(tzinfo=ZoneInfo(meant))


def _plain(name: str) -> str:
    return " ".join(name.replace("\\", "").strip('" ').casefold().split())


@cache
def _by_name() -> dict[str, str]:
    """Names of Windows' zones and of times, in small letters."""
    found = {_plain(name): zone for name, zone in get_global("windows_zone_mapping").items()}
    first: dict[str, str] = {}
    for zone, meta in sorted(get_global("meta_zones").items()):
        first.setdefault(meta, HOME.get(meta, zone))
    for language in LANGUAGES:
        for meta, names in Locale(language).meta_zones.items():
            for name in names.get("long", {}).values():
                if meta in first:
                    found.setdefault(_plain(str(name)), first[meta])
        for zone, names in Locale(language).time_zones.items():
            for name in names.get("long", {}).values():
                found.setdefault(_plain(str(name)), zone)
    return found


@cache
def _cities() -> dict[str, str]:
    """Cities that zones are named for, in small letters."""
    zones = [zone for zone in get_global("zone_territories") if "/" in zone and not zone.startswith("Etc/")]
    found: dict[str, str] = {}
    for zone in sorted(zones):
        found.setdefault(_plain(zone.rpartition("/")[2].replace("_", " ")), zone)
    for language in LANGUAGES:
        for zone, names in Locale(language).time_zones.items():
            if "city" in names:
                found.setdefault(_plain(str(names["city"])), zone)
    return found


@lru_cache(maxsize=500)
def _by_cities(name: str) -> str | None:
    """The zone of the first city of '(UTC+01:00) Amsterdam, Berlin, …' that keeps that offset in winter."""
    if not (found := SHOWN.fullmatch(" ".join(name.replace("\\", "").strip('" ').split()))):
        return None
    if named := _by_name().get(_plain(found[4])):
        return named
    minutes = (int(found[2] or 0) * 60 + int(found[3] or 0)) * (-1 if found[1] == "-" else 1)
    offset = dt.timedelta(minutes=minutes)
    return next((zone for zone in _zones_in(found[4]) if ZoneInfo(zone).utcoffset(WINTER) == offset), None)


def _zones_in(cities: str) -> Iterator[str]:
    found = (_cities().get(_plain(city)) for city in cities.split(","))
    zones = [zone for zone in found if zone is not None]
    yield from (zone for zone in zones if zone in HOME.values())
    yield from zones
