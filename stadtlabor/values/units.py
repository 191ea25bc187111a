"""Units as offices write them, split into the unit and the factor its values are to be multiplied by."""

import re
from typing import NamedTuple

THOUSAND = r"1[ .,\u00a0\u202f]?000|Tsd\.?|Tausend|thousand|thsd\.?"
MILLION = r"1[ .\u00a0\u202f]?000[ .\u00a0\u202f]?000|Mio\.?|Mill\.?|Millionen|million|mn\.?"
BILLION = r"Mrd\.?|Milliarden|billion|bn\.?"
FACTORS = ((MILLION, "1000000"), (BILLION, "1000000000"), (THOUSAND, "1000"))

# What GENESIS calls a bare count; a unit of "1000" is one of thousands.
COUNT = "Anzahl"


class Unit(NamedTuple):
    """A unit without its factor, and the factor as a plain decimal ('1' for none)."""

    name: str
    factor: str


def split_unit(written: str | None) -> Unit:
    """'Tsd. EUR' → ('EUR', '1000'); '1000' → ('Anzahl', '1000'); '%' → ('%', '1').

    Only a factor that stands first, or last behind a currency, counts: 'je 1000 Einwohner' has none.
    """
    text = " ".join((written or "").split())
    if text in ("TEUR", "T€"):
        return Unit(text[1:], "1000")
    for pattern, factor in FACTORS:
        if found := re.fullmatch(rf"(?:in )?(?:{pattern})(?:\s+(?P<unit>.+)|(?P<sign>€))?", text, re.IGNORECASE):
            return Unit(found["unit"] or found["sign"] or COUNT, factor)
        if found := re.fullmatch(rf"(?P<unit>EUR|Euro|€|US-?\$|USD|\$|CHF|GBP)\s+(?:{pattern})", text, re.IGNORECASE):
            return Unit(found["unit"], factor)
    return Unit(text, "1")
