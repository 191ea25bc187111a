"""The vocabulary in words: what there is to map a question to, each with an example."""

import json
from collections.abc import Iterator
from typing import Any

from stadtlabor.dictionary.concepts import themes
from stadtlabor.dictionary.concepts.concept import Concept
from stadtlabor.dictionary.concepts.labels import words

SHOWN_IN_EXAMPLE = 2


def lines(search: str = "") -> list[str]:
    """Every concept whose id, labels, questions or keywords hold the searched word, theme by theme."""
    found: list[str] = []
    for theme in themes():
        fitting = [concept for concept in theme.concepts if words(search) in _searched(concept)]
        if fitting:
            found += ["", f"{theme.label_de} / {theme.label_en}"]
            found += [line for concept in fitting for line in _concept(concept)]
    return found[1:] or [f"No concept has {search!r} in its name, its question or its keywords."]


def _searched(concept: Concept) -> str:
    labels = (concept.label_de, concept.label_en, concept.question_de, concept.question_en)
    return words(" ".join((concept.id, concept.id.replace("_", " "), *labels, *concept.keywords)))


def _concept(concept: Concept) -> Iterator[str]:
    yield f"  {concept.id}  {concept.label_de} / {concept.label_en} [{concept.scale}]"
    yield f"    {concept.question_de} / {concept.question_en}"
    if concept.scale == "number":
        yield f"    {concept.brief}"
    for name, things in (("items", concept.items), ("answers", concept.answers)):
        if things:
            yield f"    {name}: " + "; ".join(f"{one.code} ({one.label_de})" for one in things)
    for level in concept.levels:
        if level.to_concept is None:
            yield f"    or coarser, {level.label_de}: " + ", ".join(answer.code for answer in level.answers)
    yield "    for example:"
    yield from (f"      {line}" for line in _example(concept))


def example(concept: Concept) -> dict[str, Any]:
    """An entry under `questions` in source.yml that maps a question to the concept."""
    pairs = {
        name: {one.label_de: one.code for one in things[:SHOWN_IN_EXAMPLE]}
        for name, things in (("items", concept.items), ("answers", concept.answers))
    }
    return {"question": "Q1", "concept": concept.id, **{name: codes for name, codes in pairs.items() if codes}}


def _example(concept: Concept) -> Iterator[str]:
    """The same as YAML."""
    shown = example(concept)
    yield f'- question: "{shown.pop("question")}"   # {concept.question_de}'
    yield f"  concept: {shown.pop('concept')}"
    for name, codes in shown.items():
        yield f"  {name}:"
        yield from (f"    {json.dumps(label, ensure_ascii=False)}: {json.dumps(code)}" for label, code in codes.items())
