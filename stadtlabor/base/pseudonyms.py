"""Pseudonyms: HMAC-SHA-256 of a tool's own number, with a key that stays outside the repository.

The key is taken from `STADTLABOR_KEY`, else from `warehouse/key`, which is made on first use. Whoever
holds neither cannot tell which response of a survey tool a row of the warehouse is.
"""

import functools
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from stadtlabor.base import places
from stadtlabor.base.errors import BuildError

if TYPE_CHECKING:
    import polars as pl

KEY_BYTES = 32
# 128 bits: no two of 10⁸ responses meet, and a key stays half as long in tables.
PSEUDONYM_CHARACTERS = 32


def key(warehouse: Path | None = None) -> bytes:
    """The secret key, of this warehouse's folder or the one of the environment.

    BuildError where `STADTLABOR_KEY` or the key file is too short to be one.
    """
    if given := os.environ.get("STADTLABOR_KEY"):
        return _checked(given.encode(), "STADTLABOR_KEY")
    path = (warehouse or places.warehouse()) / "key"
    return _checked(_kept(path).encode(), places.shown(path))


def pseudonyms(scope: str, numbers: Iterable[str], secret: bytes | None = None) -> list[str]:
    """One pseudonym per number, the same for the same number, scope (a delivery's id) and key."""
    # A copy of a keyed HMAC is four times as fast as a new one.
    keyed = hmac.new(secret if secret is not None else key(), scope.encode() + b"\0", hashlib.sha256)
    return [_digest(keyed, number) for number in numbers]


def of_column(scope: str, texts: "pl.Series", secret: bytes | None = None) -> "pl.Series":
    """A column's pseudonyms, each distinct text's made once; null stays null."""
    # A build with nothing to do needs the key, and must not pay for polars.
    import polars as pl

    distinct = [text for text in texts.unique().to_list() if text is not None]
    made = pseudonyms(scope, distinct, secret)
    return texts.replace_strict(distinct, made, default=None, return_dtype=pl.String)


def throwaway_key() -> bytes:
    """A key for looking at a file that is not delivered: nothing made with it can be joined."""
    return secrets.token_bytes(KEY_BYTES)


def _digest(keyed: hmac.HMAC, number: str) -> str:
    copy = keyed.copy()
    copy.update(number.encode())
    return copy.hexdigest()[:PSEUDONYM_CHARACTERS]


def _checked(secret: bytes, where: str) -> bytes:
    if len(secret) < 16:
        raise BuildError(f"{where}: a key needs at least 16 characters. Take 64 random hexadecimal digits.")
    return secret


@functools.lru_cache
def _kept(path: Path) -> str:
    """The key file's content; made with 0600 where there is none, by one process and never seen half written."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=path.parent, prefix="key-") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text("ascii").strip()
