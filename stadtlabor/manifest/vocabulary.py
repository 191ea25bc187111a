"""Whether a survey's `source.yml` speaks the shared vocabulary, and of questions that its files have.

A misspelt concept, item or answer code would meet nothing in the dictionary, and its answers would silently
be missing from every base; so each is a fault that names line and field.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

import polars as pl

from stadtlabor.base.errors import DeliveryError
from stadtlabor.manifest import mapping_fit
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.mapping_fit import Fault, Field, listed, offered, unknown
from stadtlabor.manifest.source import Manifest
from stadtlabor.manifest.survey_section import QuestionMapping, Survey


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


def _told(faults: Iterator[Fault], path: Path) -> DeliveryError | None:
    found = list(faults)
    if not found:
        return None
    further = f" {len(found) - 1} further problem(s) follow in this file." if len(found) > 1 else ""
    return manifests.fault_at(path, found[0].field, found[0].what, found[0].remedy + further)


def _words(survey: Survey) -> Iterator[Fault]:
    # Only a survey needs the dictionary.
    from stadtlabor.dictionary.concepts import concepts

    known = concepts()
    asked: dict[str, list[QuestionMapping]] = {}
    for number, mapping in survey.mapped:
        field: Field = ("survey", "questions", number)
        if mapping.concept not in known:
            yield unknown((*field, "concept"), "concept", mapping.concept, known)
            continue
        yield from _items(mapping, field)
        yield from _answers(mapping, field)
        yield from _asked_before(mapping, asked.setdefault(mapping.concept, []), field)
    for number, margin in enumerate(survey.margins):
        field = ("survey", "margins", number)
        if margin.concept not in known:
            yield unknown((*field, "concept"), "concept", margin.concept, known)
        elif margin.answer not in known[margin.concept].codes():
            of = f"answer of {margin.concept!r}"
            yield unknown((*field, "answer"), of, margin.answer, known[margin.concept].codes())
        elif any((margin.concept, margin.answer) == (one.concept, one.answer) for one in survey.margins[:number]):
            yield Fault((*field, "answer"), f"{margin.answer!r} of {margin.concept!r} is given twice", "Give it once.")


def _asked_before(mapping: QuestionMapping, before: list[QuestionMapping], field: Field) -> Iterator[Fault]:
    """Two questions that ask for the same of a concept: counted as one they must be meant to be."""
    same = next((one for one in before if _overlap(one, mapping)), None)
    if same is not None and not mapping.combine:
        what = f"the concept {mapping.concept!r} is asked for by the question {same.question!r} already"
        remedy = "Write `combine: true` here where both ask the same and are to be counted as one; else take one out."
        yield Fault((*field, "concept"), what, remedy)
    if (earlier := {code for one in before for code in one.answers.values()}) and mapping.answers:
        # Asked for in two classifications, a concept would be counted in one of them alone.
        yield from _mixed(mapping, field, earlier)
    before.append(mapping)


def _overlap(one: QuestionMapping, other: QuestionMapping) -> bool:
    items, others = set(one.items.values()), set(other.items.values())
    return bool(items & others) or not (items and others)


def _items(mapping: QuestionMapping, field: Field) -> Iterator[Fault]:
    from stadtlabor.dictionary.concepts import concepts

    concept = concepts()[mapping.concept]
    codes = [item.code for item in concept.items]
    if concept.scale == "multiple" and not mapping.items:
        what = f"of {mapping.concept!r} several things can be marked, and none of them is mapped"
        yield Fault((*field, "concept"), what, f"Map the question's parts or answers under 'items': {listed(codes)}.")
    if mapping.items and not codes:
        yield Fault(
            (*field, "items"), f"the concept {mapping.concept!r} has no items", "Map its answers under 'answers'."
        )
        return
    for part, item in mapping.items.items():
        if item not in codes:
            yield unknown((*field, "items", part), f"item of {mapping.concept!r}", item, codes)


def _answers(mapping: QuestionMapping, field: Field) -> Iterator[Fault]:
    from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED, concepts

    concept = concepts()[mapping.concept]
    if concept.scale == "number":
        if mapping.answers:
            what = f"the concept {concept.id!r} is a number and has no answers"
            yield Fault((*field, "answers"), what, "Take the answers out, or name a concept with classes.")
        return
    known = {MARKED, NOT_MARKED} if concept.scale == "multiple" else concept.codes()
    misspelt = [answer for answer, code in mapping.answers.items() if code not in known]
    for answer in misspelt:
        yield unknown((*field, "answers", answer), f"answer of {concept.id!r}", mapping.answers[answer], known)
    if not misspelt and concept.scale != "multiple":
        yield from _mixed(mapping, field)


def _mixed(mapping: QuestionMapping, field: Field, earlier: Collection[str] = ()) -> Iterator[Fault]:
    """Answers of the base beside answers of a level, `earlier` ones included: one of the two would be in no base."""
    from stadtlabor.dictionary.concepts import concepts

    concept = concepts()[mapping.concept]
    # "Do not know" is of every classification.
    aside = {answer.code for answer in concept.answers if not answer.is_substantive}
    scales = {"": {answer.code for answer in concept.answers}} | {
        level.level: {answer.code for answer in level.answers} for level in concept.levels if level.to_concept is None
    }
    used = {answer: code for answer, code in mapping.answers.items() if code not in aside}
    all_used = {*used.values(), *earlier} - aside
    if any(all_used <= codes for codes in scales.values()):
        return
    first = {*earlier} - aside or set(used.values())
    name, codes = max(scales.items(), key=lambda scale: (len(first & scale[1]), len(all_used & scale[1])))
    answer, code = next(((answer, code) for answer, code in used.items() if code not in codes), ("", ""))
    if not answer:
        return
    most = f"of its level {name!r}" if name else "of the concept itself"
    yield Fault(
        (*field, "answers", answer),
        f"{code!r} belongs to another classification of {concept.id!r} than the other answers, which are {most}",
        f"Use one of: {listed(codes)}.",
    )


def _missing(survey: Survey, questions: pl.DataFrame, answers: pl.DataFrame) -> Iterator[Fault]:
    names = set(questions["question"].drop_nulls())
    for number, mapping in survey.mapped:
        field: Field = ("survey", "questions", number)
        if mapping.question not in names:
            yield unknown((*field, "question"), "question in the files", mapping.question, names)
        else:
            yield from mapping_fit.faults(mapping, field, questions, answers)
        condition = mapping.asked_if
        if condition is None:
            continue
        if condition.question not in names:
            yield unknown((*field, "asked_if", "question"), "question in the files", condition.question, names)
            continue
        choices = offered(condition.question, questions, answers)
        choices |= {one for other in survey.questions if other.question == condition.question for one in other.answers}
        for place, answer in enumerate(condition.answers):
            if answer not in choices:
                of = f"answer to {condition.question!r} in the files"
                yield unknown((*field, "asked_if", "answers", place), of, answer, choices)
