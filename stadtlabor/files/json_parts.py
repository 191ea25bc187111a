"""JSON taken apart with the places its parts stand at, so that each record keeps its line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from stadtlabor.files.raw import RawFile

_SPACE = re.compile(r"\s*")
_DECODER = json.JSONDecoder()


def looks_like_json(file: RawFile) -> bool:
    """Whether the text begins as JSON does."""
    return not file.is_workbook and file.head.lstrip()[:1] in ("{", "[")


def value(text: str, position: int) -> Any:
    """The value that begins at a position."""
    return _DECODER.raw_decode(text, position)[0]


def members(text: str, begin: int) -> Iterator[tuple[str, int]]:
    """Keys of the object at `begin`, with the position of their values."""
    position = skip(text, begin + 1)
    while text[position] != "}":
        key, position = _DECODER.raw_decode(text, position)
        position = skip(text, skip(text, position) + 1)
        yield key, position
        position = skip(text, _DECODER.raw_decode(text, position)[1])
        position = skip(text, position + 1) if text[position] == "," else position


def elements(text: str, begin: int) -> Iterator[tuple[int, Any]]:
    """Elements of the list at `begin`, with their positions."""
    position = skip(text, begin + 1)
    while text[position] != "]":
        element, end = _DECODER.raw_decode(text, position)
        yield position, element
        position = skip(text, end)
        position = skip(text, position + 1) if text[position] == "," else position


def skip(text: str, position: int) -> int:
    """The position of the next sign that is no blank."""
    found = _SPACE.match(text, position)
    return found.end() if found else position


def is_damaged(part: Any) -> bool:
    """Whether bytes of a part did not fit the file's encoding, or an escape is half a character."""
    try:
        json.dumps(part, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
