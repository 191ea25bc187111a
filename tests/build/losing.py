"""A delivery that comes again with a record less."""

import hashlib
from pathlib import Path


def lose(path: Path, record: int) -> None:
    """Take the record at this place from the end out of a file, and name the file's new hash in its manifest."""
    data = path.read_bytes()
    wide = data.startswith(b"\xff\xfe")
    lines = (data.decode("utf-16") if wide else data.decode("utf-8")).splitlines(keepends=True)
    del lines[-record]
    text = "".join(lines)
    path.write_bytes(text.encode("utf-16") if wide else text.encode("utf-8"))
    manifest = path.parent / "source.yml"
    old, new = (hashlib.sha256(content).hexdigest() for content in (data, path.read_bytes()))
    manifest.write_text(manifest.read_text("utf-8").replace(old, new), "utf-8")
