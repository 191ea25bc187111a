"""A key for pseudonyms that is the same in every test and no machine's own."""

import pytest


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("STADTLABOR_KEY", "0123456789abcdef0123456789abcdef")
