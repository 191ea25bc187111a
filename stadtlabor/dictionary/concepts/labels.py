"""Whether words of a survey say the same as labels of the dictionary."""

import re
from collections.abc import Iterator, Mapping, Sequence

from stadtlabor.dictionary.concepts.concept import Answer, Concept, Item, LevelAnswer

# Words that tell no answer from another.
FILLERS = frozenset(
    {
        "bis", "unter", "jahre", "jahr", "years", "year", "to", "und", "and", "oder", "or", "der", "die", "das", "ich",
        "i", "the", "km", "min", "minuten", "minutes", "euro",
    }
)  # fmt: skip


def words(text: str) -> str:
    """A text as it is compared: small letters, words and numbers with single blanks."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def labels_of(things: Sequence[Answer | Item | LevelAnswer]) -> dict[str, tuple[str, ...]]:
    """Code → its labels in both languages."""
    return {thing.code: tuple(filter(None, (thing.label_de, thing.label_en))) for thing in things}


def classifications(concept: Concept) -> Iterator[dict[str, tuple[str, ...]]]:
    """The answers of a concept as they can be asked for: the base, then each level; code → labels."""
    base = labels_of(concept.answers)
    yield base
    for level in concept.levels:
        if level.to_concept is None:
            # A level that keeps a code of the base leaves its labels out.
            own = labels_of(level.answers)
            yield {code: own_labels or base.get(code, ()) for code, own_labels in own.items()}


def match_labels(choices: Mapping[str, str], labels: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Choices (code → label) to the dictionary's codes (code → its labels), where they say the same."""
    known = {code: [words(label) for label in own] for code, own in labels.items()}
    found: dict[str, str] = {}
    for choice, label in choices.items():
        asked = words(label)
        exact = [code for code, own in known.items() if asked in own]
        near = [code for code, own in known.items() if any(_near(asked, one) for one in own)]
        fitting = exact or (near if len(near) == 1 else [])
        if fitting:
            found[choice] = fitting[0]
    return found


def _near(one: str, other: str) -> bool:
    """The same words but for fillers: '18–24' and '18 bis 24 Jahre', 'Zug / Bahn' and 'Bahn'."""
    first, second = set(one.split()) - FILLERS, set(other.split()) - FILLERS
    further = first ^ second
    # A second word more is another thing: 'anderer Ort' is not 'anderer Ort im Kreis'.
    is_one_more = len(further) <= 1 and not any(word.isdigit() for word in further)
    return bool(first and second) and is_one_more and (first <= second or second <= first)
