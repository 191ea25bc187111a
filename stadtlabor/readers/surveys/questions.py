"""Each answer column as a question: its type, its options, and what its values mean."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from stadtlabor.dictionary.concepts import MARKED, concepts
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.surveys.model import Column
from stadtlabor.readers.surveys.types import (
    DATE,
    MARKS,
    NUMBER,
    Counts,
    Splitter,
    infer,
    labels_as_marks,
    learn_split,
    marks_of,
)

KIND_OF_TYPE = {"single": "choice", "multiple": "choice", "scale": "choice", "ranking": "choice", "number": "number"}
# With fewer answers an option given once cannot be told from somebody's own words.
ENOUGH_TO_TELL = 20
# A column with more different values is no closed question, nor several answers of one.
MOST_VALUES = 20_000

ValueRow = tuple[str, str, str, str, str | None, str]


@dataclass
class Question:
    """A column, its type, and its values as counted (those of 'no answer' and 'not asked' apart)."""

    column: Column
    counts: Counts
    question_type: str = "other"
    found: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    splitter: Splitter | None = None
    known: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """The usual `answer_kind` of the column."""
        return "other" if self.column.is_other else KIND_OF_TYPE.get(self.question_type, "text")

    @property
    def is_free_text(self) -> bool:
        """Whether people put it in their own words."""
        return self.column.is_other or self.question_type == "text"

    @property
    def options(self) -> list[dict[str, str]]:
        """Codes and labels, from the codebook, else as found in the answers."""
        if self.is_free_text:
            return []
        if self.column.labels:
            return [{"code": code, "label": label} for code, label in self.column.labels.items()]
        if self.question_type in ("number", "date", "other"):
            return []
        return [{"code": value, "label": value} for value in self.found]

    def value_rows(self) -> Iterator[ValueRow]:
        """The values that say more than the column: code, kind or parts of their own."""
        column = self.column
        for token, label in column.no_answer.items():
            yield column.name, token, "1", token, token, "no_answer"
            if label and label != token:
                yield column.name, label, "1", label, token, "no_answer"
        for token in column.not_asked - set(column.no_answer):
            yield column.name, token, "1", token, None, "not_asked"
        if self.splitter is not None:
            yield from self._parts(self.splitter)
        elif self.marks:
            yield from ((column.name, value, "1", value, code, "choice") for value, code in self.marks.items())
        elif self.kind == "number":
            yield from self._not_numbers()
        elif self.kind == "choice":
            yield from self._choices()

    def _parts(self, splitter: Splitter) -> Iterator[ValueRow]:
        codes = {label: code for code, label in self.column.labels.items()}
        known = {*splitter.options, *codes, *codes.values()}
        for value, parts in splitter.parts.items():
            for number, part in enumerate(parts, 1):
                code = codes.get(part, part if part in self.column.labels else None)
                yield self.column.name, value, str(number), part, code, "choice" if part in known else "other"

    def _not_numbers(self) -> Iterator[ValueRow]:
        for value in self.counts:
            if not NUMBER.fullmatch(value):
                yield self.column.name, value, "1", value, None, "text"

    def _choices(self) -> Iterator[ValueRow]:
        codes = {label: code for code, label in self.column.labels.items()}
        own_words = set(self.counts) - set(self.found) - self.known if self._tells_own_words() else set()
        for value in self.counts:
            code = value if value in self.column.labels else codes.get(value)
            if code is not None or value in own_words:
                kind = "other" if value in own_words and code is None else "choice"
                yield self.column.name, value, "1", value, code, kind

    def _tells_own_words(self) -> bool:
        return not self.column.labels and bool(self.found) and sum(self.counts.values()) >= ENOUGH_TO_TELL


def understand(columns: Sequence[Column], frame: pl.DataFrame, manifest: Manifest | None) -> list[Question]:
    """A Question per column, in their order; `frame` holds the records whose answers count."""
    counts = _counts(columns, frame)
    questions = [Question(column, counts[column.name]) for column in columns]
    groups: dict[str, list[Question]] = {}
    for question in questions:
        if not question.column.is_other:
            groups.setdefault(question.column.question, []).append(question)
        else:
            question.question_type = "text"
    meant = _meant(manifest)
    with_other = {question.column.question for question in questions if question.column.is_other}
    for name, group in groups.items():
        _heed(group, meant.get(name))
        _understand_group(group)
        if name in with_other and len(group) == 1 and group[0].question_type == "text":
            # Who may say "other" in a column of its own had options to choose from.
            group[0].question_type, group[0].found = "single", tuple(sorted(group[0].counts)[:MOST_SHOWN])
    return questions


@dataclass
class Meant:
    """What the manifest says of a question: the answers it names, and the scale of its concept."""

    answers: frozenset[str] = frozenset()
    scale: str = ""


def _heed(group: list[Question], meant: Meant | None) -> None:
    """Let what the manifest says go before what the answers look like, not before a codebook."""
    for question in group:
        question.known = meant.answers if meant else frozenset()
        if meant and meant.scale != "multiple":
            question.column.separator = None
        if meant and meant.scale in ("single", "number") and not question.column.declared:
            question.column.declared = meant.scale


def _understand_group(group: list[Question]) -> None:
    parts = [question for question in group if question.column.subquestion]
    for question in group:
        if not question.column.subquestion or question.column.declared:
            _understand_alone(question)
    parts = [question for question in parts if not question.column.declared]
    if not parts:
        return
    marks = _marks(parts)
    union: Counter[str] = Counter()
    for question in parts:
        union.update(question.counts)
    inferred = infer(union, is_in_grid=len(parts) > 1)
    for question in parts:
        separator = question.column.separator
        question.marks = {value: marks[value] for value in question.counts if value in marks}
        if separator and not marks and (splitter := learn_split(union, separator, question.known)):
            question.splitter = Splitter({value: splitter.parts[value] for value in question.counts}, splitter.options)
            question.question_type, question.found = "multiple", splitter.options
        elif marks:
            question.question_type, question.found = "multiple", tuple(sorted(marks))
        else:
            question.question_type, question.found = inferred.question_type, inferred.options


def _understand_alone(question: Question) -> None:
    column = question.column
    if column.declared == "multiple" and column.subquestion:
        words = {value: mark for value in question.counts for mark in MARKS if value.casefold() in MARKS[mark]}
        question.marks = dict(column.marks) or words
        question.question_type, question.found = (
            "multiple",
            tuple(value for value in question.marks if value in question.counts),
        )
        return
    if column.declared in (None, "multiple") and column.separator:
        labels = [*question.known, *column.labels.values()]
        question.splitter = learn_split(question.counts, column.separator, labels)
    if question.splitter is not None:
        question.question_type, question.found = "multiple", question.splitter.options
        return
    inferred = infer(question.counts)
    question.question_type = column.declared or inferred.question_type
    question.found = inferred.options
    if column.declared in ("single", "scale", "multiple", "ranking") and not inferred.options:
        question.found = tuple(sorted(question.counts)[:MOST_SHOWN])


# Options listed for a closed question whose codebook names none.
MOST_SHOWN = 50


def _marks(parts: Sequence[Question]) -> dict[str, str]:
    declared = {value: mark for question in parts for value, mark in question.column.marks.items()}
    if declared:
        return declared
    counts = [question.counts for question in parts]
    marks = marks_of(counts)
    if marks:
        # A lone column of 0 and 1 is a number; a lone one of Y is a box.
        return marks if len(parts) > 1 or not all(value.isdigit() for value in marks) else {}
    labels = [question.column.subquestion_text or question.column.subquestion for question in parts]
    if labels_as_marks(counts, labels):
        return {value: MARKED for column in counts for value in column}
    return {}


def _meant(manifest: Manifest | None) -> dict[str, Meant]:
    """What the manifest says, by question."""
    found: dict[str, Meant] = {}
    for _, mapping in manifest.survey.mapped if manifest and manifest.survey else ():
        meant = found.setdefault(mapping.question, Meant())
        meant.answers |= frozenset(mapping.answers) | frozenset(mapping.items)
        concept = concepts().get(mapping.concept)
        meant.scale = concept.scale if concept else ""
    return found


def _counts(columns: Sequence[Column], frame: pl.DataFrame) -> dict[str, Counts]:
    """How often each value stands in each column; the tool's own words for a gap are left out."""
    found: dict[str, Counts] = {}
    for column in columns:
        gaps = {*column.no_answer, *column.no_answer.values(), *column.not_asked}
        series = frame[column.name].drop_nulls()
        if gaps:
            series = series.filter(~series.is_in(list(gaps)))
        table = series.value_counts(sort=True)
        if table.height > MOST_VALUES:
            table = _sample(table, column.name)
        found[column.name] = dict(table.iter_rows())
    return found


def _sample(table: pl.DataFrame, name: str) -> pl.DataFrame:
    """Enough values of an open column to tell its type: those that are no numbers first."""
    odd = ~pl.col(name).str.contains(f"^(?:{NUMBER.pattern})$") & ~pl.col(name).str.contains(f"^(?:{DATE.pattern})$")
    return table.sort(odd, descending=True, maintain_order=True).head(MOST_VALUES)
