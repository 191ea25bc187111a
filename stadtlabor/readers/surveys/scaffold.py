"""The `survey:` part of a ready-to-edit source.yml: every question, its answers with counts, a guessed concept."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from ruamel.yaml import YAML

from stadtlabor.dictionary.concepts import MARKED, NOT_MARKED, Concept
from stadtlabor.dictionary.concepts.labels import classifications, labels_of, match_labels
from stadtlabor.readers.facts import SurveyFacts
from stadtlabor.readers.protocol import ReadResult
from stadtlabor.readers.surveys import guess
from stadtlabor.readers.surveys.guess import Proposal, propose
from stadtlabor.readers.surveys.model import shortened

SHOWN_ANSWERS = 25
# More different numbers than this are no codes.
MOST_CODES = 15
# What YAML or a terminal takes only as an escape: control characters, separators of lines, turns of the direction of
# writing, halves of surrogate pairs, and what is no character.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
PLAIN_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
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
        # Qualtrics puts it before each part where there is an "other" to write beside.
        texts = {part["subquestion"]: part["subquestion_text"].removeprefix("Selected Choice - ") for part in closed}
        return {part: text or part for part, text in texts.items()}

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


def scaffold(result: ReadResult, columns: Sequence[str] = ()) -> Mapping[str, object]:
    """The field `survey` with its comments (they survive a round-trip dump); valid for `stadtlabor.manifest.source`.

    `columns` are lines on columns that can be named; they stand as a comment.
    """
    yaml = YAML(typ="rt")
    # An answer code like "1" or "yes" stays a text for whoever reads the file, in any version of YAML.
    yaml.preserve_quotes = True
    loaded: Mapping[str, object] = yaml.load(scaffold_text(result, columns))
    return loaded


def scaffold_text(result: ReadResult, columns: Sequence[str] = ()) -> str:
    """The same as YAML text: every question, mapped to nothing until the sign before `concept` is taken away."""
    entries = [line for asked in questions_of(result) for line in (f"# {_heading(asked)}", *_entry(asked))]
    population = "  population: citizens   # or commuters, space_users, companies, participants"
    comment = [
        "  # Nothing of a question is published until it has a concept: take the # before `concept` away where the",
        "  # proposal is right, or put another name there (see `stadtlabor concepts`) and a code behind each answer.",
    ]
    named = "  questions:" if entries else "  questions: []"
    to_name = [f"  # {line}" for line in columns]
    return "\n".join(["survey:", population, *to_name, *comment, named, *(f"    {line}" for line in entries)]) + "\n"


def propose_for(asked: Asked) -> Proposal | None:
    """The concept that a question probably asks for."""
    if asked.question_type in OWN_WORDS:
        return None
    types = [asked.question_type, *(["single", "scale"] if asked.is_few_numbers else [])]
    numbers: Counter[float] = Counter()
    for _, value, _, count in asked.given if asked.question_type == "number" else ():
        if PLAIN_NUMBER.fullmatch(value):
            numbers[float(value.replace(",", "."))] += count
    return propose(guess.Asked(asked.text, types, list(asked.options.values()), list(asked.rows.values()), numbers))


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


def _entry(asked: Asked) -> list[str]:
    """One question with its parts and answers, each with its count and, where the proposal knows one, its code."""
    proposal = propose_for(asked)
    concept = proposal.concept if proposal else None
    told = f"{concept.id}   # proposed: {proposal.because}" if concept and proposal else "  # none fits by its words"
    entry = [f"- question: {_quoted(asked.name)}", f"  #concept: {told}"]
    if asked.question_type in OWN_WORDS:
        return entry
    parts = list(dict.fromkeys(part["subquestion"] for part in asked.parts if part["is_free_text"] != "true"))
    is_alone = len(parts) == 1 and parts[0] and asked.question_type != "multiple"
    if is_alone:
        entry.append(f"  subquestion: {_quoted(parts[0])}")
    elif asked.rows:
        labels = labels_of(concept.items) if concept else {}
        entry += _mapping("items", asked.rows, labels, {part: asked.count_part(part) for part in asked.rows})
    if asked.question_type == "multiple" and asked.rows:
        entry += _marks(asked)
    elif asked.options and (concept is None or concept.scale != "number"):
        counts = {code: asked.count_answer(code) for code in asked.options}
        is_joined = asked.question_type == "multiple"
        entry += _mapping("items" if is_joined else "answers", asked.options, _answer_labels(concept, asked), counts)
    return entry + _condition(asked)


def _answer_labels(concept: Concept | None, asked: Asked) -> Mapping[str, tuple[str, ...]]:
    """Codes and labels of the classification that knows most of the answers."""
    if concept is None:
        return {}
    if concept.scale == "multiple":
        return labels_of(concept.items)
    return max(classifications(concept), key=lambda scale: len(match_labels(asked.options, scale)), default={})


def _mapping(
    name: str, choices: Mapping[str, str], labels: Mapping[str, tuple[str, ...]], counts: Mapping[str, int]
) -> list[str]:
    """Choices with their counterparts; behind those that have none a code is to be written."""
    shown = dict(list(choices.items())[:SHOWN_ANSWERS])
    matched = match_labels(shown, labels)
    rows = []
    for code, label in shown.items():
        remark = f"{counts[code]}×" + ("" if label == code else f" {_line(label, 60)}")
        counterpart = _quoted(matched[code]) if code in matched else ""
        rows.append(f"    {_quoted(code)}: {counterpart}".rstrip() + f"   # {remark}")
    if len(choices) > len(shown):
        rows.append(f"    # … and {len(choices) - len(shown)} more")
    return [f"  {name}:", *rows]


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
