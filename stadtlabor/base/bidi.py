"""Controls that turn the direction of writing: they make a text look like another, and are dropped on reading."""

import re

# Embeddings, overrides and isolates; marks such as U+200F only say how a sign beside them is written.
CONTROLS = "[\u202a-\u202e\u2066-\u2069]"
_FOUND = re.compile(CONTROLS)


def without_controls(text: str) -> tuple[str, int]:
    """The text without them, and how many there were."""
    return (text, 0) if text.isascii() else _FOUND.subn("", text)


def note(count: int) -> str:
    """What is said of those dropped."""
    return f"dropped {count:,} control character(s) that turn the direction of writing (U+202A–202E, U+2066–2069)"
