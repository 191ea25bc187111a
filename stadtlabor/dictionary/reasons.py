"""Why a record stands in quarantine, or a delivery is refused: codes, and the words the quality page shows for them."""

from collections.abc import Mapping
from typing import NamedTuple

from stadtlabor.base.errors import Rule


class Words(NamedTuple):
    """One reason in the dashboard's two languages."""

    de: str
    en: str


REASONS: Mapping[str, Words] = {
    "wrong_number_of_fields": Words(
        "Die Zeile hat mehr oder weniger Felder als die Kopfzeile.",
        "The line has more or fewer fields than the header.",
    ),
    "not_a_number": Words(
        "Der Wert ist weder eine Zahl noch ein amtliches Zeichen.",
        "The value is neither a number nor an official sign.",
    ),
    "not_a_date": Words("Das Datum ist nicht lesbar.", "The date cannot be read."),
    "field_too_long": Words("Ein Feld ist länger als erlaubt.", "A field is longer than allowed."),
    "unbalanced_quote": Words(
        "Ein Anführungszeichen wird geöffnet und nicht geschlossen.",
        "A quotation mark is opened and not closed.",
    ),
    "control_character": Words(
        "Die Zeile enthält ein unzulässiges Steuerzeichen.",
        "The line holds a control character that does not belong there.",
    ),
    "undecodable": Words(
        "Die Zeile enthält Zeichen, die nicht zur Kodierung der Datei passen.",
        "The line holds bytes that do not fit the file's encoding.",
    ),
    "not_understood": Words(
        "Die Zeile hat nicht die Form der anderen Zeilen.",
        "The line does not have the form of the other lines.",
    ),
    "region_key_malformed": Words(
        "Der Regionalschlüssel ist keiner (fehlt eine führende Null?).",
        "The region key is not one (has a leading zero been lost?).",
    ),
    "duplicate_record": Words(
        "Derselbe Datensatz steht zweimal in der Lieferung.",
        "The same record stands twice in the delivery.",
    ),
    "duplicate_response": Words(
        "Dieselbe Antwort steht in mehreren Fassungen in der Lieferung; die vollständigste zählt.",
        "The same response stands in the delivery in several versions; the most complete one counts.",
    ),
    "spam_response": Words(
        "Das Umfragewerkzeug hält diesen Bogen für Spam; er zählt nicht als Antwort.",
        "The survey tool takes this response for spam; it does not count as one.",
    ),
    "time_missing": Words("Anfang oder Ende der Buchung fehlt.", "The start or end of the booking is missing."),
    "not_a_time": Words("Die Zeit ist nicht lesbar.", "The time cannot be read."),
    "year_unknown": Words(
        "Die Datei nennt kein Jahr, und es ist nicht zu erschließen.",
        "The file gives no year, and it cannot be worked out.",
    ),
    "offset_missing": Words(
        "Der Zeitpunkt nennt keinen Abstand zu UTC, den die source.yml verlangt.",
        "The time has no offset from UTC, which source.yml asks for.",
    ),
    "time_does_not_exist": Words(
        "Diesen Zeitpunkt gab es nicht: Die Uhren wurden vorgestellt.",
        "This time did not exist: clocks were set forward.",
    ),
    "time_ambiguous": Words(
        "Diesen Zeitpunkt gab es zweimal: Die Uhren wurden zurückgestellt.",
        "This time occurred twice: clocks were set back.",
    ),
    "resource_missing": Words("Die Buchung nennt keinen Platz oder Raum.", "The booking names no desk or room."),
    "resource_unknown": Words(
        "Den gebuchten Platz oder Raum kennt die source.yml nicht.",
        "source.yml does not know the desk or room that was booked.",
    ),
    "units_implausible": Words(
        "Die Zahl der gebuchten Plätze ist keine ganze Zahl von 1 bis 1.000.",
        "The number of units booked is no whole number from 1 to 1,000.",
    ),
    "booking_status_unknown": Words(
        "Den Status der Buchung kennt weder das Format noch die source.yml.",
        "Neither the format nor source.yml knows the booking's status.",
    ),
    "outside_period": Words(
        "Der Termin liegt nicht im Zeitraum der Lieferung (source.yml).",
        "The event does not lie within the period of the delivery (source.yml).",
    ),
    "zone_unknown": Words(
        "Der Termin nennt eine Zeitzone, die weder die Datei noch die Welt kennt.",
        "The event names a time zone that neither the file nor the world knows.",
    ),
    "day_unknown": Words(
        "Die Datei nennt nur den Monat, keinen Tag; der Tag wird nicht erraten.",
        "The file gives only the month and no day; the day is not guessed.",
    ),
    "weekday_contradicts": Words("Der Wochentag ist nicht der dieses Datums.", "The weekday is not that of the date."),
    "event_time_missing": Words("Der Termin nennt keinen Anfang.", "The event has no start."),
    "event_title_missing": Words(
        "Der Termin hat weder Titel noch Nummer.", "The event has neither a title nor a number."
    ),
    "event_status_unknown": Words(
        "Den Stand des Termins kennt weder das Format noch die source.yml.",
        "Neither the format nor source.yml knows the event's state.",
    ),
    "event_unknown": Words(
        "Zu dieser Anmeldung oder Zählung ist kein Termin der Lieferung zu finden.",
        "No event of the delivery is found for this registration or count.",
    ),
    "event_ambiguous": Words(
        "Mehrere Termine der Lieferung könnten gemeint sein.",
        "Several events of the delivery could be meant.",
    ),
    "registration_status_unknown": Words(
        "Den Stand der Anmeldung kennt weder das Format noch die source.yml.",
        "Neither the format nor source.yml knows the registration's state.",
    ),
    "quantity_implausible": Words(
        "Die Zahl der Plätze ist keine ganze Zahl von 0 bis 10.000.",
        "The number of places is no whole number from 0 to 10,000.",
    ),
    "no_visitor": Words(
        "Das Produkt ist laut source.yml keine Teilnahme (Gutschein, Spende).",
        "The product is no attendance, says source.yml (a voucher, a donation).",
    ),
    "recurrence_unreadable": Words(
        "Der Termin oder seine Wiederholung ist nicht lesbar.",
        "The event or its recurrence cannot be read.",
    ),
    "marked_private": Words(
        "Der Termin ist in der Quelle als privat oder vertraulich gekennzeichnet.",
        "The source marks the event as private or confidential.",
    ),
    "other_town": Words(
        "Der Eintrag nennt eine andere Stadt als die Lieferung.",
        "The entry names another town than the delivery.",
    ),
}

