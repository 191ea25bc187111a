"""Whether a mapped question can be what its concept asks for: its parts, the type of its answers, their order.

Which answers a mapping speaks of is the rule of `stadtlabor.dictionary.concepts`: those of its `subquestion`
('' where it names none) and of the parts under `items`. The gate and dbt's `core__survey_codes` go by it too.
"""

import difflib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from stadtlabor.dictionary.concepts import Concept
from stadtlabor.manifest.survey_section import QuestionMapping

Field = tuple[str | int, ...]
LISTED = 12
NUMBER = r"^\s*[-+]?\d[\d.,]*\s*$"
# A code such as A3 or 03: what stands before its number, and the number.
NUMBERED = re.compile(r"([A-Za-z]*)0*(\d{1,3})")
# Fewer answers than this have no order that could be wrong.
ORDERED = 3


@dataclass(frozen=True)
class Fault:
    """What is wrong at a field of the manifest, and what to do."""

    field: Field
    what: str
    remedy: str


def faults(mapping: QuestionMapping, field: Field, questions: pl.DataFrame, answers: pl.DataFrame) -> Iterator[Fault]:
    """Why a mapping does not fit its question; `questions` and `answers` are landing tables of all files."""
    # Only a survey needs the dictionary.
    from stadtlabor.dictionary.concepts import concepts

    concept = concepts().get(mapping.concept)
    own = questions.filter(pl.col("question") == mapping.question)
    if concept is None:
        return
    if wrong := list(_parts(mapping, field, concept, own)):
        yield from wrong
        return
    spoken = _spoken_of(mapping, concept, own)
    given = answers.filter(pl.col("question") == mapping.question, spoken)
    given = given.filter(pl.col("answer_kind").is_in(["choice", "number", "text"]))
    yield from _type(mapping, field, concept, set(own.filter(spoken)["question_type"]), given)
    yield from _words(mapping, field, concept, own)
    if concept.scale == "scale":
        yield from _order(mapping, field, concept, own)


def offered(question: str, questions: pl.DataFrame, answers: pl.DataFrame) -> set[str]:
    """Codes and texts of the answers to a question: those of the codebook and those given."""
    found = {word for one in _options(questions.filter(pl.col("question") == question)).items() for word in one}
    given = answers.filter(pl.col("question") == question)
    return found | set(given["value"].drop_nulls()) | set(given["code"].drop_nulls())


def unknown(field: Field, kind: str, name: str, known: Collection[str]) -> Fault:
    """A name that is not among the known ones, with the nearest."""
    meant = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    remedy = f"Did you mean {listed(meant)}?" if meant else f"There are: {listed(known)}."
    return Fault(field, f"there is no {kind} called {name!r}", remedy)


def listed(names: Collection[str]) -> str:
    """Names in quotes, the first of many."""
    ordered = list(names) if isinstance(names, list) else sorted(names)
    more = f" and {len(ordered) - LISTED} more" if len(ordered) > LISTED else ""
    return ", ".join(repr(name) for name in ordered[:LISTED]) + more


def _parts(mapping: QuestionMapping, field: Field, concept: Concept, own: pl.DataFrame) -> Iterator[Fault]:
    """Parts that the question does not have, or that are not told apart."""
    parts = [part for part in own["subquestion"].fill_null("").unique(maintain_order=True) if part]
    of = f"part of {mapping.question!r}"
    if mapping.subquestion and mapping.subquestion not in parts:
        yield unknown((*field, "subquestion"), of, mapping.subquestion, parts)
    if not parts or mapping.subquestion:
        return
    is_whole = own.filter(pl.col("subquestion").fill_null("") == "", pl.col("is_free_text") != "true").height > 0
    if mapping.items and not is_whole:
        for part in mapping.items:
            # What several answers in one cell are called is known from the answers alone.
            if part not in parts and part not in _options(own).values():
                yield unknown((*field, "items", part), of, part, parts)
    elif not is_whole and concept.scale != "multiple":
        remedy = f"Name one, `subquestion: {json.dumps(parts[0], ensure_ascii=False)}`"
        remedy += ", or map them under 'items'." if concept.items else "."
        what = f"the question {mapping.question!r} is answered by its parts ({listed(parts)}), and none is named"
        yield Fault((*field, "question"), what, remedy)


