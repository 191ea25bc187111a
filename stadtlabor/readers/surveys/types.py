"""What kind of question a column is, told from the answers where no codebook tells it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED

# Answers as a column counts them: value → how often.
Counts = Mapping[str, int]

NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]\d+)?")
DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}")
MARKS = {
    MARKED: frozenset(
        {
            "1", "y", "x", "yes", "ja", "true", "wahr", "oui", "checked", "ausgewählt", "gewählt", "angekreuzt",
            "quoted", "selected",
        }
    ),
    NOT_MARKED: frozenset(
        {
            "0", "n", "no", "nein", "false", "falsch", "non", "not checked", "nicht ausgewählt", "nicht gewählt",
            "nicht angekreuzt", "not quoted", "not selected",
        }
    ),
}  # fmt: skip
# Answer codes as LimeSurvey gives them; -oth- is its word for 'other'.
CODES = re.compile(r"\d{1,3}(?:,\d{1,2})+")
CODE = re.compile(r"-oth-|[A-Za-z]{1,4}\d{1,4}")
# Words in which the answers of a rating are put, German and English.
RATING = re.compile(
    r"stimme .*zu\b|trifft .*zu\b|zufrieden|wichtig|teils|weder|(?:sehr|eher|ziemlich) \w+|überhaupt nicht|gar nicht"
    r"|\bagree|satisfied|important|favorabl|favourabl|likely|neither|neutral|\b(?:very|somewhat|rather|not at all)\b"
    r"|\b(?:poor|fair|good|excellent|slightly|moderately|extremely|gut|schlecht|befriedigend|ausreichend|mangelhaft)\b"
    r"|\b(?:never|rarely|sometimes|often|always|nie|selten|manchmal|oft|häufig|immer)\b",
    re.IGNORECASE,
)
# From so many answers on, a few odd ones among numbers are slips.
ENOUGH_NUMBERS = 10
# From so many times on, pieces that never part are one label.
ENOUGH_TOGETHER = 8
# The most answer options a closed question has, and the longest label one has.
MAX_OPTIONS, MAX_LABEL = 30, 120


@dataclass(frozen=True)
class Inferred:
    """A question type and the answers that are options of it; the rest is somebody's own words."""

    question_type: str
    options: tuple[str, ...] = ()


def infer(counts: Counts, is_in_grid: bool = False) -> Inferred:
    """The type of one column by its answers: number, date, scale, single or text (none at all: other)."""
    if not counts:
        return Inferred("other")
    if all(NUMBER.fullmatch(value) for value in counts):
        whole = [int(value) for value in counts if re.fullmatch(r"[+-]?\d{1,2}", value)]
        if is_in_grid and len(whole) == len(counts) and max(whole) - min(whole) <= 10:
            return Inferred("scale", tuple(sorted(counts, key=int)))
        return Inferred("number")
    if is_mostly_numbers(counts):
        return Inferred("number")
    if all(DATE.fullmatch(value) for value in counts):
        return Inferred("date")
    options = _options(counts)
    if not options:
        return Inferred("text")
    rated = sum(bool(RATING.search(option)) for option in options)
    is_scale = 3 <= len(options) <= 11 and rated * 2 >= len(options)
    return Inferred("scale" if is_scale else "single", options)


def is_mostly_numbers(counts: Counts) -> bool:
    """Whether people were asked for a number and a few wrote more than one ('45 min', 'mal so, mal so')."""
    total = sum(counts.values())
    numbers = sum(count for value, count in counts.items() if NUMBER.fullmatch(value))
    return total >= ENOUGH_NUMBERS and numbers * 10 >= total * 9


def marks_of(columns: Sequence[Counts]) -> dict[str, str]:
    """What the values of a group of boxes mean: value → marked or not marked; empty where it is no such group."""
    values = {value for counts in columns for value in counts}
    if not values or len(values) > 2:
        return {}
    meaning = {value: mark for value in values for mark, words in MARKS.items() if value.casefold() in words}
    return meaning if len(meaning) == len(values) and len(set(meaning.values())) == len(meaning) else {}


def labels_as_marks(columns: Sequence[Counts], labels: Sequence[str]) -> bool:
    """Whether each column of a group holds one value only: its own label, or a number of its own."""
    given = [set(counts) for counts in columns]
    if len(given) < 2 or not any(given) or any(len(values) > 1 for values in given):
        return False
    found = [next(iter(values)) for values in given if values]
    own = all(not values or next(iter(values)) == label for values, label in zip(given, labels, strict=True))
    return own or (len(found) > 1 and len(set(found)) == len(found) and all(value.isdigit() for value in found))


