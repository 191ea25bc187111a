"""Which encoding a text is in: decided by bytes, and the reason told."""

import pytest

from stadtlabor import encoding

GERMAN = "Gemeinde;Straße\nDießen am Ammersee;Große Allee\nMölln;Übergang für Fußgänger\n"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("utf-8-sig", b"\xef\xbb\xbf" + GERMAN.encode(), "byte order mark of UTF-8"),
        ("utf-16", b"\xff\xfe" + GERMAN.encode("utf-16-le"), "byte order mark of UTF-16 little-endian"),
        ("utf-16", b"\xfe\xff" + GERMAN.encode("utf-16-be"), "byte order mark of UTF-16 big-endian"),
        ("utf-16-le", GERMAN.encode("utf-16-le"), "second bytes of each pair are zero"),
        ("utf-16-be", GERMAN.encode("utf-16-be"), "first bytes of each pair are zero"),
        ("utf-8", GERMAN.encode(), "valid UTF-8"),
        ("ascii", b"a;b\n1;2\n", "only ASCII"),
        ("iso-8859-1", GERMAN.encode("latin-1"), "0xDF in line 1"),
        ("cp1252", (GERMAN + "„Preis“ – 5 €\n").encode("cp1252"), "likelier than as cp850"),
        ("cp850", GERMAN.encode("cp850"), "likelier than as cp1252"),
    ],
)
def test_each_encoding_is_found_with_its_reason(name, data, reason):
    found = encoding.decide(data)

    assert found.name == name
    assert reason in found.reason
    assert "Dießen am Ammersee" in data.decode(found.name) or name == "ascii"


def test_one_damaged_byte_does_not_turn_utf_8_into_cp1252(deliver):
    text = GERMAN * 10
    data = text.encode() + b"kaputt \xe4;x\n"

    file = deliver(data)

    assert file.encoding == "utf-8"
    assert file.is_damaged
    assert "damaged in places" in file.encoding_reason
    assert file.text.startswith(text)
