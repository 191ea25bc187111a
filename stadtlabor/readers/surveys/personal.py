"""Which columns of a survey tell who somebody is: they are dropped on load, and named."""

import re

import polars as pl

from stadtlabor.readers.surveys.model import Column, normal
from stadtlabor.readers.surveys.types import MARKS

# Headings by which tools and forms collect a person's identity, compared as letters and digits only.
PERSONAL_HEADINGS = frozenset(
    [
        "ipaddr",
        "ipaddress",
        "ipadresse",
        "ip",
        "refurl",
        "referrerurl",
        "refererurl",
        "referrer",
        "referer",
        "verweisurl",
        "weiterleitungsurl",
        "token",
        "tokens",
        "accesscode",
        "accesskey",
        "zugangsschlüssel",
        "zugangscode",
        "zugriffscode",
        "teilnahmecode",
        "teilnahmeschlüssel",
        "email",
        "emailaddress",
        "emailadresse",
        "mail",
        "mailadresse",
        "youremail",
        "ihreemail",
        "ihreemailadresse",
        "deineemail",
        "deineemailadresse",
        "name",
        "yourname",
        "ihrname",
        "deinname",
        "fullname",
        "vollständigername",
        "vorundnachname",
        "namevorname",
        "vorname",
        "nachname",
        "firstname",
        "lastname",
        "familienname",
        "surname",
        "vornamenachname",
        "telefon",
        "telefonnummer",
        "phone",
        "phonenumber",
        "handynummer",
        "mobilnummer",
        "username",
        "nutzername",
        "benutzername",
        "userid",
        "benutzerid",
        "benutzerkennung",
        "userdisplayname",
        "anzeigename",
        "benutzeranzeigename",
        "anzeigenamedesbenutzers",
        "serial",
        "ref",
        "recipientlastname",
        "recipientfirstname",
        "recipientemail",
        "externalreference",
        "externaldatareference",
        "locationlatitude",
        "locationlongitude",
        "locationaccuracy",
        "customdata",
        "deviceid",
        "subscriberid",
        "simserial",
        "networkid",
        "customdata1",
        "prolificpid",
        "prolificid",
        "workerid",
        "mturkid",
        "panelid",
        "panelistid",
        "participantid",
        "participantnumber",
        "subjectid",
        "sessionid",
        "assignmentid",
        "teilnehmerid",
        "teilnehmernummer",
        "probandennummer",
        "versuchspersonennummer",
        "personalnummer",
        "mitgliedsnummer",
        "kundennummer",
        "matrikelnummer",
        "anschrift",
        "adresse",
        "wohnadresse",
        "postanschrift",
        "address",
        "homeaddress",
        "straße",
        "strasse",
        "straßeundhausnummer",
        "strasseundhausnummer",
        "hausnummer",
        "street",
        "handy",
        "mobiltelefon",
        "mobile",
        "kontakt",
        "kontaktdaten",
        "geburtsdatum",
        "dateofbirth",
    ]
)
# The last word of a code such as teilnehmer_name or Q5[email].
PERSONAL_ENDINGS = frozenset(
    {
        "name", "vorname", "nachname", "firstname", "lastname", "surname", "email", "mail", "telefon", "phone",
        "handy", "mobil", "adresse", "address", "anschrift", "strasse", "street", "pid", "token",
    }
)  # fmt: skip
# "Customer Name", "Kunden-E-Mail": whose, and what of them; "_Wohnort_latitude" beside a place.
OF_A_PERSON = re.compile(
    r"(?:customer|user|attendee|guest|contact|client|participant|member|respondent|full|kunden?|nutzer|gast|teilnehmer|"
    r"mitglieds?|ansprechpartner)(?:in(?:nen)?)?[\s-]*(?:name|e-?mail(?:[\s-]address)?|phone|telefon|address|adresse)|"
    r".*_(?:latitude|longitude)",
    re.IGNORECASE,
)
CODE_LIKE = re.compile(r"[\w.\[\]-]+")
# How people ask for it: "Bitte geben Sie Ihre E-Mail-Adresse an (freiwillig)".
ASKING = re.compile(
    r"^(?:bitte )?(?:geben sie(?: uns)?|nennen sie(?: uns)?|gib|nenne|hinterlassen sie(?: uns)?|tragen sie|"
    r"wie (?:lautet|ist|heißt|heißen)|what is|please (?:enter|give|provide|leave)(?: us)?)?\s*"
    r"(?:hier )?(?:ihren?|ihre|deinen?|deine|your|my|meine?|sie)?\s*(?P<what>.+?)\s*"
    r"(?:an|ein|hier|below|here)?(?:,? (?:für|for|falls|wenn|if|um|zur|zum|damit)\b.*)?$",
    re.IGNORECASE,
)

