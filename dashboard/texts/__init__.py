"""What the pages say: every string in one place per language (`de.yml` and `de_surveys.yml`, the same in `en`).

A string is an attribute (`say.compare_title`), a closed set of them a group (`say.group("themes")`).
Both languages hold the same names with the same placeholders; a test keeps it so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class Texts:
    """The strings of one language."""

    language: str
    entries: Mapping[str, str | Mapping[str, str]]

    def __getattr__(self, name: str) -> str:
        entry = self.entries.get(name)
        if not isinstance(entry, str):
            raise AttributeError(f"texts/{self.language}.yml has no string {name!r}")
        return entry

    def group(self, name: str) -> Mapping[str, str]:
        """A closed set of strings: the words for each theme, sign, state or verdict."""
        entry = self.entries.get(name)
        if not isinstance(entry, Mapping):
            raise KeyError(f"texts/{self.language}.yml has no group {name!r}")
        return entry


@lru_cache
def of(language: str) -> Texts:
    """The strings of a language; read once. A group begun in one file may go on in another."""
    entries: dict[str, str | Mapping[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob(f"{language}*.yml")):
        for name, entry in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")).items():
            known = entries.get(name)
            entries[name] = {**known, **entry} if isinstance(known, Mapping) else entry
    return Texts(language, entries)
