"""Which encoding a text is in: decided by bytes, and the reason told."""

import pytest

from stadtlabor.files import encoding
from stadtlabor.readers.statistics import figures_table

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


@pytest.mark.parametrize(
    ("before", "damaged"),
    [
        ("Mölln;1\n", b"M\xf6lln;2\n"),
        ("Mölln;1\nDießen;2\n", b"Die\xdfen;2\nM\xf6lln;3\n"),
        ("Mölln;1\n", b"M\xc3lln;2\n"),
        ("Mölln;1\n", b"x\xf6\xe4\xfc\xff\xf6;2\n"),
        ("", b"M\xc3lln;2\n"),
    ],
)
def test_a_short_utf_8_file_damaged_in_one_spot_stays_utf_8(deliver, before, damaged):
    """Read as ISO-8859-1 every other town of it would be misspelt, and nothing would say so."""
    file = deliver(before.encode() + damaged)

    assert (file.encoding, file.is_damaged) == ("utf-8", True)
    assert file.text.startswith(before)
    assert "damaged in places" in file.encoding_reason


def test_one_record_pasted_in_as_utf_8_does_not_make_an_iso_8859_1_file_utf_8(deliver):
    file = deliver((GERMAN * 3).encode("latin-1") + "Mölln;1\n".encode())

    assert file.encoding == "iso-8859-1"
    assert file.text.startswith(GERMAN)


def test_the_characters_of_a_large_file_decide_wherever_they_stand(monkeypatch):
    monkeypatch.setattr(encoding, "SAMPLE_BYTES", 100)

    assert encoding.decide(b"plain\n" * 100 + GERMAN.encode("latin-1")).name == "iso-8859-1"


def test_the_record_with_the_damaged_spot_is_set_aside_and_the_others_are_read(deliver):
    text = "ags,town,figure,value,period\n01053090,Mölln,population,19469,2021\n".encode()

    result = figures_table.READER.read(deliver(text + b"01053090,M\xf6lln,area_km2,25.05,2021\n"))

    assert result.tables["figures"]["region_label"].to_list() == ["Mölln"]
    assert [(reject.line, reject.reason) for reject in result.rejects] == [(3, "undecodable")]
