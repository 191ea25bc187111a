"""Damage every sample byte by byte and in other ways, and see what the readers make of it.

Allowed is the readers' own DeliveryError, or a result in which every record is a row or a reject; and neither may take
ten seconds. Samples are what lies in `raw/`, cut to their first lines, and the files of folders given to it.
"""

import argparse
import faulthandler
import itertools
import random
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from stadtlabor.base import places
from stadtlabor.base.errors import DeliveryError
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest import source as manifests
from stadtlabor.manifest.source import MANIFEST_NAME, Manifest
from stadtlabor.readers import registry
from stadtlabor.readers.protocol import Reader, ReadResult

HANG_SECONDS = 10
# Of text, so many lines: damage to the hundredth record is damage to the third.
LINES = 8
MOST_BYTES = 100_000
# What breaks formats rather than values; the other replacements are drawn.
TELLING = b"\x00\xff\xb4\"';,\t\n\r\\<>&{}[]:%= 09-\xe2"
JUNK = (
    b"", b"\0", b'"', b"\r", b"\n\n", b"\xff\xfe", b"\xef\xbb\xbf", b"9" * 400, b"-", b"1e999", b"NaN", b"\xe2\x80\xae",
    b"=1+1", b";;;;;;", b"2022-02-30", b"99:99", b"0000-00-00T00:00:00Z", b"\x1a", b"BEGIN:VEVENT\n", b"]]>", b"{" * 50,
)  # fmt: skip
Mutation = Callable[[random.Random, bytes], bytes]


@dataclass
class Sample:
    """A file's bytes, the reader of it and its manifest; `order` are the places not damaged yet, in drawn order.

    `path` is where a damaged copy is put.
    """

    path: Path
    name: str
    data: bytes
    reader: Reader
    manifest: Manifest | None
    order: list[int]
    unaccounted: int = 0


@dataclass
class Findings:
    """How many cases each format stood, and the first case of each kind of failure with how often it came."""

    cases: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failures: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    slowest: tuple[float, str] = (0.0, "")

    def fail(self, what: str, case: str, data: bytes) -> None:
        """Count a failure; the first of its kind is printed and its bytes are kept."""
        self.failures[what] += 1
        if self.failures[what] == 1:
            kept = Path(tempfile.gettempdir(), f"fuzz-{len(self.failures):03}.bin")
            kept.write_bytes(data)
            print(f"FAILED {case}: {what}\n       the file is kept as {kept}", flush=True)


class _HangError(Exception):
    pass


def _cut(_: random.Random, data: bytes) -> bytes:
    return data[: _.randrange(len(data))]


def _junk(dice: random.Random, data: bytes) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(JUNK) * dice.choice((1, 1, 1, 50)) + data[at + dice.randrange(8) :]


def _twice(dice: random.Random, data: bytes) -> bytes:
    begin = dice.randrange(len(data))
    end = begin + dice.randrange(1, 200)
    return data[:end] + data[begin:end] * dice.choice((1, 2, 200)) + data[end:]


def _gone(dice: random.Random, data: bytes) -> bytes:
    begin = dice.randrange(len(data))
    return data[:begin] + data[begin + dice.randrange(1, 300) :]


