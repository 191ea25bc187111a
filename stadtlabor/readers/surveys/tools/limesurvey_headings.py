"""LimeSurvey's headings, in its three styles: codes, codes with texts, texts alone; its own fields in any."""

import re
from collections.abc import Sequence

from stadtlabor.readers.surveys.model import Column, key_of, normal, plain, split_brackets, split_copy_number

META = {
    "id": "id",
    "responseid": "id",
    "antwortid": "id",
    "xid": "id",
    "submitdate": "submitdate",
    "datesubmitted": "submitdate",
    "datumabgeschickt": "submitdate",
    "datumübermittelt": "submitdate",
    "abgeschicktam": "submitdate",
    "lastpage": "lastpage",
    "letzteseite": "lastpage",
    "startlanguage": "startlanguage",
    "startsprache": "startlanguage",
    "sprache": "startlanguage",
    "seed": "seed",
    "zufallsstartwert": "seed",
    "zufallsgeneratorstartwert": "seed",
    "zufallsseed": "seed",
    "startdate": "startdate",
    "datestarted": "startdate",
    "datumgestartet": "startdate",
    "datestamp": "datestamp",
    "datelastaction": "datestamp",
    "datumletzteaktivität": "datestamp",
    "datumletzteaktion": "datestamp",
    "datumderletztenaktion": "datestamp",
    "completed": "completed",
    "abgeschlossen": "completed",
    "complété": "completed",
    "completado": "completed",
    "iddelaréponse": "id",
    "iddelarespuesta": "id",
    "idderespuesta": "id",
    "datedesoumission": "submitdate",
    "fechadeenvío": "submitdate",
    "fechadeenvio": "submitdate",
    "dernièrepage": "lastpage",
    "últimapágina": "lastpage",
    "ultimapágina": "lastpage",
    "languededépart": "startlanguage",
    "languededemarrage": "startlanguage",
    "lenguajeinicial": "startlanguage",
    "idiomainicial": "startlanguage",
    "idiomadeinicio": "startlanguage",
    "têtedesérie": "seed",
    "graine": "seed",
    "semilla": "seed",
    "datedelancement": "startdate",
    "datededébut": "startdate",
    "fechadeinicio": "startdate",
    "datedeladernièreaction": "datestamp",
    "fechadelaúltimaacción": "datestamp",
}
# Which of them no other tool writes: one is enough where nothing but questions stands beside it.
OWN_NUMBERS = frozenset({"antwortid", "iddelaréponse", "iddelarespuesta", "idderespuesta"})
NUMBERS = OWN_NUMBERS | {"responseid", "id"}
PERSONAL = frozenset({"adresseip", "direcciónip", "urlderéférence", "urldereferencia"})
BRACKETS = re.compile(r".+\[[^\]]+\]")  # fmt: skip
NOT_SHOWN = frozenset({"N/A"})
NOT_GIVEN = {"NA": ""}
OTHER_WORDS = frozenset({"other", "sonstiges", "sonstige", "andere", "anderes", "comment", "kommentar"})

_CODE = re.compile(r"([A-Za-z]\w*)(?:\[([^\]]*)\])?(?:\[([^\]]*)\])?")
_MANGLED = re.compile(r"([A-Za-z][A-Za-z0-9]*)(?:\.(\w+)\.|_(SQ\d+\w*|other|comment))")
CODE_AND_TEXT = re.compile(r"([A-Za-z]\w*(?:\[[^\]]*\]){0,2})\. +(\S.*)", re.DOTALL)
_TIMING = re.compile(
    r"(?:group|question) time: .*|(?:gruppen|fragen)zeit: .*|total time|gesamtzeit|interviewtime|group ?time\d+",
    re.IGNORECASE,
)


def describe(columns: list[Column], headings: Sequence[str]) -> str:
    """Read question, subquestion and texts out of the headings; returns their style."""
    answers = [column for column in columns if column.role == "answer"]
    for column in answers:
        column.heading = headings[column.index]
        column.no_answer, column.not_asked = NOT_GIVEN, NOT_SHOWN
    # Timings follow the total; a question called commuteTime stands before it.
    total = next((column.index for column in answers if _is_total_time(column.heading)), len(columns))
    questions = [column for column in answers if not _is_timing(column, column.index > total)]
    texts = sum(bool(CODE_AND_TEXT.fullmatch(column.heading)) for column in questions)
    codes = sum(bool(_CODE.fullmatch(column.heading) or _MANGLED.fullmatch(column.heading)) for column in questions)
    if texts * 2 > len(questions):
        for column in questions:
            _read_code_and_text(column)
        return "codes and texts"
    if codes * 2 > len(questions):
        for column in questions:
            _read_code(column)
        return "codes"
    _read_texts(questions)
    return "texts"


def _is_total_time(heading: str) -> bool:
    return normal(CODE_AND_TEXT.sub(r"\1", heading)) in ("interviewtime", "totaltime", "gesamtzeit")


def _is_timing(column: Column, is_after_total: bool) -> bool:
    name = CODE_AND_TEXT.sub(r"\1", column.heading)
    if (
        _TIMING.fullmatch(column.heading)
        or _TIMING.fullmatch(name)
        or (is_after_total and re.fullmatch(r"\w+Time", name))
    ):
        column.role = "timing"
        return True
    return False


def _read_code(column: Column) -> None:
    match = _MANGLED.fullmatch(column.heading) or _CODE.fullmatch(column.heading)
    if match is None:
        column.question = column.question_text = key_of(column.heading, f"column {column.index + 1}")
        return
    parts = [part for part in match.groups()[1:] if part]
    column.question, column.subquestion = match[1], "_".join(parts)
    column.question_text = match[1]
    _mark_other(column, column.subquestion)


def _read_code_and_text(column: Column) -> None:
    match = CODE_AND_TEXT.fullmatch(column.heading)
    if match is None:
        _read_code(column)
        return
    full = column.heading
    column.heading = match[1]
    _read_code(column)
    column.heading = full
    stem, parts = split_brackets(plain(match[2]))
    if column.subquestion and parts:
        column.question_text, column.subquestion_text = stem, " · ".join(part for part in parts if part)
    else:
        column.question_text = plain(match[2])


def _read_texts(columns: list[Column]) -> None:
    """Question texts with the part in brackets; a bracket no other column shares may be part of the text."""
    earlier: set[str] = set()
    split = []
    for column in columns:
        heading = split_copy_number(column.heading, earlier)
        earlier.add(column.heading)
        split.append((heading, *split_brackets(plain(heading))))
    stems = [stem for _, stem, parts in split if stem]
    for column, (heading, stem, parts) in zip(columns, split, strict=True):
        if parts and stems.count(stem) > 1:
            column.question_text, column.subquestion_text = stem, " · ".join(part for part in parts if part)
            column.subquestion = key_of(column.subquestion_text, "[]")
        else:
            column.question_text = plain(heading)
        column.question = key_of(column.question_text, f"column {column.index + 1}")
        _mark_other(column, column.subquestion_text)


def lone_part(column: Column) -> tuple[str, str]:
    """Question and part of a heading whose bracket no other column shares; only a structure tells it from the text."""
    stem, parts = split_brackets(plain(column.heading))
    return stem, "" if column.subquestion else " · ".join(part for part in parts if part)


def split_lone(column: Column) -> None:
    """Take the bracket for a part."""
    _, part = lone_part(column)
    column.subquestion = column.subquestion_text = part
    _mark_other(column, part)


def _mark_other(column: Column, part: str) -> None:
    last = part.casefold()
    column.is_other = last in OTHER_WORDS or last.endswith(("comment", "_other"))