# Why a delivery as a whole cannot be read.
UNREADABLE: Mapping[Rule, Words] = {
    "unusable": Words("Der Inhalt ist so nicht verwendbar.", "The content cannot be used as it is."),
    "manifest": Words(
        "Die Angaben in source.yml stimmen nicht oder passen nicht zur Lieferung.",
        "What source.yml says is not right, or does not go with the delivery.",
    ),
    "file_missing": Words("Die Datei fehlt.", "The file is missing."),
    "format_unknown": Words(
        "Das Format ist unbekannt oder ein anderes als angegeben.",
        "The format is unknown, or another than stated.",
    ),
    "damaged": Words("Die Datei ist beschädigt oder unvollständig.", "The file is damaged or cut off."),
    "too_large": Words("Die Datei ist größer als erlaubt.", "The file is larger than allowed."),
    "no_header": Words(
        "Keine Zeile hat die Überschriften, die zu diesem Format gehören.",
        "No line has the headings that belong to this format.",
    ),
    "no_record": Words("Die Datei enthält keinen Datensatz.", "The file holds no record."),
    "column_missing": Words("Eine nötige Spalte fehlt.", "A column that is needed is missing."),
    "column_ambiguous": Words("Mehrere Spalten könnten dasselbe bedeuten.", "Several columns could mean the same."),
    "not_in_file": Words(
        "Die Datei enthält nicht, was source.yml zuordnet.", "The file does not have what source.yml maps."
    ),
    "day_or_month": Words(
        "Aus den Datumsangaben geht nicht hervor, was Tag und was Monat ist, oder sie sind keine.",
        "The dates do not tell day from month, or are none.",
    ),
    "breakdown": Words(
        "Das Programm ist an dieser Lieferung gescheitert.", "The program broke down over this delivery."
    ),
    "not_computable": Words(
        "Mit ihren Angaben ließ sich nicht rechnen, ohne dass eine Prüfung der Ergebnisse anschlug.",
        "Computing with what it says failed a check of the results.",
    ),
    "out_of_bounds": Words(
        "Das Lesen braucht mehr Zeit oder Speicher, als einer Lieferung zusteht.",
        "Reading it takes more time or memory than a delivery may.",
    ),
}
