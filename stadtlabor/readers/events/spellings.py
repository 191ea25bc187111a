"""Words of event lists and ticket shops in German and English: states, formats, counts, offers free of charge.

Formats, themes, target groups and kinds of organiser are those of `dictionary/event_words.csv`, by code or by label.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import get_args

from stadtlabor.base import places
from stadtlabor.files.headings import normal
from stadtlabor.manifest.events_section import RowOrigin

DICTIONARY = places.PROJECT / "stadtlabor" / "dictionary" / "event_words.csv"

EVENT_STATES: Mapping[str, Sequence[str]] = {
    "confirmed": (
        "confirmed", "bestätigt", "scheduled", "eventscheduled", "geplant", "published", "publish", "veröffentlicht",
        "active", "aktiv", "ok", "fest", "findet statt", "stattgefunden", "durchgeführt", "held", "completed", "live",
        "rescheduled", "eventrescheduled", "verlegt", "eventmovedonline", "ausgebucht", "sold out", "sold_out", "open",
        "offen", "ended", "beendet", "started", "free", "busy", "public", "öffentlich", "warteliste", "ausverkauft",
        "fast ausgebucht", "anmeldung möglich", "plätze frei", "wenige plätze frei", "buchbar", "belegt",
    ),
    "tentative": (
        "tentative", "vorläufig", "draft", "entwurf", "pending", "angefragt", "unbestätigt", "unconfirmed",
        "eventpostponed", "postponed", "verschoben", "needs-action",
    ),
    "cancelled": (
        "cancelled", "canceled", "eventcancelled", "abgesagt", "entfällt", "entfallen", "ausgefallen", "fällt aus",
        "storniert", "gestrichen", "deleted", "gelöscht",
    ),
}  # fmt: skip
EVENT_STATE_OF: Mapping[str, str] = {word: state for state, words in EVENT_STATES.items() for word in words}
# Many calendars can say only in the title that something is off.
_OFF = (
    r"(?:abgesagt|ent(?:fällt|fallen)|fällt(?:\s+[\wäöüß.]+){0,3}?\s+aus|findet\s+nicht\s+statt|ausgefallen|cancell?ed|"
    r"called\s+off)"
)
_LEADING = r"(?:achtung|wichtig|leider|wird|wurde|ist|muss|heute|neu|info|update|the event is|event)"
# In front or behind, alone between marks, or as what a sentence says of the event; not within a title that is about it.
CALLED_OFF = (
    rf"(?i)^\W*(?:{_LEADING}\W+)*{_OFF}(?:\W|$)|[-–—:|/*!,(\[]\s*(?:{_LEADING}\W+)*{_OFF}\b|"
    rf"\b(?:ist|wird|wurde|leider|is|was|has been)\s+(?:leider\s+)?{_OFF}\W*$|"
    r"\bfällt(?:\s+[\wäöüß.]+){0,3}?\s+aus\W*$|"
    r"\b(?:entfällt|findet\s+(?:leider\s+)?nicht\s+statt)\W*(?:$|wegen|aufgrund|am\b)|"
    r"\s(?:ABGESAGT|ENTFÄLLT|CANCELL?ED|abgesagt|cancell?ed)\W*$"
)

REGISTRATION_STATES: Mapping[str, Sequence[str]] = {
    "registered": (
        "paid", "bezahlt", "pending", "ausstehend", "zahlung ausstehend", "registered", "angemeldet", "confirmed",
        "bestätigt", "attending", "teilnehmend", "checked in", "eingecheckt", "complete", "completed", "abgeschlossen",
        "zugesagt", "zusage", "yes", "ja", "anwesend", "ordered", "approved", "genehmigt", "valid", "gültig",
        "offen", "ok", "placed", "nimmt teil", "teilnahme bestätigt",
    ),
    "cancelled": (
        "canceled", "cancelled", "storniert", "abgemeldet", "abgesagt", "absage", "not attending", "deleted",
        "gelöscht", "expired", "abgelaufen", "verfallen", "declined", "abgelehnt", "no", "nein", "denied",
        "canceled (paid fee)", "storniert (bezahlte gebühr)", "invalid", "nimmt nicht teil", "transferred",
    ),
    "refunded": ("refunded", "erstattet", "refund", "rückerstattet", "partially refunded", "zurückerstattet"),
    "waiting": ("waiting", "waitlist", "waitlisted", "waiting list", "warteliste", "auf der warteliste", "nachrücker",
                "approval pending", "genehmigung ausstehend", "freigabe ausstehend"),
}  # fmt: skip
REGISTRATION_STATE_OF: Mapping[str, str] = {
    word: state for state, words in REGISTRATION_STATES.items() for word in words
}

FORMATS: Mapping[str, Sequence[str]] = {
    "workshop": ("buergerworkshop", "werkstatt", "zukunftswerkstatt", "community_workshop", "bewohnerworkshop"),
    "talk": ("vortrag", "lesung", "podium", "podiumsdiskussion", "diskussion", "lecture", "talk_runde", "impuls"),
    "opening": ("eroeffnung", "auftakt", "auftaktveranstaltung", "kick_off", "kickoff", "vernissage"),
    "exhibition": ("ausstellung", "schau"),
    "meeting": ("treffen", "besprechung", "sitzung", "stammtisch", "netzwerktreffen", "austausch"),
    "transfer_workshop": ("transferworkshop", "transferwerkstatt"),
    "trial_coworking": ("probe_coworking", "coworking_probetag", "probearbeiten", "schnuppertag", "probe_co_working"),
    "own_event": ("eigene_veranstaltung", "eigenveranstaltung"),
    "external_event": ("externe_veranstaltung", "fremdveranstaltung", "vermietung"),
    "survey_event": ("befragung", "umfrage", "buergerbefragung"),
    "other": ("sonstige", "sonstiges", "andere"),
}
ORIGIN_OF: Mapping[str, str] = {
    **{code: code for code in get_args(RowOrigin)},
    "bericht": "report",
    "synthetisch": "synthetic",
    "beispiel": "synthetic",
    "sample": "synthetic",
    "geliefert": "delivered",
}

NOT_RECORDED = frozenset(
    {"-", "–", "—", "?", "k. a.", "k.a.", "ka", "n/a", "na", "unbekannt", "unknown", "nicht erfasst"}
)
NOBODY = frozenset({"keine", "keiner", "niemand", "none", "nobody", "null", "kein"})
FREE = frozenset({"kostenlos", "kostenfrei", "frei", "gratis", "free", "eintritt frei", "free order", "keine"})
_WHOLE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,7})(?:[.,]0+)?")


def count(text: str) -> int | None:
    """'12', '12,0', '1.250', 'niemand' → a whole number; None where it is none ('ca. 30', '10-15')."""
    plain = " ".join(text.lower().split())
    if plain in NOBODY:
        return 0
    found = _WHOLE.fullmatch(plain)
    return int(found[1].replace(".", "")) if found else None


def is_not_recorded(text: str) -> bool:
    """Whether a cell says by a sign that nothing was counted."""
    return " ".join(text.lower().split()) in NOT_RECORDED


@cache
def spellings(kind: str) -> Mapping[str, str]:
    """Of `format`, `theme`, `target_group` or `organiser_kind`: each spelling in one normal form, and its code."""
    with DICTIONARY.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == kind]
    further = FORMATS if kind == "format" else {}
    return {
        normal(spelling): row["word"]
        for row in rows
        for spelling in (row["label_en"], row["label_de"], *further.get(row["word"], ()), row["word"])
    }


def word(kind: str, text: str) -> str | None:
    """The dictionary's word for a text ('Vortrag' → talk); None where it has none."""
    return spellings(kind).get(normal(text))


def tail(text: str) -> str:
    """'https://schema.org/EventCancelled' → 'eventcancelled'; other texts in small letters."""
    plain = " ".join(text.lower().split())
    return plain.rsplit("/", 1)[-1] if plain.startswith(("http://", "https://")) else plain
