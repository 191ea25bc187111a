"""Whether a survey's `source.yml` speaks the shared vocabulary, and of questions that its files have.

A misspelt concept, item or answer code would meet nothing in the dictionary, and its answers would silently
be missing from every base; so each is a fault that names line and field.
"""

import difflib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.source import Manifest, QuestionMapping, Survey

Field = tuple[str | int, ...]
LISTED = 12


@dataclass(frozen=True)
class _Fault:
    field: Field
    what: str
    remedy: str


def unknown_word(manifest: Manifest, path: Path) -> DeliveryError | None:
    """Why the dictionary does not understand a survey's manifest; None where it does, or is no survey.

    `path` is the manifest's file. The first fault is told in full, the others are counted.
    """
    return _told(_words(manifest.survey), path) if manifest.survey else None


def unknown_question(
    manifest: Manifest, path: Path, questions: pl.DataFrame, answers: pl.DataFrame
) -> DeliveryError | None:
    """Why a survey's mappings do not fit its files; None where they do.

    `questions` and `answers` are landing tables of all files. An answer that nobody gave is no fault; a
    condition is one where it names an answer that is neither given nor offered.
    """
    return _told(_missing(manifest.survey, questions, answers), path) if manifest.survey else None


def _told(faults: Iterator[_Fault], path: Path) -> DeliveryError | None:
    found = list(faults)
    if not found:
        return None
    further = f" {len(found) - 1} further problem(s) follow in this file." if len(found) > 1 else ""
    return manifests.fault_at(path, found[0].field, found[0].what, found[0].remedy + further)


def _words(survey: Survey) -> Iterator[_Fault]:
    # Only a survey needs the dictionary.
    from stadtlabor.dictionary.concepts import concepts

    known = concepts()
    for number, mapping in enumerate(survey.questions):
        field: Field = ("survey", "questions", number)
        if mapping.concept not in known:
            yield _unknown((*field, "concept"), "concept", mapping.concept, known)
            continue
        yield from _items(mapping, field)
        yield from _answers(mapping, field)
    for number, margin in enumerate(survey.margins):
        field = ("survey", "margins", number)
        if margin.concept not in known:
            yield _unknown((*field, "concept"), "concept", margin.concept, known)
        elif margin.answer not in known[margin.concept].codes():
            of = f"answer of {margin.concept!r}"
            yield _unknown((*field, "answer"), of, margin.answer, known[margin.concept].codes())


def _items(mapping: QuestionMapping, field: Field) -> Iterator[_Fault]:
    from stadtlabor.dictionary.concepts import concepts

    codes = [item.code for item in concepts()[mapping.concept].items]
    if mapping.items and not codes:
        yield _Fault(
            (*field, "items"), f"the concept {mapping.concept!r} has no items", "Map its answers under 'answers'."
        )
        return
    for part, item in mapping.items.items():
        if item not in codes:
            yield _unknown((*field, "items", part), f"item of {mapping.concept!r}", item, codes)


def _answers(mapping: QuestionMapping, field: Field) -> Iterator[_Fault]:
    from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED, concepts

    concept = concepts()[mapping.concept]
    if concept.scale == "number":
        if mapping.answers:
            what = f"the concept {concept.id!r} is a number and has no answers"
            yield _Fault((*field, "answers"), what, "Take the answers out, or name a concept with classes.")
        return
    known = {MARKED, NOT_MARKED} if concept.scale == "multiple" else concept.codes()
    unknown = [answer for answer, code in mapping.answers.items() if code not in known]
    for answer in unknown:
        yield _unknown((*field, "answers", answer), f"answer of {concept.id!r}", mapping.answers[answer], known)
    if not unknown and concept.scale != "multiple":
        yield from _mixed(mapping, field)


def _mixed(mapping: QuestionMapping, field: Field) -> Iterator[_Fault]:
    """Answers of the base beside answers of a level: one of the two would be in no base."""
    from stadtlabor.dictionary.concepts import concepts

    concept = concepts()[mapping.concept]
    # "Do not know" is of every classification.
    aside = {answer.code for answer in concept.answers if not answer.is_substantive}
    scales = {"": {answer.code for answer in concept.answers}} | {
        level.level: {answer.code for answer in level.answers} for level in concept.levels if level.to_concept is None
    }
    used = {answer: code for answer, code in mapping.answers.items() if code not in aside}
    if any(set(used.values()) <= codes for codes in scales.values()):
        return
    name, codes = max(scales.items(), key=lambda scale: sum(code in scale[1] for code in used.values()))
    answer, code = next((answer, code) for answer, code in used.items() if code not in codes)
    most = f"of its level {name!r}" if name else "of the concept itself"
    yield _Fault(
        (*field, "answers", answer),
        f"{code!r} belongs to another classification of {concept.id!r} than the other answers, which are {most}",
        f"Use one of: {_listed(codes)}.",
    )


def _missing(survey: Survey, questions: pl.DataFrame, answers: pl.DataFrame) -> Iterator[_Fault]:
    names = set(questions["question"].drop_nulls())
    for number, mapping in enumerate(survey.questions):
        field: Field = ("survey", "questions", number)
        if mapping.question not in names:
            yield _unknown((*field, "question"), "question in the files", mapping.question, names)
        condition = mapping.asked_if
        if condition is None:
            continue
        if condition.question not in names:
            yield _unknown((*field, "asked_if", "question"), "question in the files", condition.question, names)
            continue
        offered = _offered(condition.question, questions, answers)
        offered |= {one for other in survey.questions if other.question == condition.question for one in other.answers}
        for place, answer in enumerate(condition.answers):
            if answer not in offered:
                of = f"answer to {condition.question!r} in the files"
                yield _unknown((*field, "asked_if", "answers", place), of, answer, offered)


def _offered(question: str, questions: pl.DataFrame, answers: pl.DataFrame) -> set[str]:
    """Codes and texts of the answers to a question: those of the codebook and those given."""
    listed = questions.filter(pl.col("question") == question)["options"].drop_nulls()
    found = {word for options in listed for option in json.loads(options) for word in option.values()}
    given = answers.filter(pl.col("question") == question)
    return found | set(given["value"].drop_nulls()) | set(given["code"].drop_nulls())


def _unknown(field: Field, kind: str, name: str, known: Collection[str]) -> _Fault:
    meant = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    remedy = f"Did you mean {_listed(meant)}?" if meant else f"There are: {_listed(known)}."
    return _Fault(field, f"there is no {kind} called {name!r}", remedy)


def _listed(names: Collection[str]) -> str:
    ordered = list(names) if isinstance(names, list) else sorted(names)
    more = f" and {len(ordered) - LISTED} more" if len(ordered) > LISTED else ""
    return ", ".join(repr(name) for name in ordered[:LISTED]) + more
