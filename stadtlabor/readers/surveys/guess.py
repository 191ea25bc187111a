"""Which concept a question probably asks for, by the dictionary's own keywords and labels."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from stadtlabor.dictionary.concepts import Concept, concepts

# Types of question that can ask for a concept of a scale. A class of numbers is a single choice.
FITTING = {
    "single": {"single", "scale"},
    "scale": {"scale", "single", "number"},
    "multiple": {"multiple"},
    "number": {"number", "scale", "single"},
}
# A concept is offered from this score on: a long keyword or two, a keyword and its labels, or many labels.
ENOUGH = 1.8
# Fewer labels than this agree by chance: 'yes' and 'no' are answers of everything.
TELLING_LABELS = 3


def guess(text: str, types: Sequence[str], options: Sequence[str], rows: Sequence[str]) -> Concept | None:
    """The concept that fits best, or None: its keywords in the text, its labels among options and rows.

    `types` are the question types it may be, the likeliest first; `options` and `rows` the labels of its
    answers and parts.
    """
    scored = [(_score(concept, text, types, options, rows), concept) for concept in concepts().values()]
    score, best = max(scored, key=lambda pair: pair[0])
    return best if score >= ENOUGH else None


def match_labels(choices: Mapping[str, str], labels: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Choices (code → label) to the dictionary's codes (code → its labels), where they say the same."""
    words = {code: [_words(label) for label in own] for code, own in labels.items()}
    found: dict[str, str] = {}
    for choice, label in choices.items():
        asked = _words(label)
        exact = [code for code, own in words.items() if asked in own]
        near = [code for code, own in words.items() if any(_near(asked, one) for one in own)]
        fitting = exact or (near if len(near) == 1 else [])
        if fitting:
            found[choice] = fitting[0]
    return found


def _score(concept: Concept, text: str, types: Sequence[str], options: Sequence[str], rows: Sequence[str]) -> float:
    if not FITTING[concept.scale].intersection(types):
        return 0.0
    asked = " " + _words(text) + " "
    keywords = [
        word for word in map(_words, concept.keywords) if f" {word} " in asked or (len(word) > 6 and word in asked)
    ]
    # A longer keyword says more than a short one.
    score = sum(0.5 + len(word) / 10 for word in keywords)
    if asked.strip() in (_words(concept.question_de), _words(concept.question_en), _words(concept.label_de)):
        score += 3
    score += 2 * _share(options, [*concept.answers, *_level_answers(concept)], bool(score))
    score += 2 * _share(rows or options, concept.items, bool(score))
    return score + (concept.scale in types) * 0.5 + (concept.scale == types[0]) * 0.5 if score else 0.0


def _level_answers(concept: Concept) -> list[Any]:
    return [answer for level in concept.levels for answer in level.answers if answer.label_de]


def _share(choices: Sequence[str], things: Sequence[Any], is_supported: bool) -> float:
    """The share of choices that the dictionary's labels name; few of them count only beside a keyword."""
    if not choices or not things:
        return 0.0
    labels = {str(number): (thing.label_de, thing.label_en) for number, thing in enumerate(things)}
    matched = len(match_labels({choice: choice for choice in choices}, labels))
    return matched / len(choices) if is_supported or matched >= TELLING_LABELS else 0.0


def _near(one: str, other: str) -> bool:
    """The same words but for fillers: '18–24' and '18 bis 24 Jahre', 'Zug / Bahn' and 'Bahn'."""
    first, second = set(one.split()) - FILLERS, set(other.split()) - FILLERS
    numbers = {word for word in first ^ second if word.isdigit()}
    return bool(first and second) and not numbers and (first <= second or second <= first)


FILLERS = frozenset(
    {
        "bis", "unter", "jahre", "jahr", "years", "year", "to", "und", "and", "oder", "or", "der", "die", "das", "ich",
        "i", "the", "km", "min", "minuten", "minutes", "euro",
    }
)  # fmt: skip


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
