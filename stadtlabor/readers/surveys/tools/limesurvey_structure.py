"""LimeSurvey's structure file (.lss): the codebook of a survey, and a reader that passes it as one.

Old structures (LimeSurvey 1–3) keep a row per language and table; newer ones (4 and later) keep texts
in tables of their own (`question_l10ns`, `answer_l10ns`). Source: LimeSurvey, export_structure_xml.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.layout import Layout
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.facts import SurveyFacts
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.surveys.model import normal, plain

SUFFIX = ".lss"
MAX_STRUCTURE_BYTES = 100_000_000

# LimeSurvey's letter for a type of question → ours. X is a text on the page: nobody answers it.
TYPES = {
    "5": "scale", "A": "scale", "B": "scale", "C": "scale", "E": "scale", "F": "scale", "H": "scale", "1": "scale",
    ":": "number", "K": "number", "N": "number", "*": "other", ";": "text", "Q": "text", "S": "text",
    "T": "text", "U": "text", "D": "date", "L": "single", "!": "single", "O": "single", "G": "single",
    "Y": "single", "I": "single", "M": "multiple", "P": "multiple", "R": "ranking", "X": "other", "|": "other",
}  # fmt: skip
BUILT_IN = {
    "Y": {"Y": "Ja", "N": "Nein"}, "G": {"F": "weiblich", "M": "männlich"},
    "C": {"Y": "Ja", "U": "Unsicher", "N": "Nein"}, "E": {"I": "Zunahme", "S": "Gleich", "D": "Abnahme"},
    "5": {str(n): str(n) for n in range(1, 6)}, "A": {str(n): str(n) for n in range(1, 6)},
    "B": {str(n): str(n) for n in range(1, 11)},
}  # fmt: skip
_TEST = re.compile(r"^([A-Za-z]\w*)(?:\.NAOK|\.value|\.code)?\s*(?:==|eq)\s*[\"']?([^\"'()&|]*?)[\"']?$")


@dataclass
class CodebookQuestion:
    """One question: its code, texts and answers; `subquestions` and `answers` map codes to texts."""

    code: str
    text: str
    letter: str
    subquestions: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    asked_if: str | None = None

    @property
    def question_type(self) -> str:
        """Our type of question."""
        return TYPES.get(self.letter, "other")


@dataclass
class Codebook:
    """A survey's structure: questions by code, in one language."""

    name: str
    language: str
    title: str
    questions: dict[str, CodebookQuestion]

    def find(self, question: str, question_text: str) -> CodebookQuestion | None:
        """A question by its code or, for headings of texts, by its text."""
        if found := self.questions.get(question):
            return found
        wanted = normal(question_text or question)
        fitting = [found for found in self.questions.values() if wanted and normal(found.text) == wanted]
        return fitting[0] if len(fitting) == 1 else None


class StructureReader:
    """The structure file as part of a delivery: it holds no answers and is read with the survey's CSV."""

    name = "limesurvey_structure"
    title = "LimeSurvey structure (.lss)"
    looks_for = "XML with LimeSurveyDocType Survey"
    kind = "survey"

    def recognise(self, file: RawFile) -> Recognition | None:
        """XML with LimeSurvey's document type."""
        if b"<LimeSurveyDocType>Survey" not in file.data[:2000]:
            return None
        return Recognition(0.99, "the XML's LimeSurveyDocType is Survey")

    def read(self, file: RawFile, manifest: Manifest | None = None) -> ReadResult:
        """Check that it can be read; its content is used with the CSV beside it."""
        book = parse(file)
        notes = [
            f"codebook of {len(book.questions)} questions ({book.language}): used for the responses delivered with it"
        ]
        facts = SurveyFacts(layout=Layout("utf-8", "XML"), rows=0, tool=self.title, questions=len(book.questions))
        return ReadResult(tables={}, notes=notes, facts=facts)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """Nothing: a structure alone is no survey."""
        return {}


READER = StructureReader()


def beside(file: RawFile, manifest: Manifest | None) -> list[RawFile]:
    """The structure files of the delivery: those the manifest names, then those in the same folder."""
    folder = file.path.parent
    for _ in PurePosixPath(file.name).parts[1:]:
        folder = folder.parent
    named = [name.name for name in manifest.files if name.name.lower().endswith(SUFFIX)] if manifest else []
    found = {(folder / name).resolve(): RawFile(folder / name, name) for name in named}
    for path in sorted(Path(file.path.parent).glob("*")):
        if path.suffix.lower() == SUFFIX and path.is_file():
            found.setdefault(path.resolve(), RawFile(path, path.name))
    return list(found.values())


def readable(file: RawFile, manifest: Manifest | None) -> list[Codebook]:
    """The structures beside a file that can be read; what is wrong with another is said where it is read itself."""
    books = []
    for found in beside(file, manifest):
        with suppress(DeliveryError):
            books.append(parse(found))
    return books