@dataclass
class Splitter:
    """How the cells of one column fall into several answers."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    options: tuple[str, ...] = ()


def learn_split(counts: Counts, separator: str, known: Iterable[str] = ()) -> Splitter | None:
    """Find out whether a column's cells are several answers joined by `separator`; None where not.

    A tool joins the labels people ticked, and a label may hold the separator itself. Labels known from
    the manifest are honoured; else pieces that never stand without the one before them and go on in
    lower case belong to it. The column is several answers where the pieces so found recur.
    """
    known = sorted((label for label in known if label), key=len, reverse=True)
    if not any(separator in value for value in counts):
        return None
    # '12,50' is one number; only '1,3,5' is a list of codes.
    if is_mostly_numbers(counts) and all(value.count(separator) < 2 or not CODES.fullmatch(value) for value in counts):
        return None
    pieces = {value: _cut(value, separator, known) for value in counts}
    if not known:
        pieces = _rejoin(pieces, counts, separator)
    used: dict[str, int] = {}
    for value, parts in pieces.items():
        for part in parts:
            used[part] = used.get(part, 0) + counts[value]
    several = sum(counts[value] for value, parts in pieces.items() if len(parts) > 1)
    recurring = {part: count for part, count in used.items() if count > 1 or part in known}
    if not known and not _is_closed(used, recurring):
        return None
    return Splitter(pieces, tuple(recurring)) if several else None


def _is_closed(used: Counts, recurring: Counts) -> bool:
    if not 2 <= len(recurring) <= MAX_OPTIONS * 2 or any(len(part) > MAX_LABEL for part in recurring):
        return False
    # Own words beside the options are few: at most a quarter of everything said.
    return sum(recurring.values()) * 4 >= sum(used.values()) * 3


def _cut(value: str, separator: str, known: Sequence[str]) -> list[str]:
    if not known:
        return (
            [part.strip() for part in value.split(separator.strip()) if part.strip()]
            if separator.strip() == ";"
            else [part.strip() for part in value.split(separator) if part.strip()]
        )
    parts, rest = [], value
    while rest:
        match = next((label for label in known if rest == label or rest.startswith(label + separator)), None)
        if match is None:
            head, _, rest = rest.partition(separator)
            if head.strip():
                parts.append(head.strip())
        else:
            parts.append(match)
            rest = rest[len(match) + len(separator) :]
    return parts


def _rejoin(pieces: dict[str, list[str]], counts: Counts, separator: str) -> dict[str, list[str]]:
    """Put pieces together again that are one label with the separator inside."""
    alone: set[str] = set()
    before: dict[str, set[str]] = {}
    after: dict[str, set[str | None]] = {}
    used: Counter[str] = Counter()
    for value, parts in pieces.items():
        alone.update(parts[:1])
        used.update(dict.fromkeys(parts, counts[value]))
        for first, second in pairwise(parts):
            before.setdefault(second, set()).add(first)
        for first, then in zip(parts, [*parts[1:], None], strict=True):
            after.setdefault(first, set()).add(then)
    led = {second: min(firsts) for second, firsts in before.items() if second not in alone and len(firsts) == 1}
    tails = {second for second in led if second[:1].islower() or (second[:1].isdigit() and not second.isdigit())}
    # 'Café, Bahn, unterwegs' is one label where neither stands without the other, often enough to be no chance.
    tails |= {
        second
        for second, first in led.items()
        if used[first] >= ENOUGH_TOGETHER and all(then and led.get(then) == first for then in after[first])
    }
    joined: dict[str, list[str]] = {}
    for value, parts in pieces.items():
        whole: list[str] = []
        for part in parts:
            if part in tails and whole:
                whole[-1] += separator + part
            else:
                whole.append(part)
        joined[value] = whole
    return joined


def _options(counts: Counts) -> tuple[str, ...]:
    """The answer options of a closed question, the most frequent first; none for an open one."""
    total, kinds = sum(counts.values()), len(counts)
    if kinds <= MAX_OPTIONS and all(CODE.fullmatch(value) for value in counts):
        return tuple(sorted(counts))
    if any("\n" in value for value in counts):
        return ()
    if total < 20:
        short = all(len(value) <= 60 for value in counts)
        marked = all(value.casefold() in MARKS[MARKED] | MARKS[NOT_MARKED] or RATING.search(value) for value in counts)
        return tuple(sorted(counts)) if short and (kinds * 2 <= total or marked) else ()
    recurring = {value: count for value, count in counts.items() if count > 1}
    is_closed = (
        1 <= len(recurring) <= MAX_OPTIONS
        and max(map(len, recurring)) <= MAX_LABEL
        and sum(recurring.values()) * 5 >= total * 4
    )
    return tuple(sorted(recurring, key=lambda value: -recurring[value])) if is_closed else ()
