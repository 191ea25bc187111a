"""What a place is called, without its address: addresses go no further than here, as one may be somebody's home."""

import re

# What stands between a name and what follows it; a calendar's line break has become a comma.
_BEYOND = re.compile(r"[,;\n(]")
# A dash or bar between parts of a name, or before its address; '5 - 7' is a range of house numbers.
_BETWEEN = re.compile(r"(\s*[@|·•]\s*|\s+[-–—/]\s+(?!\d{1,4}\b)|\s+(?:--|::)\s+|:\s+)")
_CODE = re.compile(r"(?i)(?:^|[\s,])(?:D-?\s?)?\d{5}\s+\S.*$|^(?:D-?\s?)?\d{5}$")
_NUMBER = r"(?:nr\.?\s*)?\d{1,4}\s?[a-z]?(?:\s*[-–/+]\s*\d{1,4}\s?[a-z]?)?(?!\w)"
_STREETS = (
    r"stra(?:ß|ss)en?|str\.?|weg|platz|allee|gasse|ring|damm|ufer|markt|chaussee|steig|stieg|pfad|hof|wall|graben|"
    r"promenade|zeile|twiete|kamp|anger|siedlung"
)
# 'Königsberger Straße 8', 'Hauptstr.5', 'Lindenweg 12 a': the street, then its number.
_STREET = re.compile(rf"(?i)(?:{_STREETS})\s*{_NUMBER}")
# 'Straße des Friedens 5': the number at the end of it all.
_STREET_WORD = re.compile(rf"(?i)(?:{_STREETS})(?!\w)")
# 'Am Markt 3a': no word for a street, but a number at its end; 'Im Saal 2' is inside.
_AT = re.compile(rf"(?i)^(?:an?|am|im|in|auf|zum|zur|unter|vor|hinter|bei)\s.*\S\s+{_NUMBER}$")
_ENDS_IN_NUMBER = re.compile(rf"(?i)\S\s+{_NUMBER}$")
_INSIDE = r"(?:raum|saal|zimmer|halle|gebäude|etage|ebene|foyer|bühne)"
_IN_ROOM = re.compile(rf"(?i)^(?:im|in)\s(?:.*\s)?(?:haus|\S*{_INSIDE})\s+{_NUMBER}$")
# Numbered parts of a venue, which are no houses.
_ROOM = re.compile(
    rf"(?i)(?:{_INSIDE}|(?:sport|spiel|park|arbeits|sitz|steh|stell|fest|bolz|tennis)platz|(?:schul|bau|innen)hof|"
    r"\b(?:haus|bau|stock|eingang|stand|block|trakt|werkstatt|labor|studio|lounge|gate|tor|campus|kino|hof|platz))"
    rf"\s*{_NUMBER}"
)


def first_part(place: str) -> str:
    """A place up to the first comma, bracket or line break."""
    return _BEYOND.split(place, maxsplit=1)[0].strip()


def name_of(place: str) -> str | None:
    """The name a place has: 'Werkstatt @ Weg 5 01234 Ort' → 'Werkstatt', 'Raum 2 - Saal' as it is; None for an address.

    Behind a comma, bracket or line break nothing is taken for a part of the name.
    """
    first = first_part(place)
    has_code = _CODE.search(first) is not None or re.match(r"\W*(?:D-?\s?)?\d{5}\b", place[len(first) :]) is not None
    parts = _BETWEEN.split(first)
    name = ""
    for number in range(0, len(parts), 2):
        sign = parts[number - 1] if number else ""
        kept_part = _CODE.sub("", parts[number]).strip()
        is_beside = number > 0 and (has_code or "@" in sign)
        if kept_part and not _is_address(kept_part, is_beside):
            name += f"{sign if name else ''}{kept_part}"
    return name.strip()[:200] or None


def _is_address(part: str, is_beside_a_name: bool) -> bool:
    """Whether a part of a place is a street with its number; beside a name any number at the end is that of a house."""
    if _AT.search(part):
        return _IN_ROOM.search(part) is None
    bare = _ROOM.sub("", part)
    ends = _ENDS_IN_NUMBER.search(bare) is not None
    return _STREET.search(bare) is not None or (ends and (is_beside_a_name or _STREET_WORD.search(bare) is not None))