EMAIL = r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$"
IP_ADDRESS = r"^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){3,7}$"


# What panels and studies give each participant: 24 hex digits (Prolific), a UUID, Mechanical Turk's, Qualtrics' own.
PARTICIPANT = (
    r"^[0-9a-fA-F]{24}$|^\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?$"
    r"|^A[0-9A-Z]{12,13}$|^R_[0-9A-Za-z]{15,17}$"
)
# A place to some metres: latitude and longitude, with height and precision behind them where a phone told it.
COORDINATES = r"^-?\d{1,2}\.\d{4,}[,; ]+-?\d{1,3}\.\d{4,}(?:[,; ]+-?\d+(?:\.\d+)?)*$"
PHONE = r"^(?:\+|00?)[1-9][0-9 /()-]{6,18}[0-9]$"
# A word of letters and digits, or a long number, that nobody shares: somebody's number, whoever gave it.
OWN_NUMBER = r"^(?:[A-Za-z_-]*[0-9][0-9A-Za-z_-]*[A-Za-z][0-9A-Za-z_-]*|[A-Za-z_-]+[0-9][0-9A-Za-z_-]*|[0-9]{7,})$"
LEAST_LENGTH, LEAST_GIVEN, DISTINCT = 8, 5, 0.95
# So few answers, each given so often, are boxes or ratings, whatever their row is called.
FEW_ANSWERS, OFTEN = 12, 3


def is_personal(heading: str) -> bool:
    """Whether a heading asks for identity: address, name, token, number of a person."""
    plain = re.sub(r"\([^)]*\)|\*", " ", heading).strip()
    if normal(plain) in PERSONAL_HEADINGS or re.fullmatch(r"attribute_?\d+", plain.lower()):
        return True
    if OF_A_PERSON.fullmatch(plain):
        return True
    if CODE_LIKE.fullmatch(plain):
        words = re.split(r"[_.\[\]-]+", plain.strip("[]._-"))
        return len(words) > 1 and words[-1].casefold() in PERSONAL_ENDINGS
    asked = ASKING.match(" ".join(plain.rstrip("?:. ").split()))
    return asked is not None and normal(asked["what"]) in PERSONAL_HEADINGS


def mark_personal(columns: list[Column], frame: pl.DataFrame) -> None:
    """Turn answers that are headed as identity, or hold it by their shape, into personal columns."""
    answers = [column for column in columns if column.role == "answer"]
    if not answers or frame.is_empty():
        return
    for column in answers:
        given = frame[column.name].drop_nulls()
        if _is_headed(column, given) or _is_identity(given):
            column.role = "personal"


def _is_headed(column: Column, given: pl.Series) -> bool:
    """Whether the question asks for identity, or a row of it that is no box to tick and no rating."""
    names = (column.subquestion_text, column.subquestion)
    if not any(names):
        return any(is_personal(name) for name in (column.question_text, column.question, column.heading) if name)
    kinds = given.n_unique()
    is_choice = (kinds <= FEW_ANSWERS and kinds * OFTEN <= len(given)) or set(given.str.to_lowercase()) <= BOXES
    return not is_choice and any(is_personal(name) for name in (*names, column.heading) if name)


def _is_identity(given: pl.Series) -> bool:
    """Whether half of the answers, or nearly each of many, tell who somebody is by their shape."""
    if given.is_empty():
        return False
    if given.str.contains(f"{EMAIL}|{IP_ADDRESS}|{PARTICIPANT}|{PHONE}|{COORDINATES}").sum() * 2 >= len(given):
        return True
    if len(given) < LEAST_GIVEN or given.n_unique() < DISTINCT * len(given):
        return False
    is_own = given.str.contains(OWN_NUMBER) & (given.str.len_chars() >= LEAST_LENGTH)
    return bool(is_own.all())


BOXES = frozenset().union(*MARKS.values())
