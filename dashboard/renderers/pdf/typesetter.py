"""The typesetter: a document as data, through the template, into the bytes of a PDF.

Only the typesetter's own fonts are used, so that a document is the same on every machine.
"""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

TEMPLATES = Path(__file__).parent
FONT = "Libertinus Serif"
STANDARD: Final = "ua-1"
# What stands for a character that no font has; the standard allows no character without a shape.
UNKNOWN = "□"
# What is left of a control character in JSON that keeps all others as they are.
_CONTROL = re.compile(r"(?<!\\)((?:\\\\)*)\\u[0-9a-f]{4}")


def compiled(document: dict[str, Any], **options: Any) -> Any:
    """A document as the template's data, by the typesetter's own options; bytes, or a list of them for pictures.

    Raises `typst.TypstError` where it cannot be set as the standard asks.
    """
    return _compiler("paper").compile(sys_inputs={"document": _as_json(document)}, **options)


def pdf_of(document: dict[str, Any]) -> bytes:
    """A document as PDF/UA-1."""
    return bytes(compiled(document, pdf_standards=[STANDARD]))


def count_of(document: dict[str, Any]) -> int:
    """How many pages a document has."""
    compiler = _compiler("paper")
    compiler.compile(sys_inputs={"document": _as_json(document)})
    return int(compiler.query("<pages>", field="value", one=True))


def _as_json(document: dict[str, Any]) -> str:
    text = _CONTROL.sub(rf"\1{UNKNOWN}", json.dumps(document, ensure_ascii=False))
    return text.translate({ord(one): UNKNOWN for one in set(text) if not _has_shape(one)})


@lru_cache(1 << 16)
def _has_shape(character: str) -> bool:
    if character.isascii():
        return True
    if unicodedata.category(character) == "Cs":
        return False
    try:
        _compiler("shape").compile(sys_inputs={"character": character}, pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True


@lru_cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(str(TEMPLATES / f"{template}.typ"), ignore_system_fonts=True)
