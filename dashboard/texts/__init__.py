"""What the pages say: every string in one place per language (`de/` and `en/`, a file a subject).

A string is an attribute (`say.compare_title`), a closed set of them a group (`say.group("themes")`).
Both languages hold the same names with the same placeholders; a test keeps it so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

LANGUAGES = ("de", "en")

# A per cent sign as it is typed behind a number, and as each language sets it, so that no line breaks before it.
PER_CENT = r"([\d}]) %"
PER_CENT_AS_SET = {"de": "\u202f%", "en": "%"}


@dataclass(frozen=True)
class Texts:
    """The strings of one language."""

    language: str
    entries: Mapping[str, str | Mapping[str, str]]

    def __getattr__(self, name: str) -> str:
        entry = self.entries.get(name)
        if not isinstance(entry, str):
            raise AttributeError(f"texts/{self.language} has no string {name!r}")
        return entry

    def group(self, name: str) -> Mapping[str, str]:
        """A closed set of strings: the words for each theme, sign, state or verdict."""
        entry = self.entries.get(name)
        if not isinstance(entry, Mapping):
            raise KeyError(f"texts/{self.language} has no group {name!r}")
        return entry

    def title(self, page: str = "", about: str = "") -> str:
        """What a browser's tab says: what a page is about, the page by its name, and the project."""
        words = (about, self.group("pages")[page] if page else "", self.site_name)
        return " – ".join(filter(None, words))


@lru_cache
def of(language: str) -> Texts:
    """The strings of a language; read once. A group begun in one file may go on in another."""
    entries: dict[str, str | Mapping[str, str]] = {}
    for path in sorted(Path(__file__).parent.joinpath(language).glob("*.yml")):
        for name, entry in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")).items():
            known, words = entries.get(name), _as_set(entry, language)
            entries[name] = {**known, **words} if isinstance(known, Mapping) and isinstance(words, Mapping) else words
    return Texts(language, entries)


def _as_set(entry: str | Mapping[str, str], language: str) -> str | Mapping[str, str]:
    if isinstance(entry, str):
        return re.sub(PER_CENT, rf"\1{PER_CENT_AS_SET[language]}", entry)
    return {name: re.sub(PER_CENT, rf"\1{PER_CENT_AS_SET[language]}", words) for name, words in entry.items()}