def parse(file: RawFile) -> Codebook:
    """Read a structure; DeliveryError where it is no well-formed LimeSurvey XML or is hostile."""
    if file.size > MAX_STRUCTURE_BYTES or b"<!DOCTYPE" in file.data or b"<!ENTITY" in file.data:
        raise DeliveryError(
            "the structure is larger than 100 MB or declares entities",
            file.name,
            remedy="Export it again.",
            rule="too_large",
        )
    try:
        root = ElementTree.fromstring(file.data)
    except ElementTree.ParseError as error:
        raise DeliveryError(
            f"the structure is not well-formed XML ({error})", file.name, remedy="Export it again.", rule="damaged"
        ) from None
    survey = next(_rows(root, "surveys"), {})
    language = _language(root, survey)
    texts = {row["qid"]: row for row in _rows(root, "question_l10ns") if row.get("language") == language}
    questions: dict[str, CodebookQuestion] = {}
    by_number: dict[str, CodebookQuestion] = {}
    groups = {row["gid"]: row.get("grelevance", "") for row in _rows(root, "groups") if "gid" in row}
    for row in _rows(root, "questions"):
        if row.get("language", language) != language or row.get("parent_qid", "0") != "0":
            continue
        text = plain(row.get("question") or texts.get(row["qid"], {}).get("question", ""))
        question = CodebookQuestion(row["title"], text, row.get("type", ""))
        question.answers = dict(BUILT_IN.get(question.letter, {}))
        question.asked_if = routing(row.get("relevance", ""), groups.get(row.get("gid", ""), ""))
        questions[question.code] = by_number[row["qid"]] = question
    _add_parts(root, language, texts, by_number)
    title = next((row.get("surveyls_title", "") for row in _rows(root, "surveys_languagesettings")), "")
    return Codebook(file.name, language, plain(title), questions)


def routing(relevance: str, group_relevance: str = "") -> str | None:
    """A question's relevance as JSON: {"question", "answers"} where it asks for one answer, always {"expression"}."""
    given = [text.strip() for text in (group_relevance, relevance) if text.strip() not in ("", "1")]
    if not given:
        return None
    said: dict[str, object] = {"expression": " && ".join(given)}
    conditions = [found for text in given for found in _conditions(text)]
    if conditions and all(condition is not None for condition in conditions):
        if len(conditions) == 1 and conditions[0] is not None:
            said["question"], said["answers"] = conditions[0][0], conditions[0][1]
        else:
            said["all"] = [{"question": code, "answers": answers} for code, answers in filter(None, conditions)]
    return json.dumps(said, ensure_ascii=False)


def _conditions(expression: str) -> list[tuple[str, list[str]] | None]:
    """The parts of a conjunction, each as question and answers; None for a part that says more."""
    return [_alternatives(part) for part in re.split(r"&&|\band\b", _unwrapped(expression), flags=re.IGNORECASE)]


def _alternatives(expression: str) -> tuple[str, list[str]] | None:
    found: dict[str, list[str]] = {}
    for part in re.split(r"\|\||\bor\b", _unwrapped(expression), flags=re.IGNORECASE):
        match = _TEST.match(_unwrapped(part))
        if match is None:
            return None
        found.setdefault(match[1], []).append(match[2].strip())
    return next(iter(found.items())) if len(found) == 1 else None


def _unwrapped(expression: str) -> str:
    """An expression without the brackets that hold it as a whole."""
    text = expression.strip()
    while text.startswith("(") and text.endswith(")"):
        depth = 0
        for position, character in enumerate(text):
            depth += (character == "(") - (character == ")")
            if depth == 0 and position < len(text) - 1:
                return text
        text = text[1:-1].strip()
    return text


def _add_parts(
    root: ElementTree.Element,
    language: str,
    texts: Mapping[str, Mapping[str, str]],
    by_number: Mapping[str, CodebookQuestion],
) -> None:
    """Subquestions and answer options, in their order, to their questions."""
    parts = [
        *_rows(root, "subquestions"),
        *(row for row in _rows(root, "questions") if row.get("parent_qid", "0") != "0"),
    ]
    for row in sorted(parts, key=lambda row: int(row.get("question_order") or 0)):
        if row.get("language", language) == language and (question := by_number.get(row.get("parent_qid", ""))):
            text = row.get("question") or texts.get(row["qid"], {}).get("question", "")
            question.subquestions.setdefault(row["title"], plain(text))
    answer_texts = {row["aid"]: row for row in _rows(root, "answer_l10ns") if row.get("language") == language}
    for row in sorted(_rows(root, "answers"), key=lambda row: int(row.get("sortorder") or 0)):
        if row.get("language", language) == language and (question := by_number.get(row.get("qid", ""))):
            text = row.get("answer") or answer_texts.get(row.get("aid", ""), {}).get("answer", "")
            question.answers.setdefault(row["code"], plain(text))


def _language(root: ElementTree.Element, survey: Mapping[str, str]) -> str:
    """German where the survey has it, else the survey's own language."""
    languages = [element.text or "" for element in root.iter("language") if element.text]
    german = next((code for code in languages if code.split("-")[0] == "de"), None)
    return german or survey.get("language") or (languages[0] if languages else "")


def _rows(root: ElementTree.Element, table: str) -> Iterator[dict[str, str]]:
    found = root.find(f"{table}/rows")
    for row in found if found is not None else ():
        yield {cell.tag: cell.text or "" for cell in row}
