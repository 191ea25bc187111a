"""Which columns of a survey tell who somebody is: they are dropped on load, and named."""

import re

import polars as pl

from stadtlabor.readers.surveys.model import Column, normal

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
        "customdata1",
    ]
)

EMAIL = r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$"
IP_ADDRESS = r"^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){3,7}$"


def is_personal(heading: str) -> bool:
    """Whether a heading asks for identity: address, name, token, number of a person."""
    return normal(heading) in PERSONAL_HEADINGS or bool(re.fullmatch(r"attribute_?\d+", heading.strip().lower()))


def mark_personal(columns: list[Column], frame: pl.DataFrame) -> None:
    """Turn answers that hold mail or IP addresses, or are headed as identity, into personal columns."""
    answers = [column for column in columns if column.role == "answer"]
    if not answers or frame.is_empty():
        return
    cells = [pl.col(column.name) for column in answers]
    filled = frame.select(cell.is_not_null().sum() for cell in cells).row(0)
    found = frame.select(cell.str.contains(f"{EMAIL}|{IP_ADDRESS}").fill_null(False).sum() for cell in cells).row(0)
    for column, given, addresses in zip(answers, filled, found, strict=True):
        last = column.subquestion_text or column.question_text
        if is_personal(last or column.heading) or (given and addresses * 2 >= given):
            column.role = "personal"
