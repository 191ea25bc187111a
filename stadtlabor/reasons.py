"""Why a record stands in quarantine: codes, and the words the quality page shows for them."""

from collections.abc import Mapping
from typing import NamedTuple


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
}
