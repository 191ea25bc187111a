"""Every reader over damaged samples: a byte changed in turn, and pieces cut, doubled and put elsewhere by chance.

Only a DeliveryError may come of it, no record may be unaccounted for, and nothing may take
over ten seconds of computing (a busy machine is no hang).
"""

import itertools
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from stadtlabor.base import places, workers
from stadtlabor.base.errors import DeliveryError, faults_of
from stadtlabor.base.workers import Bounds, Work
from stadtlabor.files.raw import RawFile
from stadtlabor.inspect.inspection import inspect
from stadtlabor.inspect.inspection_text import lines_of
from stadtlabor.inspect.source_yml import source_yml
from stadtlabor.readers import registry

MOST_SECONDS = 10
# Lines of a large text: damage in the hundredth record is as in the tenth.
MOST_LINES, MOST_BYTES = 25, 20_000
A_BATCH = 3
CASES = Path(__file__).parents[1] / "readers" / "cases"
BYTES = b"\0\n\r\t \",;|'\\:=<>/{}[]-0aZ\x80\xb4\xc3\xff"
# Second and third rows of headings are records of the table, and nobody's.
HEADER_ROWS = 2


def measure() -> bool:
    """Damage samples for `--minutes` (1) and say what was found; False where a reader broke down or lost a record."""
    minutes = float(sys.argv[sys.argv.index("--minutes") + 1]) if "--minutes" in sys.argv else 1.0
    end, found, tried = time.monotonic() + minutes * 60, Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        samples = list(_samples())
        for round_number in itertools.count():
            batches = [
                Work(damage, (name, content, round_number, folder), Bounds(1500, MOST_SECONDS * A_BATCH))
                for name, content in samples
            ]
            for (name, _), outcome in zip(samples, workers.do_all(batches), strict=True):
                tried[name] += A_BATCH
                if isinstance(outcome, DeliveryError):
                    found[f"{name}: {outcome.what}"] += 1
                else:
                    found.update(outcome)
            if time.monotonic() > end:
                break
    print(f"{sum(tried.values()):,} damaged files of {len(samples)} samples read in {minutes:g} minutes")
    for fault, count in found.most_common():
        print(f"  {count}× {fault}")
    print("no exception but the readers' own, every record accounted for" if not found else "FAULTS")
    return not found


def damage(name: str, content: bytes, round_number: int, folder: str) -> list[str]:
    """What goes wrong over some damaged copies of a sample."""
    chance = random.Random(f"{name} {round_number}")
    path = Path(folder) / f"{os.getpid()}-{round_number}{Path(name).suffix}"
    faults = []
    for number in range(A_BATCH):
        place = (round_number * A_BATCH + number) * 7919 % max(len(content), 1)
        path.write_bytes(_damaged(content, place, chance))
        begun = time.process_time()
        for fault in _faults(path):
            kept = Path(folder).parent / f"fuzz-{len(fault)}-{name.replace('/', '-')}"
            kept.write_bytes(path.read_bytes())
            faults.append(f"{name}: {fault} ({kept.name})")
        if time.process_time() - begun > MOST_SECONDS:
            faults.append(f"{name}: over {MOST_SECONDS} seconds of computing")
    path.unlink(missing_ok=True)
    return faults


def _damaged(content: bytes, place: int, chance: random.Random) -> bytes:
    match chance.randrange(6):
        case 0:
            return content[:place] + content[place + chance.randrange(1, 40) :]
        case 1:
            piece = content[place : place + chance.randrange(1, 60)]
            return content[:place] + piece * chance.randrange(2, 4) + content[place:]
        case 2:
            return content[:place]
        case _:
            return content[:place] + bytes([chance.choice(BYTES)]) + content[place + chance.randrange(2) :]


def _faults(path: Path) -> Iterator[str]:
    """Of looking at a file, and of reading it with each reader that takes it for its own."""
    try:
        with faults_of():
            found = inspect(path)
            lines_of(found)
            source_yml(found)
            fitting = [reader for reader, _ in registry.candidates(RawFile(path))]
    except DeliveryError as fault:
        if fault.rule == "breakdown":
            yield f"inspect: {fault.what} {getattr(fault, 'trace', '').strip().splitlines()[-1][:150]}"
        return
    for reader in fitting:
        try:
            with faults_of():
                result = reader.read(RawFile(path))
        except DeliveryError as fault:
            if fault.rule == "breakdown":
                yield f"{reader.name}: {fault.what} {getattr(fault, 'trace', '').strip().splitlines()[-1][:150]}"
            continue
        facts, rows = result.facts, sum(table.height for table in result.tables.values())
        seen = {int(line) for table in result.tables.values() for line in table["line"]}
        seen |= {reject.line for reject in result.rejects}
        if facts.delivered is not None and rows + len(result.rejects) != facts.delivered:
            yield f"{reader.name}: cells unaccounted for"
        elif (
            facts.delivered is None
            and facts.layout.header_line
            and len(seen) + HEADER_ROWS < (facts.layout.records or 0)
        ):
            yield f"{reader.name}: records unaccounted for"


def _samples() -> Iterator[tuple[str, bytes]]:
    """The files of raw/ and of the tests' cases, large texts by their first lines."""
    for path in sorted([*places.raw().rglob("*"), *CASES.rglob("*")]):
        if not path.is_file() or path.name in ("source.yml", "towns.csv", "expected.md"):
            continue
        content = path.read_bytes()
        if path.suffix in (".csv", ".ics"):
            content = b"".join(content.splitlines(keepends=True)[:MOST_LINES])
        if content and len(content) <= MOST_BYTES:
            yield f"{path.parent.name}/{path.name}", content
