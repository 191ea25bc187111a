"""Which concept a question probably asks for: a proposal, made only where its words and its answers both fit.

A wrong proposal costs more than a missing one, since whoever reads a scaffold may believe it. So the words of the
question must be those of the concept, and its answers must be the concept's: labels that stand in one concept alone
("18 bis 24 Jahre") let less be asked of the question's words than "ja" and "nein", which are answers of everything.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from stadtlabor.dictionary.concepts import Concept, concepts
from stadtlabor.dictionary.concepts.labels import classifications, labels_of, match_labels, words

# Types of question that can ask for a concept of a scale. A class of numbers is a single choice.
FITTING = {
    "single": {"single", "scale"},
    "scale": {"scale", "single"},
    "multiple": {"multiple"},
    "number": {"number"},
}
# How much of a question must be said in the concept's words (0 to 1): where its answers tell, and where they do not.
SUPPORTED, ALONE = 0.4, 0.72
# Between two concepts closer than this nobody can tell.
CLEAR = 0.08
# The share of answers, and of parts, that must be the concept's.
ENOUGH_ANSWERS, ENOUGH_ITEMS, ENOUGH_NUMBERS = 0.8, 0.6, 0.9
# Where the question is the concept's to the word, a town's own places or modes may stand among the answers.
SAME_WORDS, HALF_THE_ANSWERS = 0.95, 0.5
# Fewer answers that stand in this concept alone may agree by chance.
TELLING = 2
# Words that no question is told by.
STOP = frozenset(
    """
    sie ihr ihre ihren ihrem ihnen ich der die das den dem des ein eine einen einem einer in im an am auf zu zur zum
    mit von vom für und oder aber ist sind haben hat wird werden würden könnten können was wie welche welcher welches
    welchen wo wer es sich bei aus als dass nach bitte zurzeit derzeit aktuell ungefähr etwa mehrere antworten möglich
    mehrfachauswahl mehrfachnennung selected choice frage folgenden folgende themen
    you your yours the a an of to in on at for and or is are was were do does did have has had be been will would can
    could what which how who it with from by as that this these please currently usually about roughly select all apply
    """.split()  # noqa: SIM905
)
# Whom or what else may be asked about, another time, another place, a wish, or whether there is such a thing at all: a
# partner's work is not one's own, and the place one worked in before is not today's.
OTHERWISE = frozenset(
    """
    kind kinder kindes kindern partner partnerin mutter vater eltern haushalt haushaltsmitglieder angehörige kollegen
    kolleginnen chef chefin vorgesetzte vorgesetzter führungskraft arbeitgeber arbeitgeberin freunde bekannte nachbarn
    haus auto wohnung haustier hund child children partners spouse wife husband mother father parents household
    colleagues boss supervisor manager employer friends neighbours neighbors house car flat pet
    waren früher damals ehemals bisher vorher zuvor pandemie corona umzug gezogen zugezogen erstmals künftig zukünftig
    zukunft were formerly previously before pandemic covid moved future
    büro betrieb präsenz dienststelle urlaub ferien freizeit office onsite holiday holidays vacation leisure
    gern gerne möchten wünschen wunsch wish prefer want gibt there anyone jemand jemanden
    """.split()  # noqa: SIM905
)
ENDINGS = re.compile(r"(?:en|ern|er|es|em|e|n|t|s|st|te|ten|ing|ed)$")


@dataclass(frozen=True)
class Asked:
    """A question as it is held against the concepts.

    `types` are the question types it may be, the likeliest first; `options` the labels of its answers, `rows` of its
    parts; `numbers` the numbers given, each with how often.
    """

    text: str
    types: Sequence[str]
    options: Sequence[str] = ()
    rows: Sequence[str] = ()
    numbers: Mapping[float, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A concept that may be meant, and why, in a few words."""

    concept: Concept
    because: str


def propose(asked: Asked) -> Proposal | None:
    """The concept that fits, or None where none does or two do."""
    found = sorted(_fitting(asked), key=lambda pair: -pair[0])
    if not found or (len(found) > 1 and found[0][0] - found[1][0] < CLEAR):
        return None
    return found[0][1]


def _fitting(asked: Asked) -> Iterator[tuple[float, Proposal]]:
    for concept in concepts().values():
        if not FITTING[concept.scale].intersection(asked.types):
            continue
        score = _said(concept, asked.text)
        fit = _numbers_fit(concept, asked) if concept.scale == "number" else _answers_fit(concept, asked, score)
        if fit is None:
            continue
        share, what, is_telling = fit
        if score >= (SUPPORTED if is_telling else ALONE):
            yield score + share / 10, Proposal(concept, f"its words fit ({score:.0%}), and {what}")