def _lines_moved(dice: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    dice.shuffle(lines)
    return b"".join(lines[: dice.randrange(1, len(lines) + 1)])


def _recoded(dice: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(dice.choice(("utf-16", "utf-32", "cp1252", "cp850")), "replace")


def _signs_changed(dice: random.Random, data: bytes) -> bytes:
    old, new = dice.choice(TELLING), dice.choice(TELLING)
    return data.replace(bytes((old,)), bytes((new,)), dice.choice((-1, 1, 3)))


MUTATIONS: Sequence[Mutation] = (_cut, _junk, _junk, _twice, _gone, _lines_moved, _recoded, _signs_changed)


def measure(arguments: Sequence[str] = ()) -> bool:
    """Damage samples for so many minutes; True where nothing but allowed outcomes came."""
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="Only formats whose name holds this.")
    parser.add_argument("folders", nargs="*", type=Path, help="Folders with further samples.")
    given = parser.parse_args(arguments)
    dice, found = random.Random(given.seed), Findings()
    with tempfile.TemporaryDirectory() as folder:
        samples = [one for one in _samples(given.folders, Path(folder), dice) if given.only in one.reader.name]
        end = time.monotonic() + given.minutes * 60
        for sample in itertools.cycle(samples):
            if time.monotonic() > end:
                break
            _damage(sample, dice, found)
    _report(samples, found)
    return not found.failures


def _samples(folders: Sequence[Path], scratch: Path, dice: random.Random) -> Iterator[Sample]:
    for path in sorted(places.PROJECT.glob("raw/*/*")):
        if path.name != MANIFEST_NAME and path.stat().st_size <= 2 * MOST_BYTES:
            yield from _sample(path, manifests.load(path.parent / MANIFEST_NAME), scratch, dice)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_size <= MOST_BYTES:
                yield from _sample(path, None, scratch, dice)


def _sample(path: Path, manifest: Manifest | None, scratch: Path, dice: random.Random) -> Iterator[Sample]:
    """The sample, if a reader takes it undamaged; a text table cut to its first lines where it still does.

    What else its delivery names lies beside it, whole: a structure explains the answers.
    """
    whole = path.read_bytes()
    scratch = Path(tempfile.mkdtemp(dir=scratch))
    for other in manifest.files if manifest else ():
        shutil.copyfile(path.parent / other.name, scratch / Path(other.name).name)
    head = b"".join(whole.splitlines(keepends=True)[:LINES])
    for data in (head, whole) if path.suffix in {".csv", ".tsv", ".txt"} else (whole,):
        file = RawFile(scratch / path.name, path.name)
        file.path.write_bytes(data)
        try:
            reader = registry.recognise(file)[0]
            result = reader.read(file, manifest if manifest and manifest.kind == reader.kind else None)
        except DeliveryError:
            continue
        order = list(range(len(data)))
        dice.shuffle(order)
        belongs = manifest if manifest and manifest.kind == reader.kind else None
        yield Sample(file.path, f"{path.parent.name}/{path.name}", data, reader, belongs, order, _unaccounted(result))
        return


def _damage(sample: Sample, dice: random.Random, found: Findings) -> None:
    """One byte of the sample, replaced in several ways, and one other mutation."""
    data = sample.data
    if sample.order:
        at = sample.order.pop()
        for byte in (dice.choice(TELLING), dice.randrange(256), data[at] ^ 1 << dice.randrange(8)):
            _try(sample, data[:at] + bytes((byte,)) + data[at + 1 :], f"byte {at} is {byte:#04x}", found)
    change = dice.choice(MUTATIONS)
    changed = change(dice, data)
    if dice.random() < 0.3:
        changed = dice.choice(MUTATIONS)(dice, changed or b"x")
    _try(sample, changed, change.__name__.strip("_"), found)


def _try(sample: Sample, data: bytes, how: str, found: Findings) -> None:
    path = sample.path
    path.write_bytes(data)
    case, begun = f"{sample.reader.name} ({sample.name}, {how})", time.process_time()
    found.cases[sample.reader.name] += 1
    try:
        with _watched():
            file = RawFile(path, path.name)
            if found.cases[sample.reader.name] % 5 == 0:
                registry.candidates(file)
            result = sample.reader.read(file, sample.manifest)
        _account(sample, result, case, data, found)
    except DeliveryError:
        found.refused[sample.reader.name] += 1
    except _HangError:
        found.fail(f"{sample.reader.name} took over {HANG_SECONDS} s of processor time", case, data)
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        last = traceback.extract_tb(error.__traceback__)
        own = next((one for one in reversed(last) if "/stadtlabor/" in one.filename), last[-1])
        found.fail(f"{type(error).__name__} from {Path(own.filename).name}:{own.lineno}: {error}"[:160], case, data)
    found.slowest = max(found.slowest, (time.process_time() - begun, case))


def _account(sample: Sample, result: ReadResult, case: str, data: bytes, found: Findings) -> None:
    rows = sum(table.height for table in result.tables.values())
    if result.facts.delivered is not None and rows + len(result.rejects) != result.facts.delivered:
        found.fail(f"{sample.reader.name}: cells are neither rows nor rejects", case, data)
    if _unaccounted(result) > sample.unaccounted:
        found.fail(f"{sample.reader.name}: records are neither rows nor rejects", case, data)


def _unaccounted(result: ReadResult) -> int:
    """How many records of the file stand on no line of a row or a reject."""
    lines = {line for table in result.tables.values() for line in table["line"].to_list()}
    lines |= {str(reject.line) for reject in result.rejects}
    return max(0, (result.facts.layout.records or 0) - len(lines))


class _watched:  # noqa: N801 - reads as the statement it is
    """Raises _HangError after ten seconds; ends the run with a traceback where a library does not come back at all."""

    def __enter__(self) -> None:
        faulthandler.dump_traceback_later(HANG_SECONDS * 30, exit=True)
        # Processor time: on a busy machine the clock says nothing.
        signal.signal(signal.SIGPROF, self._stop)
        signal.setitimer(signal.ITIMER_PROF, HANG_SECONDS)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()

    def _stop(self, _: int, __: FrameType | None) -> None:
        raise _HangError


def _report(samples: Sequence[Sample], found: Findings) -> None:
    whole, left = Counter[str](), Counter[str]()
    for sample in samples:
        whole[sample.reader.name] += len(sample.data)
        left[sample.reader.name] += len(sample.order)
    for name, cases in sorted(found.cases.items()):
        done = 1 - left[name] / whole[name]
        print(f"{name:<22} {cases:>8} files, {found.refused[name]:>7} refused, {done:6.1%} of all bytes damaged")
    print(f"slowest: {found.slowest[0]:.1f} s, {found.slowest[1]}")
    for what, times in found.failures.items():
        print(f"{times:>6} × {what}")
    print(f"{sum(found.cases.values()):,} files, {len(found.failures)} kinds of failure (bound: none)")
