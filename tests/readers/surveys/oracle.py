"""An independent reading of a survey file: Python's csv module and counting, nothing of the project's."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from stadtlabor.files.raw import RawFile
from stadtlabor.readers import registry
from stadtlabor.readers.protocol import ReadResult


def fields(text: str) -> list[str]:
    """A record put down in one line, its fields between '|'."""
    return text.split("|")


def records(path: Path, delimiter: str = ",", encoding: str = "utf-8-sig") -> list[list[str]]:
    """All records of a file, the header's included; blank lines left out."""
    csv.field_size_limit(10_000_000)
    text = path.read_bytes().decode(encoding)
    return [record for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if record]


def filled(
    rows: list[list[str]], answer_columns: Callable[[int], bool], counts: Callable[[list[str]], bool] = bool
) -> int:
    """Non-empty cells of the answer columns in the rows that count."""
    return sum(bool(cell.strip()) for row in rows if counts(row) for n, cell in enumerate(row) if answer_columns(n))


def read(path: Path, expected: str) -> ReadResult:
    """Read a file by the reader that recognises it, which must be the expected one."""
    file = RawFile(path)
    reader, _ = registry.recognise(file)
    assert reader.name == expected
    return reader.read(file)


def cells(result: ReadResult) -> int:
    """Distinct (response, cell) among the landed answers."""
    return result.tables["answers"].select("response_key", "cell").n_unique()


def statuses(result: ReadResult) -> dict[str, int]:
    """How many responses stand as what."""
    return dict(result.tables["responses"].group_by("status").len().iter_rows())


def questions(result: ReadResult) -> dict[tuple[str, str], dict[str, str]]:
    """(question, subquestion) → row."""
    return {(row["question"], row["subquestion"]): row for row in result.tables["questions"].iter_rows(named=True)}


def answers(result: ReadResult, question: str, subquestion: str = "") -> list[tuple[str, str | None, str]]:
    """(value, code, kind) of one question's answers, in the file's order."""
    rows = result.tables["answers"].iter_rows(named=True)
    return [
        (row["value"], row["code"], row["answer_kind"])
        for row in rows
        if (row["question"], row["subquestion"]) == (question, subquestion)
    ]
