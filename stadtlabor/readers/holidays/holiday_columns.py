"""Columns of a holiday table and what they become: dates in ISO, names by language, commas decoded."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

import polars as pl

from stadtlabor.files.table import Table
from stadtlabor.readers import landing_tables
from stadtlabor.values import periods

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "holiday_id": ("id", "uid"),
    "country": ("staat",),
    "start_date": ("startdate", "start", "von", "beginn", "anfang", "from", "datum", "date", "erster_tag"),
    "end_date": ("enddate", "end", "bis", "ende", "to", "letzter_tag"),
    "holiday_type": ("type", "art", "typ"),
    "regional_scope": ("regionalscope",),
    "name_de": ("name", "bezeichnung", "feiertag", "ferien"),
    "subdivisions": ("land", "laender", "bundesland", "state", "subdivision"),
    "tags": ("tag_list",),
    "comment_de": ("comment", "bemerkung", "kommentar", "hinweis"),
}

# Words of own tables for the two types; everything else stays as written.
TYPES: Mapping[str, str] = {
    "feiertag": "Public", "gesetzlicher feiertag": "Public", "public": "Public", "public holiday": "Public",
    "schulferien": "School", "ferien": "School", "school": "School", "school holidays": "School",
}  # fmt: skip
LAENDER: Mapping[str, str] = {
    "baden-württemberg": "BW", "bayern": "BY", "berlin": "BE", "brandenburg": "BB", "bremen": "HB", "hamburg": "HH",
    "hessen": "HE", "mecklenburg-vorpommern": "MV", "niedersachsen": "NI", "nordrhein-westfalen": "NW",
    "rheinland-pfalz": "RP", "saarland": "SL", "sachsen": "SN", "sachsen-anhalt": "ST", "schleswig-holstein": "SH",
    "thüringen": "TH",
}  # fmt: skip
# OpenHolidays separates languages by commas and writes a comma inside a text as %2C.
LANGUAGE = re.compile(r"(?:^|,)\s*(DE|EN|[A-Z]{2}) ")


def to_rows(frame: pl.DataFrame, found: Mapping[str, int], table: Table) -> pl.DataFrame:
    """Landing rows; records whose dates cannot be read are set aside."""
    rows = []
    for record in frame.iter_rows(named=True):
        given = {name: record[f"c{index}"].strip() for name, index in found.items()}
        row = _row(given, record["line"])
        if wrong := next((name for name in ("start_date", "end_date") if row[name] is None), None):
            table.reject(record["line"], table.columns[found[wrong]], "not_a_date", given[wrong][:100])
        else:
            rows.append(row)
    return pl.DataFrame(rows, schema={"line": pl.String, **dict.fromkeys(landing_tables.HOLIDAYS, pl.String)})


def _row(given: Mapping[str, str], line: int) -> dict[str, str | None]:
    start = _day(given["start_date"])
    end = given.get("end_date", "")
    names, comments = by_language(given["name_de"]), by_language(given.get("comment_de", ""))
    kind = given.get("holiday_type", "")
    return {
        "line": str(line),
        "holiday_id": given.get("holiday_id") or f"line-{line}",
        "country": given.get("country") or "DE",
        "start_date": start,
        "end_date": _day(end) if end else start,
        "holiday_type": TYPES.get(kind.lower(), kind) or _guess_type(names.get("DE", "")),
        "regional_scope": given.get("regional_scope", ""),
        "name_de": names.get("DE", ""),
        "name_en": names.get("EN", ""),
        "subdivisions": ",".join(_land(part) for part in _parts(given.get("subdivisions", ""))),
        "tags": unquote(given.get("tags", "")),
        "comment_de": comments.get("DE", ""),
        "comment_en": comments.get("EN", ""),
    }


def by_language(text: str) -> dict[str, str]:
    """'DE Neujahr,EN New Year' → both; a text without languages is German; %2C becomes a comma."""
    marks = list(LANGUAGE.finditer(text))
    if not marks or marks[0].start() != 0:
        return {"DE": unquote(text.strip())} if text.strip() else {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return {mark[1]: unquote(text[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)}


def _day(text: str) -> str | None:
    found = periods.iso(re.sub(r"[ T]00:00(:00)?$", "", text))
    return found if found and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found) else None


def _parts(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in re.split(r"[,;|]", text)) if part]


def _land(part: str) -> str:
    return LAENDER.get(part.lower(), part.removeprefix("DE-"))


def _guess_type(name: str) -> str:
    """An own table without a type: what is called 'ferien' is of the school, the rest public."""
    return "School" if "ferien" in name.lower() else "Public"
