"""The columns of a lab journal, German and English, and which of its four tables a header is of."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from stadtlabor.files import headings
from stadtlabor.readers import landing_tables

# Texts come in two languages: a heading without one is German, as a town writes it.
_TEXTS: Mapping[str, Sequence[str]] = {
    "title": ("titel", "ueberschrift"),
    "tried": ("probiert", "was_probiert_wurde", "was_wurde_probiert", "versucht"),
    "outcome": ("ergebnis", "was_herauskam", "was_dabei_herauskam", "what_came_of_it"),
    "learned": ("gelernt", "was_gelernt_wurde", "what_was_learned"),
    "note": ("anmerkung", "hinweis", "bemerkung"),
    "date_note": ("hinweis_zur_zeit", "zeitangabe"),
    "why": ("warum", "was_daraus_wurde_und_warum"),
    "advice": ("rat", "rat_an_andere", "was_wir_anderen_sagen", "advice_to_others"),
}

_OTHERS: Mapping[str, Sequence[str]] = {
    "lab_id": ("lab", "labor", "labor_kennung"),
    "activity_id": ("id", "kennung"),
    "learning_id": ("id", "kennung"),
    "town_id": ("town", "stadt", "gemeinde"),
    "phase": (),
    "kind": ("art", "type"),
    "theme": ("thema",),
    "outcome": ("ausgang", "zustande_gekommen", "came_about"),
    "again": ("wieder", "noch_einmal", "wuerden_wir_es_wieder_tun", "would_do_it_again"),
    "indicator_ids": ("indicators", "kennzahlen", "indikatoren"),
    "venue": ("ort", "place"),
    "is_estimated": ("estimated", "geschaetzt"),
    "period_from": ("from", "von", "beginn", "start"),
    "period_to": ("to", "bis", "ende", "end"),
    "section": ("abschnitt", "abschnitt_im_bericht", "report_section"),
    "source": ("quelle",),
    "row_origin": ("origin", "herkunft"),
    "position": ("reihenfolge", "order"),
}

# What a header must have to be one of these tables; the first that fits, so the most telling stands first.
_TELLING: Mapping[str, Sequence[Sequence[str]]] = {
    "learnings": (("title_de", "title_en"), ("outcome",), ("again", "advice_de", "advice_en")),
    "lab_phases": (("lab_id",), ("phase",), ("period_from", "period_to", "section", "source")),
    "lab_activities": (("lab_id",), ("title_de", "title_en"), ("kind",)),
    "labs": (("title_de", "title_en"), ("tried_de", "tried_en"), ("learned_de", "learned_en")),
}


@lru_cache
def known(table: str) -> Mapping[str, Sequence[str]]:
    """The spellings of a table's columns, in the normal form of headings."""
    return {name: _spellings(name) for name in landing_tables.TABLES[table]} | _own_id(table)


def find(table: str, columns: Sequence[str]) -> dict[str, int]:
    """Which column of a header holds which landing column of a table."""
    return headings.find(columns, known(table))


def table_of(columns: Sequence[str]) -> str | None:
    """The table a header is of; None where it is of none."""
    return _table_of(tuple(columns))


# Each of the four tables is looked for in every line of a file.
@lru_cache(maxsize=1000)
def _table_of(columns: tuple[str, ...]) -> str | None:
    for table, needed in _TELLING.items():
        found = find(table, columns)
        if all(any(name in found for name in names) for names in needed):
            return table
    return None


def _own_id(table: str) -> dict[str, list[str]]:
    """In the table of labs the entry's own id is the lab's."""
    return {"lab_id": [*_spellings("lab_id"), "id", "kennung"]} if table == "labs" else {}


def _spellings(name: str) -> list[str]:
    stem, _, language = name.rpartition("_")
    if stem in _TEXTS and language in ("de", "en"):
        words = (stem, *_TEXTS[stem])
        long = {"de": "deutsch", "en": "englisch"}[language]
        endings = _with_endings(words, (language, long, {"de": "german", "en": "english"}[language]))
        return [*words, *endings] if language == "de" else endings
    return list(_OTHERS[name])


def _with_endings(words: Iterable[str], endings: Iterable[str]) -> list[str]:
    return [f"{word}_{ending}" for word in words for ending in endings]
