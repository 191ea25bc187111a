"""What the search can find: entries, and their words folded so that case, umlauts and spellings do not matter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.words.indicator import alphabetical_key

LINE_CHARACTERS = 160


@dataclass(frozen=True)
class Entry:
    """Something that can be found: its title, one line about it, and where it is."""

    group: str
    title: str
    line: str
    page: str
    selection: Mapping[str, str] = field(default_factory=dict)
    more: str = ""  # further words that it is found by
    indicator_id: str = ""

    @property
    def text(self) -> str:
        """All its words, folded."""
        return fold(f"{self.title} {self.line} {self.more}")


def fold(words: str) -> str:
    """Words without case, umlauts and the two spellings of these: Mölln, MOELLN and molln are one."""
    plain = alphabetical_key(words)
    return re.sub(r"ae|oe|ue", lambda pair: pair[0][0], plain)


def joined(row: Mapping[str, Any], language: str, *names: str) -> str:
    """What a row says under several names in a language, one after the other."""
    return " ".join(str(row[f"{name}_{language}"]) for name in names if row[f"{name}_{language}"])


def shortened(words: str) -> str:
    """The first sentence, or as much of it as makes one line."""
    first = re.split(r"(?<=[a-zäöüß)]\.)\s", words.strip(), maxsplit=1)[0]
    return first if len(first) <= LINE_CHARACTERS else first[:LINE_CHARACTERS].rsplit(" ", 1)[0] + " …"
