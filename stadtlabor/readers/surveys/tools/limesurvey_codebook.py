"""What a LimeSurvey structure file says of the questions of an export beside it."""

from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.surveys.model import Column, normal
from stadtlabor.readers.surveys.tools import limesurvey_structure as structure
from stadtlabor.readers.surveys.tools.limesurvey_headings import lone_part, split_lone

# A box of a multiple choice, by code and in words.
TICKS = {
    **dict.fromkeys(("Y", "1", "Yes", "Ja", "Oui", "Sí"), MARKED),
    **dict.fromkeys(("N", "0", "No", "Nein", "Non"), NOT_MARKED),
}


def find(
    columns: list[Column], file: RawFile, manifest: Manifest | None
) -> tuple[structure.Codebook | None, list[str]]:
    """The structure that knows most of the file's questions, and which it was."""
    best, most = None, 0
    for book in structure.readable(file, manifest):
        found = [_known(book, column) for column in columns if column.role == "answer"]
        known = len({one.code for one in found if one})
        if known > most:
            best, most = book, known
    if best is None:
        return None, []
    return best, [f"codebook {best.name} ({best.language}) explains {most} of its questions"]


def _known(book: structure.Codebook, column: Column) -> structure.CodebookQuestion | None:
    """What a structure says of a column's question, its heading's bracket being text or part."""
    stem, part = lone_part(column)
    return book.find(column.question, column.question_text) or (book.find(stem, stem) if part else None)


def apply(book: structure.Codebook, columns: list[Column]) -> None:
    """Give questions their codes, texts, answers, types and routing."""
    for column in columns:
        known = _known(book, column) if column.role == "answer" else None
        if known is None:
            continue
        stem, part = lone_part(column)
        if part and column.question_text != stem and book.find(stem, stem) is known:
            split_lone(column)
        column.question, column.question_text = known.code, known.text or column.question_text
        column.asked_if = known.asked_if
        if column.is_other:
            continue
        _apply_part(known, column)
        column.labels = known.answers
        column.declared = known.question_type
        if known.letter in "MP":
            column.marks = TICKS
            column.labels = {}


def _apply_part(known: structure.CodebookQuestion, column: Column) -> None:
    """The part's label by its code, or its code by its text; in two-way arrays 'row_column'."""
    if column.subquestion in known.subquestions:
        column.subquestion_text = known.subquestions[column.subquestion]
        return
    by_text = {normal(text): code for code, text in known.subquestions.items()}
    if code := by_text.get(normal(column.subquestion_text)):
        column.subquestion, column.subquestion_text = code, known.subquestions[code]
        return
    pair = [known.subquestions.get(part) for part in column.subquestion.split("_")]
    if len(pair) == 2 and all(pair):
        column.subquestion_text = " · ".join(filter(None, pair))
