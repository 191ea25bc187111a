"""A delivered file within bounds: missing, empty, too large, an archive that unpacks to too much."""

import hashlib
import io
import zipfile
from contextlib import suppress

import polars as pl
import pytest

from stadtlabor.base.errors import DeliveryError
from stadtlabor.files import raw
from stadtlabor.files.raw import RawFile


def test_hash_and_size_are_those_of_the_bytes(deliver):
    file = deliver(b"a,b\n1,2\n")

    assert file.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert file.size == 8


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_a_clear_error_that_names_it(deliver, content):
    with pytest.raises(DeliveryError, match=r"table\.csv: the file (is empty|holds nothing but blank lines)"):
        _ = deliver(content).text


def test_a_missing_file_is_a_clear_error(tmp_path):
    with pytest.raises(DeliveryError, match="there is no such file"):
        _ = RawFile(tmp_path / "none.csv").data


def test_a_file_over_the_limit_is_refused_before_it_is_read(deliver, monkeypatch):
    monkeypatch.setattr(raw, "MAX_FILE_BYTES", 10)

    with pytest.raises(DeliveryError, match="the file has 11 bytes; at most 10 are read"):
        _ = deliver(b"a,b\n1,2,3,4").data


def test_an_archive_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 40_000_000)

    with pytest.raises(DeliveryError, match=r"would unpack to 40,000,000 bytes"):
        _ = RawFile(path).workbook


def test_a_damaged_workbook_is_a_clear_error(deliver):
    with pytest.raises(DeliveryError, match=r"book\.xlsx: the workbook is damaged"):
        _ = deliver(raw.ZIP_MAGIC + b"nothing", "book.xlsx").workbook


def test_parquet_damaged_anywhere_is_read_or_refused(deliver):
    """Over several of these places the library panics instead of raising an error."""
    stream = io.BytesIO()
    frame = pl.DataFrame({"ags": ["01053090"] * 40, "value": [None, 1.5, 2.5, 3.5] * 10})
    frame.write_parquet(stream, compression="uncompressed", statistics=False)
    data = stream.getvalue()

    for at in range(4, 100):
        with suppress(DeliveryError):
            deliver(data[:at] + bytes((data[at] ^ 6,)) + data[at + 1 :]).parquet()
