"""The key of pseudonyms: one for a warehouse, whoever asks for it first."""

import secrets
import stat

from stadtlabor.base import pseudonyms


def test_a_key_is_made_once_for_its_owner_alone_and_never_seen_half_written(tmp_path, monkeypatch):
    path, seen, make = tmp_path / "warehouse" / "key", [], secrets.token_hex

    def made(size: int) -> str:
        seen.append(path.exists())
        return make(size)

    monkeypatch.setattr(secrets, "token_hex", made)
    key = pseudonyms.key(path.parent)
    pseudonyms._kept.cache_clear()

    assert seen == [False]
    assert pseudonyms.key(path.parent) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_who_comes_second_takes_the_key_of_the_first(tmp_path, monkeypatch):
    path = tmp_path / "key"
    # Another process makes its key between the look and the writing.
    monkeypatch.setattr(secrets, "token_hex", lambda size: path.write_text("f" * 64) and "0" * 64)

    assert pseudonyms.key(tmp_path) == b"f" * 64
