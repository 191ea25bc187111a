"""Which character encoding a delivered text is in, and why: decided by its bytes, never silently."""

import codecs
import re
from collections.abc import Mapping
from typing import NamedTuple

# Long before short: the UTF-32 LE mark begins with the UTF-16 LE one.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16 little-endian"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16 big-endian"),
)

# What German offices' texts hold beyond ASCII; every other character speaks against a reading.
GERMAN = frozenset("äöüÄÖÜß")
PLAUSIBLE = GERMAN | frozenset("€§°²³µ©®½¼·„“”‚‘’«»–—…≥≤±×éèêàâôçáíóúñëïåæøÉÈÀ\xa0\xad")

# Printed characters in cp1252 and cp850, control characters in ISO-8859-1.
C1_BYTES = range(0x80, 0xA0)

# Enough of a file to tell an encoding; what follows is still decoded strictly.
SAMPLE_BYTES = 4_000_000


class Encoding(NamedTuple):
    """An encoding as `bytes.decode` names it, the reason it was chosen, and whether bytes are damaged."""

    name: str
    reason: str
    errors: str = "strict"


def decide(data: bytes) -> Encoding:
    """The encoding of `data`, tried in this order: BOM, UTF-16 without one, UTF-8, then one-byte ones."""
    for mark, name, title in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _marked(data, name, title)
    if (wide := _utf16_without_mark(data)) is not None:
        return wide
    if data.isascii():
        return Encoding("ascii", "only ASCII characters, which UTF-8, cp1252, ISO-8859-1 and cp850 share")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)
    return Encoding("utf-8", "no byte order mark; every byte sequence beyond ASCII is valid UTF-8")


def _marked(data: bytes, name: str, title: str) -> Encoding:
    reason = f"begins with the byte order mark of {title}"
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        return Encoding(name, f"{reason}; damaged from byte {error.start} on", _repair(name))
    return Encoding(name, reason)


def _repair(name: str) -> str:
    # A lone surrogate marks the damaged byte in UTF-8; the wide codecs cannot carry one.
    return "surrogateescape" if name.startswith("utf-8") else "replace"


def _utf16_without_mark(data: bytes) -> Encoding | None:
    """UTF-16 shows in Latin text as a zero at every second byte."""
    sample = data[:4096]
    if len(data) % 2 or len(sample) < 4 or not sample.count(0):
        return None
    half = len(sample) / 2
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    for name, order, zeros, others in (("utf-16-le", "second", odd, even), ("utf-16-be", "first", even, odd)):
        if zeros > 0.7 and others < 0.1:
            try:
                data.decode(name)
            except UnicodeDecodeError:
                continue
            return Encoding(name, f"no byte order mark; {zeros:.0%} of the {order} bytes of each pair are zero")
    return None


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Encoding:
    line = data.count(b"\n", 0, error.start) + 1
    fault = f"not UTF-8 (byte 0x{data[error.start]:02X} in line {line})"
    # Where the first of a large file's characters beyond ASCII stand, there are others to judge it by.
    window = slice(max(0, error.start - SAMPLE_BYTES // 2), error.start + SAMPLE_BYTES // 2)
    if _mostly_utf8(data[window]):
        reason = f"{fault}, but most other sequences beyond ASCII are valid UTF-8: damaged in places"
        return Encoding("utf-8", reason, "surrogateescape")
    scores = {name: _score(data, name, window) for name in ("latin-1", "cp1252", "cp850")}
    if not any(byte in data for byte in C1_BYTES) and scores["latin-1"] > 0 and scores["latin-1"] >= scores["cp850"]:
        return Encoding("iso-8859-1", f"{fault}; no byte from 0x80 to 0x9F, so cp1252 reads the same")
    return _one_byte(scores, fault)


def _mostly_utf8(sample: bytes) -> bool:
    """Whether valid sequences are at least as many as damaged spots.

    In a text of one byte per character a valid sequence hardly ever occurs: it would be a letter such
    as Ã before a sign. Read as one, the valid ones would become such letters and nobody would be told.
    """
    text = sample.decode("utf-8", "surrogateescape")
    damaged = len(re.findall("[\udc80-\udcff]+", text))
    valid = len(re.findall("[^\x00-\x7f\udc80-\udcff]", text))
    return valid >= damaged


def _one_byte(scores: Mapping[str, int], fault: str) -> Encoding:
    """cp1252 or cp850; where neither gives likely text, damaged UTF-8: a reject tells, a wrong letter does not."""
    best, other = ("cp850", "cp1252") if scores["cp850"] > scores["cp1252"] else ("cp1252", "cp850")
    if scores[best] <= 0:
        reason = f"{fault}; neither cp1252 nor cp850 gives likely German text: damaged in places"
        return Encoding("utf-8", reason, "surrogateescape")
    return Encoding(
        best,
        f"{fault}; read as {best} its characters beyond ASCII are likelier than as {other} "
        f"(score {scores[best]} against {scores[other]})",
    )


def _score(data: bytes, name: str, window: slice) -> int:
    """Likely characters beyond ASCII less three times the unlikely ones; undefined bytes forbid."""
    try:
        text = data.decode(name)[window]
    except UnicodeDecodeError:
        return -len(data)
    score = 0
    for character in set(text):
        if character > "\x7f":
            score += text.count(character) * (1 if character in PLAUSIBLE else -3)
    return score
