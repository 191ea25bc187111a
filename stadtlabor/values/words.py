"""Words of booking tools in German and English: states, yes and no, lengths of time, prices."""

import re
from collections.abc import Mapping, Sequence

STATES: Mapping[str, Sequence[str]] = {
    "booked": ("booked", "confirmed", "bestätigt", "gebucht", "approved", "genehmigt", "active", "aktiv", "created",
               "akzeptiert", "accepted", "ok", "angelegt", "reserviert", "reserved", "paid", "bezahlt", "fest", "busy",
               "offen"),
    "tentative": ("tentative", "vorläufig", "pending", "awaiting approval", "genehmigung ausstehend", "angefragt",
                  "requested", "unconfirmed", "unbestätigt", "vorgemerkt", "needs-action"),
    "cancelled": ("cancelled", "canceled", "storniert", "abgesagt", "gelöscht", "deleted", "rejected", "abgelehnt",
                  "declined", "storno"),
    "no_show": ("no-show", "no show", "noshow", "no_show", "nicht erschienen", "missed"),
    "attended": ("attended", "checked in", "checked-in", "checked_in", "checked out", "eingecheckt", "ausgecheckt",
                 "erschienen", "completed", "teilgenommen", "genutzt"),
}  # fmt: skip
STATE_OF: Mapping[str, str] = {word: state for state, words in STATES.items() for word in words}
YES = frozenset({"true", "1", "ja", "yes", "x", "wahr", "y", "j"})
NO = frozenset({"false", "0", "nein", "no", "falsch", "n", "-"})

_UNITS: Mapping[str, int] = {
    "sekunde": 1, "sekunden": 1, "second": 1, "seconds": 1, "sec": 1, "sek": 1, "s": 1,
    "minute": 60, "minuten": 60, "minutes": 60, "min": 60, "mins": 60, "m": 60,
    "stunde": 3600, "stunden": 3600, "std": 3600, "hour": 3600, "hours": 3600, "h": 3600, "hrs": 3600,
    "tag": 86_400, "tage": 86_400, "tagen": 86_400, "day": 86_400, "days": 86_400, "d": 86_400,
    "woche": 604_800, "wochen": 604_800, "week": 604_800, "weeks": 604_800,
}  # fmt: skip
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-zäöü]+)\.?")
_CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d))?")
_ISO = re.compile(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)?")


def seconds(text: str) -> int | None:
    """'1,5 Stunden', '1 days 14 hours', '1:30', 'PT90M' → seconds; None for anything else, periods and months too."""
    plain = " ".join(text.lower().split())
    if found := _CLOCK.fullmatch(plain):
        return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    if (found := _ISO.fullmatch(plain)) and any(found.groups()):
        return sum(int(part or 0) * size for part, size in zip(found.groups(), (86_400, 3600, 60, 1), strict=True))
    pieces = _PART.findall(plain)
    if not pieces or _PART.sub("", plain).strip(" ,") or any(unit not in _UNITS for _, unit in pieces):
        return None
    return round(sum(float(number.replace(",", ".")) * _UNITS[unit] for number, unit in pieces))


def amount(text: str) -> tuple[str, str | None] | None:
    """'12,50 €' → ('12.50', 'EUR'), '12.0' → ('12.0', None); None where it is no price."""
    found = re.fullmatch(r"(€|eur|chf)?\s*(-?[\d.,' ]*\d)\s*(€|eur|euro|chf)?", text.strip().lower())
    if not found:
        return None
    number = re.sub(r"[ ']", "", found[2])
    sign = max(number.rfind(","), number.rfind("."))
    is_group = sign >= 0 and len(number) - sign - 1 == 3 and number.count(number[sign]) >= 1 and number[sign] == "."
    if sign >= 0 and not is_group:
        number = re.sub(r"[.,]", "", number[:sign]) + "." + number[sign + 1 :]
    else:
        number = re.sub(r"[.,]", "", number)
    unit = found[1] or found[3]
    return number, None if unit is None else "CHF" if unit == "chf" else "EUR"


def guessed_kind(name: str) -> str:
    """What a name says of a thing that can be booked, where no manifest does."""
    plain = name.casefold()
    for kind, words in {
        "lounge": ("lounge", "sofa", "café", "cafe", "küche"),
        "table": ("konferenztisch", "besprechungstisch", "conference table", "meeting table"),
        "room": ("raum", "room", "saal", "besprech", "konferenz", "meeting", "büro", "office", "studio"),
    }.items():
        if any(word in plain for word in words):
            return kind
    return "desk"
