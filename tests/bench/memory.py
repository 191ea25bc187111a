"""What one delivery takes of memory, from its file to its outcome, in a process of its own.

Each is a text of two megabytes; the bound is ten times the text's size and 300 MB beside it.
"""

import datetime as dt
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from stadtlabor.base import children, places

ROWS, QUESTIONS = 6000, 100
BYTES_BESIDE, PER_BYTE = 300_000_000, 10
HEAD = """id: large
kind: {kind}
format: {format}
town: moelln
title: Made up
producer: Nobody
licence: CC0
received: 2023-12-31
period: {{from: {year}-01-01, to: {year}-12-31}}
synthetic: true
files: [{{name: {file}}}]
{section}
"""
SURVEY = "survey: {population: citizens, columns: {time: Zeit, id: Kennung}}"
BOOKINGS = """bookings:
  spaces:
    - id: room
      name: Room
      desks: [{id: desk, name: Tisch, capacity: [{units: 5}]}]
      opening_hours: [{weekdays: [mon, tue, wed, thu, fri, sat, sun], opens: "08:00", closes: "20:00"}]
  times: {rule: local, day_first: true}
"""
EVENTS = "events: {defaults: {organiser_kind: town}}"
# What is run in the child: it works one delivery out and prints its peak in KiB and what became of the rows.
CHILD = """
import sys; from pathlib import Path
from stadtlabor.base.fingerprint import FileHashes
from stadtlabor.intake.one_delivery import State, work_out
from stadtlabor.manifest.delivered import find
raw, warehouse = map(Path, sys.argv[1:])
[delivery] = find(raw, FileHashes(warehouse / "hashes.json"))
[outcome] = work_out([State(delivery, "key", frozenset({"moelln"}), frozenset({"01053090"}))], warehouse)
said = outcome.summary
peak = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
print(peak.split()[1], said["delivered_rows"], said["accepted_rows"], said["quarantined_rows"], said["refused"])
"""


def measure() -> bool:
    """Print peak and bound of each shape; false where one is over its bound."""
    held = []
    for name, kind, format_, section, year, lines in _shapes():
        text = "\n".join(lines) + "\n"
        peak, said = _peak(HEAD.format(kind=kind, format=format_, section=section, year=year, file="file.csv"), text)
        most = BYTES_BESIDE + PER_BYTE * len(text)
        held.append(peak <= most)
        print(
            f"| {name} | {len(text) / 1e6:.1f} MB | {peak / 1e6:.0f} MB of {most / 1e6:.0f} | {said[:100]} |",
            flush=True,
        )
    return all(held)


def _shapes() -> Iterator[tuple[str, str, str, str, int, list[str]]]:
    survey = ["Kennung;Zeit;" + ";".join(f"Wie finden Sie {n}?" for n in range(QUESTIONS))]
    survey += [
        f"{row};{_day(row):%d.%m.%Y %H:%M};" + ";".join("123"[(row + n) % 3] for n in range(QUESTIONS))
        for row in range(ROWS)
    ]
    yield "survey, accepted", "survey", "survey-table", SURVEY, 2022, survey
    yield "survey, all quarantined", "survey", "survey-table", SURVEY, 2023, survey
    short = ["Wie geht es?;Wohin?;Wann?;Warum?;Wer?"]
    short += [";".join("123"[(row * n) % 3] for n in range(5)) for row in range(120_000)]
    yield "survey, many short rows", "survey", "survey-table", "survey: {population: citizens}", 2022, short
    bookings = ["Buchungsnummer;Datum;Beginn;Ende;Ressource;Mitglied;Status"]
    bookings += [f"{row};{_day(row):%d.%m.%Y};09:00;12:00;Tisch;m{row % 90};gebucht" for row in range(40_000)]
    yield "bookings, accepted", "bookings", "bookings-table", BOOKINGS, 2022, bookings
    yield "bookings, all quarantined", "bookings", "bookings-table", BOOKINGS, 2023, bookings
    events = ["Titel;Datum;Beginn;Ende;Ort"]
    events += [f"Treffen {row};{_day(row):%d.%m.%Y};18:00;20:00;Saal {row % 9}" for row in range(45_000)]
    yield "events, accepted", "events", "events-table", EVENTS, 2022, events
    yield "events, all quarantined", "events", "events-table", EVENTS, 2023, events


def _day(row: int) -> dt.datetime:
    return dt.datetime(2022, 1, 1, 9) + dt.timedelta(days=row % 360, minutes=row % 600)


def _peak(manifest: str, text: str) -> tuple[int, str]:
    """Bytes at most, and what became of the rows."""
    with tempfile.TemporaryDirectory() as folder:
        delivery = Path(folder) / "raw" / "large"
        delivery.mkdir(parents=True)
        (delivery / "source.yml").write_text(manifest, "utf-8")
        (delivery / "file.csv").write_text(text, "utf-8")
        command = [sys.executable, "-c", CHILD, str(delivery.parent), str(Path(folder) / "warehouse")]
        environment = {**os.environ, **children.SPARING}
        ended = subprocess.run(command, capture_output=True, text=True, cwd=places.PROJECT, env=environment, check=True)
    peak, said = ended.stdout.strip().splitlines()[-1].split(" ", 1)
    return int(peak) * 1024, said