Fit = tuple[float, str, bool]


def _numbers_fit(concept: Concept, asked: Asked) -> Fit | None:
    total = sum(asked.numbers.values())
    assert concept.minimum is not None
    assert concept.maximum is not None
    inside = sum(count for value, count in asked.numbers.items() if concept.minimum <= value <= concept.maximum)
    share = inside / total if total else 0.0
    # Numbers of one range are answers of everything.
    return (share, f"{inside} of {total} numbers lie in its range", False) if share >= ENOUGH_NUMBERS else None


def _answers_fit(concept: Concept, asked: Asked, score: float) -> Fit | None:
    """How many of the answers, and parts, are the concept's; whether they could be another's."""
    if concept.scale == "multiple":
        return _items_fit(concept, asked.rows or asked.options)
    if bool(concept.items) != bool(asked.rows):
        return None
    choices = {option: option for option in asked.options if not _is_aside(option)}
    matches = [match_labels(choices, scale) for scale in classifications(concept)]
    matched = max(matches, key=len, default={})
    distinct = len(set(matched.values()))
    enough = HALF_THE_ANSWERS if score >= SAME_WORDS else ENOUGH_ANSWERS
    if len(matched) < enough * len(choices) or distinct < 2:
        return None
    rows = _items_fit(concept, asked.rows) if asked.rows else (0.0, "", False)
    if rows is None:
        return None
    telling = sum(_is_telling(choice) for choice in matched)
    what = f"{len(matched)} of {len(choices)} answers are its own"
    return len(matched) / len(choices), what, rows[2] or (telling >= TELLING and concept.scale != "scale")


def _items_fit(concept: Concept, choices: Sequence[str]) -> Fit | None:
    distinct = {choice: choice for choice in choices if not _is_aside(choice)}
    matched = match_labels(distinct, labels_of(concept.items))
    if len(set(matched.values())) < 2 or len(matched) < ENOUGH_ITEMS * len(distinct):
        return None
    what = f"{len(matched)} of {len(distinct)} parts are its own"
    return len(matched) / len(distinct), what, sum(_is_telling(choice) for choice in matched) >= TELLING


def _said(concept: Concept, text: str) -> float:
    """How far a question and a concept's own wordings are the same, from 0 to 1."""
    asked = _stems(text)
    wordings = (concept.question_de, concept.question_en, concept.label_de, concept.label_en)
    own = {word for wording in (*wordings, *concept.keywords) for word in words(wording).split()}
    if not asked or OTHERWISE.intersection(words(text).split()) - own:
        return 0.0
    shares = [_common(asked, stems) for wording in wordings if (stems := _stems(wording))]
    keywords = [_stems(keyword) for keyword in concept.keywords]
    named = set().union(*(stems for stems in keywords if stems and stems <= asked))
    # All that is asked is a keyword: "Geschlecht", "Are you employed?". How good something is may be asked of anything.
    is_named = bool(named) and asked <= named and concept.scale != "scale"
    return max(*shares, 0.9 if is_named else 0.0)


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


@cache
def _stems(text: str) -> frozenset[str]:
    """The words that tell a question, without endings."""
    told = [word for word in words(re.sub(r"\([^)]*\)", " ", text)).split() if word not in STOP]
    return frozenset(ENDINGS.sub("", word) if len(word) > 4 else word for word in told)


def _is_aside(option: str) -> bool:
    """'Do not know', 'other' and the like are answers of everything."""
    said = words(option)
    return not said or said in ASIDE or said.startswith(("sonstige", "andere", "anderes", "weiß nicht", "other"))


ASIDE = frozenset(
    {
        "keine angabe", "k a", "weiß nicht", "kann ich nicht sagen", "no answer", "prefer not to say", "do not know",
        "i do not know", "n a",
    }
)  # fmt: skip


def _is_telling(label: str) -> bool:
    """Whether a label stands in one concept alone."""
    return _carriers()[words(label)] <= 1


@cache
def _carriers() -> Counter[str]:
    """In how many concepts each label stands."""
    found: Counter[str] = Counter()
    for concept in concepts().values():
        scales = [*classifications(concept), labels_of(concept.items)]
        found.update({words(label) for scale in scales for labels in scale.values() for label in labels})
    return found
