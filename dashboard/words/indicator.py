"""What an indicator is to a reader: one row of the release's catalogue in one language."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """One row of the catalogue in one language: what a number means and where it comes from."""

    indicator_id: str
    theme: str
    title: str
    short: str  # begins large: wherever it is used, a sentence, a label or a link begins with it
    description: str
    unit: str
    decimals: int
    value_kind: str
    formula: str
    method: str
    caveat: str
    base: str
    source: str
    licence: str
    dbt_model: str

    def mentions(self, words: str) -> bool:
        """Whether every word stands somewhere in the passport; case and umlauts' dots do not matter."""
        passport = alphabetical_key(" ".join(str(getattr(self, name)) for name in self.__dataclass_fields__))
        return all(word in passport for word in alphabetical_key(words).split())


def indicator_of(row: Mapping[str, object], language: str) -> Indicator:
    """A row of indicator_catalogue in one language ("de" or "en")."""

    def text_of(column: str) -> str:
        return str(row[f"{column}_{language}"] or "")

    short = text_of("short") or text_of("title")
    return Indicator(
        indicator_id=str(row["indicator_id"]),
        theme=str(row["theme"]),
        title=text_of("title"),
        short=short[:1].upper() + short[1:],
        description=text_of("description"),
        unit=text_of("unit"),
        decimals=int(str(row["decimals"] or 0)),
        value_kind=str(row["value_kind"]),
        formula=text_of("formula"),
        method=text_of("method"),
        caveat=text_of("caveat"),
        base=text_of("base"),
        source=text_of("source"),
        licence=str(row["licence"] or ""),
        dbt_model=str(row["dbt_model"] or ""),
    )


def alphabetical_key(name: str) -> str:
    """A name as German lists sort it (DIN 5007-1): umlauts as their vowels, ß as ss, case ignored."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
