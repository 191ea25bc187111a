"""The `survey:` part of a ready-to-edit source.yml: every question, its answers with counts, a guessed concept."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from ruamel.yaml import YAML

from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED, Concept
from stadtlabor.readers.facts import SurveyFacts
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.surveys.guess import guess, match_labels
from stadtlabor.readers.surveys.model import shortened

SHOWN_ANSWERS = 25
# More different numbers than this are no codes.
MOST_CODES = 15
# What YAML or a terminal takes only as an escape: control characters, separators of lines, turns of the direction of
# writing, halves of surrogate pairs, and what is no character.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
OWN_WORDS = ("text", "date", "other")


@dataclass(frozen=True)
class Asked:
    """A question with all its parts: rows of `questions`, and how often each (part, value, code) was given."""

    name: str
    parts: list[dict[str, str]]
    given: list[tuple[str, str, str | None, int]]

    @property
    def text(self) -> str:
        """What was asked."""
        return self.parts[0]["question_text"] or self.name

    @property
    def question_type(self) -> str:
        """The type of its parts; a lone 'other' column does not decide."""
        types = Counter(part["question_type"] for part in self.parts if part["is_free_text"] != "true")
        return types.most_common(1)[0][0] if types else "text"

    @property
    def rows(self) -> dict[str, str]:
        """Parts of a grid or multiple choice: code → label."""
        usual = self.question_type
        closed = [part for part in self.parts if part["subquestion"] and part["question_type"] == usual]
        return {part["subquestion"]: part["subquestion_text"] or part["subquestion"] for part in closed}

    @property
    def options(self) -> dict[str, str]:
        """Answer codes (or texts) → labels, of all parts; numbers few enough to be codes go for themselves."""
        found = {option["code"]: option["label"] for part in self.parts for option in json.loads(part["options"])}
        if not found and self.is_few_numbers:
            found = {value: value for _, value, _, _ in sorted(self.given, key=lambda row: (len(row[1]), row[1]))}
        return {code: label for code, label in found.items() if code}

    @property
    def is_few_numbers(self) -> bool:
        """Whether a number may be the code of an answer: few whole ones, none beyond two digits."""
        values = {value for _, value, _, _ in self.given}
        return self.question_type == "number" and len(values) <= MOST_CODES and all(len(value) <= 2 for value in values)

    @property
    def total(self) -> int:
        """How many answers were given."""
        return sum(count for *_, count in self.given)

    def count_answer(self, code: str) -> int:
        """How often an option was given, in all parts."""
        return sum(count for _, value, found, count in self.given if code in (value, found))

    def count_part(self, part: str) -> int:
        """How often a part was marked or answered."""
        return sum(count for name, _, mark, count in self.given if name == part and mark != NOT_MARKED)


def scaffold(result: ReadResult) -> Mapping[str, object]:
    """The field `survey` with its comments (they survive a round-trip dump); valid for `stadtlabor.manifest.source`."""
    yaml = YAML(typ="rt")
    # An answer code like "1" or "yes" stays a text for whoever reads the file, in any version of YAML.
    yaml.preserve_quotes = True
    loaded: Mapping[str, object] = yaml.load(scaffold_text(result))
    return loaded


def scaffold_text(result: ReadResult) -> str:
    """The same as YAML text. Questions no concept fits stand as comments, to be filled in or left."""
    lines, mapped = [], False
    for asked in questions_of(result):
        types = [asked.question_type, *(["single", "scale"] if asked.is_few_numbers else [])]
        concept = guess(asked.text, types, list(asked.options.values()), list(asked.rows.values()))
        lines.append(f"    # {_heading(asked)}")
        if asked.question_type in OWN_WORDS:
            continue
        entry = _entry(asked, concept)
        mapped = mapped or concept is not None
        lines += [f"    {line}" if concept else f"    # {line}" for line in entry]
    population = "  population: citizens   # or commuters, space_users, companies, participants"
    # A list of which every entry is a comment is no list to YAML.
    return "\n".join(["survey:", population, "  questions:" if mapped else "  questions: []", *lines]) + "\n"


def lines(result: ReadResult) -> list[str]:
    """The survey in a few sentences, for people: tool, responses, languages, period, questions."""
    facts = result.facts_as(SurveyFacts)
    comment = [
        f"Survey tool: {facts.tool}",
        f"Responses: {facts.completed} completed, {facts.incomplete} incomplete, {facts.test} test",
        f"Answers: {facts.answer_cells} filled cells in {facts.question_columns} columns",
        f"Languages: {', '.join(facts.languages) or 'not recorded'}",
        f"Questions: {facts.questions}",
    ]
    for asked in questions_of(result):
        parts = f", {len(asked.parts)} columns" if len(asked.parts) > 1 else ""
        text = "" if asked.text == asked.name else f" {shortened(asked.text, 70)}"
        comment.append(f"  {shortened(asked.name, 70)}:{text} [{asked.question_type}{parts}]")
    return comment


def questions_of(result: ReadResult) -> list[Asked]:
    """Every question of a read survey with the answers given to it, own words left out."""
    counts: dict[str, list[tuple[str, str, str | None, int]]] = {}
    given = result.tables["answers"].filter(pl.col("answer_kind").is_in(["choice", "number"]))
    counted = given.group_by("question", "subquestion", "value", "code", maintain_order=True).len()
    for question, subquestion, value, code, count in counted.iter_rows():
        counts.setdefault(question, []).append((subquestion, value, code, count))
    parts: dict[str, list[dict[str, str]]] = {}
    for row in result.tables["questions"].iter_rows(named=True):
        parts.setdefault(row["question"], []).append(row)
    return [Asked(name, rows, counts.get(name, [])) for name, rows in parts.items()]


def _heading(asked: Asked) -> str:
    parts = f", {len(asked.rows)} parts" if asked.rows else ""
    comment = "own words, never released" if asked.question_type in OWN_WORDS else f"{asked.total} answers"
    return f"{_line(asked.text, 140)} [{asked.question_type}{parts}, {comment}]"


def _entry(asked: Asked, concept: Concept | None) -> list[str]:
    """One question mapped; without a concept its parts and answers stand ready to be mapped."""
    entry = [f"- question: {_quoted(asked.name)}", f"  concept: {concept.id}" if concept else "  concept:"]
    if asked.rows and (concept is None or concept.items):
        labels = _labels(concept.items) if concept else {}
        entry += _mapping("items", asked.rows, labels, {part: asked.count_part(part) for part in asked.rows})
    if asked.question_type == "multiple" and asked.rows:
        entry += _marks(asked)
    elif asked.options and (concept is None or concept.scale != "number"):
        counts = {code: asked.count_answer(code) for code in asked.options}
        is_joined = asked.question_type == "multiple" and (concept is None or concept.scale == "multiple")
        entry += _mapping("items" if is_joined else "answers", asked.options, _answer_labels(concept), counts)
    return entry + _condition(asked)


def _answer_labels(concept: Concept | None) -> dict[str, tuple[str, ...]]:
    if concept is None:
        return {}
    if concept.scale == "multiple":
        return _labels(concept.items)
    finer = _labels(concept.answers)
    coarser = [answer for level in concept.levels if level.to_concept is None for answer in level.answers]
    # The finer stand first: where two say the same, an answer means the base's code, not a level's.
    return {**finer, **_labels([answer for answer in coarser if answer.label_de and answer.code not in finer])}


def _labels(things: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    return {thing.code: tuple(filter(None, (thing.label_de, thing.label_en))) for thing in things}


def _mapping(
    name: str, choices: Mapping[str, str], labels: Mapping[str, tuple[str, ...]], counts: Mapping[str, int]
) -> list[str]:
    """Choices with their counterparts; those without one as comments, for somebody who knows."""
    shown = dict(list(choices.items())[:SHOWN_ANSWERS])
    matched = match_labels(shown, labels)
    # An entry without a concept is a comment as a whole: its rows need no mark of their own.
    mark = "# " if labels else ""
    rows = []
    for code, label in shown.items():
        remark = f"{counts[code]}×" + ("" if label == code else f" {_line(label, 60)}")
        counterpart = _quoted(matched[code]) if code in matched else ""
        rows.append(f"    {'' if counterpart else mark}{_quoted(code)}: {counterpart}".rstrip() + f"   # {remark}")
    if len(choices) > len(shown):
        rows.append(f"    # … and {len(choices) - len(shown)} more")
    return [f"  {name}:" if matched or not mark else f"  # {name}:", *rows]


def _marks(asked: Asked) -> list[str]:
    """What the tool writes for a ticked and an unticked box, where it writes both."""
    found = {value: code for _, value, code, _ in asked.given if code in (MARKED, NOT_MARKED)}
    if NOT_MARKED not in found.values():
        return []
    return ["  answers:", *(f"    {_quoted(value)}: {code}" for value, code in found.items())]


def _condition(asked: Asked) -> list[str]:
    routing = json.loads(asked.parts[0]["asked_if"] or "{}")
    if "question" not in routing:
        return []
    answers = ", ".join(_quoted(answer) for answer in routing["answers"])
    return ["  asked_if:", f"    question: {_quoted(routing['question'])}", f"    answers: [{answers}]"]


def _quoted(value: str) -> str:
    """A text in double quotes: JSON's escapes are YAML's, which wants more characters escaped."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _line(text: str, limit: int) -> str:
    """A text fit for a comment, which knows no escapes."""
    return shortened(UNPRINTABLE.sub("?", " ".join(text.split())), limit)
