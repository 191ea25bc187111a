"""The fixed words of a lab journal: phases, kinds of activity, themes, outcomes (`journal_words.yml`)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel

from stadtlabor.base import own_yaml
from stadtlabor.base.strict import STRICT
from stadtlabor.files.headings import normal

PATH = Path(__file__).with_name("journal_words.yml")


class Word(BaseModel):
    """One word in the dashboard's two languages; `also` are further spellings a delivery may use."""

    model_config = STRICT

    de: str
    en: str
    also: list[str] = []


@cache
def words() -> Mapping[str, Mapping[str, Word]]:
    """Every list of words: list → code → word, in the order of the file."""
    tree = own_yaml.read(PATH)
    return MappingProxyType(
        {name: {code: Word.model_validate(word) for code, word in codes.items()} for name, codes in tree.items()}
    )


@cache
def spellings(name: str) -> Mapping[str, str]:
    """Of one list: every spelling, in the normal form of headings, and the code it stands for."""
    return {
        normal(spelling): code
        for code, word in words()[name].items()
        for spelling in (code, word.de, word.en, *word.also)
    }
