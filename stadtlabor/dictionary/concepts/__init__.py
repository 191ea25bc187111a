"""The concept dictionary: the shared vocabulary by which the towns' questions become comparable.

One YAML file per theme. A concept has a base set of answers (or items, or a number with its plausible
range) and may have *levels*: coarser classifications of the same question. A level's answer lists
`from`, the finer answers it takes in, or `minimum`/`below`, the numbers it takes in. A town that asked
coarsely maps its answers to the level's own codes; a level that nothing finer leads to is not
comparable with the base, and its note says why. A level that can be reached takes in every substantive
answer: what it left out could be worked out from the difference of two published bases.

How a survey's answers meet a concept (`questions` in `source.yml`):

    single, scale    `answers`: tool code or text → codes of the base, or all of one level; `items` for the
                     rows of a grid
    number           nothing; the number itself, in the concept's unit, within minimum and maximum
    multiple         `items`: part of the question (or, where the tool joins several answers in one cell,
                     the answer's text) → item; an answer is a mark unless its landing `code` is NOT_MARKED

A mapping speaks of the answers whose `question` is its own and whose `subquestion` is its `subquestion`
('' where it names none) or one of its `items`; what the tool puts elsewhere (free text beside a choice,
the number of marks) is not spoken of and not published.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from stadtlabor.base import own_yaml
from stadtlabor.dictionary.concepts.concept import Answer, Concept, Item, Level, LevelAnswer, Theme
from stadtlabor.dictionary.concepts.landing_frames import TABLES, frames

__all__ = [
    "MARKED",
    "NOT_MARKED",
    "TABLES",
    "Answer",
    "Concept",
    "Item",
    "Level",
    "LevelAnswer",
    "Theme",
    "concepts",
    "frames",
    "load",
    "themes",
]

FOLDER = Path(__file__).parent
# What a part of a multiple choice can be, as readers write it into the landing `code`.
MARKED = "marked"
NOT_MARKED = "not_marked"


def load(folder: Path = FOLDER) -> tuple[Theme, ...]:
    """Read and validate every theme of `folder`, in order; ValueError names file and concept.

    A concept id stands in one theme only, and a level's `to_concept` names a concept there is.
    """
    found = []
    for path in sorted(folder.glob("*.yml")):
        try:
            found.append(Theme.model_validate(own_yaml.read(path)))
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from None
    found.sort(key=lambda theme: theme.position)
    ids = [concept.id for theme in found for concept in theme.concepts]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise ValueError(f"concepts defined twice: {', '.join(twice)}")
    for theme in found:
        for concept in theme.concepts:
            for level in concept.levels:
                if level.to_concept is not None and level.to_concept not in ids:
                    raise ValueError(f"{concept.id}: level {level.level} leads to no concept")
    return tuple(found)


@cache
def themes() -> tuple[Theme, ...]:
    """The project's own themes, read once."""
    return load()


@cache
def concepts() -> Mapping[str, Concept]:
    """Concept id → concept, in the dictionary's order."""
    return MappingProxyType({concept.id: concept for theme in themes() for concept in theme.concepts})
