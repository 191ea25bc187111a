"""What every survey export comes down to: columns with a role, and responses with a status."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import polars as pl

from stadtlabor.base.rejects import Reject
from stadtlabor.files.layout import Layout

Role = Literal["answer", "meta", "personal", "timing", "index"]

# A heading names a question in manifests and tables; beyond this it is the text, not a name.
KEY_CHARACTERS = 160
CELL_CHARACTERS = 80

# The status of a response that the tool itself takes for no person's.
SPAM = "spam"

_MARKUP = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>|<[a-zA-Z/!][^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass
class Column:
    """One column of an export: what it is and, for an answer, of which question.

    `question` and `subquestion` are the tool's codes or, where it has none, its texts; ('' is no
    subquestion). `declared` is a question type a codebook states; `labels` maps answer codes to labels;
    `no_answer` and `not_asked` are the tool's values for them; `separator` is what the tool puts between
    several answers in one cell, where it does; `marks` maps the values of a ticked or unticked box to
    `marked` and `not_marked`; `asked_if` is routing as JSON.
    """

    index: int
    heading: str
    role: Role = "answer"
    question: str = ""
    subquestion: str = ""
    question_text: str = ""
    subquestion_text: str = ""
    is_other: bool = False
    declared: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    no_answer: Mapping[str, str] = field(default_factory=dict)
    not_asked: frozenset[str] = frozenset()
    separator: str | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    asked_if: str | None = None

    @property
    def name(self) -> str:
        """The column in a frame of the table."""
        return f"c{self.index}"

    @property
    def cell(self) -> str:
        """Heading and number: unique in the file."""
        return f"{self.index + 1}: {shortened(self.heading, CELL_CHARACTERS)}"


@dataclass
class Plan:
    """What a tool's reader makes of its table, before it is landed.

    `frame` holds the records (line, c0, c1 …) without further header rows; `responses` has, row for row
    with it, the text columns tool_id, status, status_reason, started_at, submitted_at, duration_seconds,
    last_page, language, and `identity` (what tells two respondents with the same number apart, or null).
    `rejects` are records that are no responses. `codebook` names the file that told what the columns mean.
    """

    columns: list[Column]
    frame: pl.DataFrame
    responses: pl.DataFrame
    notes: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    layout: Layout = field(default_factory=Layout)
    codebook: str = ""


def plain(text: str) -> str:
    """A text without markup, entities, hard spaces and line breaks."""
    return " ".join(html.unescape(_MARKUP.sub(" ", html.unescape(text))).split())


@lru_cache(maxsize=20_000)
def normal(heading: str) -> str:
    """A heading for comparing: lower case, letters and digits only ('Response.ID' = 'Response ID')."""
    return "".join(character for character in heading.casefold() if character.isalnum())


def shortened(text: str, limit: int) -> str:
    """A text cut to `limit` characters, the cut shown."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def split_brackets(heading: str, pair: str = "[]") -> tuple[str, list[str]]:
    """'Frage [Zeile][Skala 1]' → ('Frage', ['Zeile', 'Skala 1']); nested brackets stay inside."""
    opening, closing = pair[0], pair[1]
    rest = heading.rstrip()
    parts: list[str] = []
    while rest.endswith(closing):
        depth = 0
        for position in range(len(rest) - 1, -1, -1):
            depth += (rest[position] == closing) - (rest[position] == opening)
            if depth == 0:
                break
        else:
            break
        if position == 0:
            break
        parts.insert(0, rest[position + 1 : -1].strip())
        rest = rest[:position].rstrip()
    return rest, parts


def split_copy_number(heading: str, earlier: set[str]) -> str:
    """A heading without the '.1' that data tools add to a repeated one."""
    match = re.fullmatch(r"(.*)\.\d{1,3}", heading, re.DOTALL)
    return match[1] if match and match[1] in earlier else heading


def make_unique(columns: Sequence[Column]) -> list[str]:
    """Give each pair of question and subquestion a name of its own; notes on what was repeated."""
    seen: Counter[tuple[str, str]] = Counter()
    taken = {(column.question, column.subquestion) for column in columns if column.role == "answer"}
    repeated: Counter[str] = Counter()
    for column in columns:
        if column.role != "answer":
            continue
        pair = (column.question, column.subquestion)
        seen[pair] += 1
        if seen[pair] == 1:
            continue
        repeated[f"{pair[0]} [{pair[1]}]" if pair[1] else pair[0]] += 1
        while True:
            suffix = f"({seen[pair]})"
            if column.subquestion or any(c.question == pair[0] and c.subquestion for c in columns):
                new = (pair[0], f"{pair[1]} {suffix}".strip())
            else:
                new = (f"{pair[0]} {suffix}", "")
            if new not in taken:
                break
            seen[pair] += 1
        taken.add(new)
        column.question, column.subquestion = new
    if not repeated:
        return []
    heading, count = repeated.most_common(1)[0]
    return [
        f"{sum(repeated.values())} column(s) repeat a question ({shortened(heading, 60)!r} stands {count + 1} times): "
        "each is kept under a name of its own"
    ]


def key_of(text: str, fallback: str) -> str:
    """A question's name made of its text: cut, and never empty."""
    return shortened(plain(text), KEY_CHARACTERS) or fallback


def named(columns: Iterable[Column], role: Role) -> str:
    """The headings of all columns of a role, for a note."""
    return ", ".join(
        shortened(column.heading or f"column {column.index + 1}", 40) for column in columns if column.role == role
    )