def _spoken_of(mapping: QuestionMapping, concept: Concept, own: pl.DataFrame) -> pl.Expr:
    parts = own["subquestion"].fill_null("").unique().to_list()
    is_any = concept.scale == "multiple" and mapping.subquestion is None
    return pl.col("subquestion").fill_null("").is_in([part for part in parts if is_any or mapping.speaks_of(part)])


def _type(
    mapping: QuestionMapping, field: Field, concept: Concept, types: set[str], given: pl.DataFrame
) -> Iterator[Fault]:
    if given.is_empty():
        return
    values = given["value"].drop_nulls()
    examples = listed(values.unique(maintain_order=True).head(3).to_list())
    if concept.scale == "number":
        if values.str.contains(NUMBER).sum() * 2 < len(values):
            what = f"{concept.id!r} is a number ({concept.unit}), and the answers are none: {examples}"
            yield Fault((*field, "concept"), what, "Name a concept with classes, or leave 'concept' empty.")
        return
    if concept.scale == "multiple":
        if types <= {"number", "date"}:
            what = f"of {concept.id!r} several things can be marked; the answers are of another type: {examples}"
            yield Fault((*field, "concept"), what, "Name another concept, or leave 'concept' empty.")
        return
    known = set(mapping.answers) | concept.codes()
    if not (set(values) | set(given["code"].drop_nulls())) & known:
        several = ", several to a person" if types == {"multiple"} else ""
        what = f"none of the answers given is one of {concept.id!r}{several}: {examples}"
        yield Fault((*field, "answers"), what, "Map them under 'answers', or leave 'concept' empty.")


def _words(mapping: QuestionMapping, field: Field, concept: Concept, own: pl.DataFrame) -> Iterator[Fault]:
    """Answers whose words are those of another answer of the same classification."""
    from stadtlabor.dictionary.concepts.labels import classifications, words

    said, used = _options(own), set(mapping.answers.values())
    scales = [scale for scale in classifications(concept) if used & set(scale)]
    scale: Mapping[str, tuple[str, ...]] = max(scales, key=lambda one: len(used & set(one)), default={})
    for answer, code in mapping.answers.items():
        asked = words(said.get(answer, answer))
        meant = [other for other, labels in scale.items() if asked in map(words, labels)]
        if meant and code in scale and code not in meant:
            what = f"by its words {answer!r} is {meant[0]!r}, and is mapped to {code!r}"
            yield Fault((*field, "answers", answer), what, f"Write {meant[0]!r}, or another concept.")


def _order(mapping: QuestionMapping, field: Field, concept: Concept, own: pl.DataFrame) -> Iterator[Fault]:
    """Numbered answers of a scale that neither rise nor fall with it."""
    place = {answer.code: place for place, answer in enumerate(concept.answers) if answer.is_substantive}
    numbered = [(found, code) for answer, code in mapping.answers.items() if (found := NUMBERED.fullmatch(answer))]
    steps = sorted((int(found[2]), place[code]) for found, code in numbered if code in place)
    if len({at for _, at in steps}) < ORDERED or len({found[1] for found, _ in numbered}) > 1:
        return
    # Where labels say what the numbers mean, their order need not.
    if any(label != code for code, label in _options(own).items()):
        return
    ways = {(second > first) - (second < first) for (_, first), (_, second) in pairwise(steps)} - {0}
    if len(ways) > 1:
        what = f"the answers' numbers neither rise nor fall with the scale of {concept.id!r}"
        yield Fault((*field, "answers"), what, f"Its order is: {listed(list(place))}.")


def _options(own: pl.DataFrame) -> dict[str, str]:
    found = [option for options in own["options"].drop_nulls() for option in json.loads(options)]
    return {str(option["code"]): str(option["label"]) for option in found}
