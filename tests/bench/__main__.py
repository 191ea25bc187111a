"""Run the measurements named on the command line, or all of them."""

import sys

from tests.bench import (
    bookings,
    builds,
    events,
    fuzz,
    growths,
    memory,
    network,
    pages,
    planner,
    pollock,
    scaffolds,
    spaces,
    surveys,
    worlds,
)

MEASUREMENTS = {
    "builds": builds.measure,
    "kills": builds.kills,
    "scaffolds": scaffolds.measure,
    "survey": surveys.million,
    "disclosure": surveys.disclosure,
    "growths": growths.measure,
    "memory": memory.measure,
    "coverage": surveys.coverage,
    "worlds": worlds.compare,
    "bookings": bookings.measure,
    "spaces": spaces.measure,
    "events": events.measure,
    "planner": planner.measure,
    "pages": pages.measure,
}
# These take arguments of their own, and so stand alone on the command line.
WITH_ARGUMENTS = {
    "fuzz": fuzz.measure,
    "network": network.measure,
    "pollock": pollock.measure,
    "spaces": spaces.measure,
}


def main(names: list[str]) -> int:
    """Print one table per measurement; returns 1 where a bound named in the output is broken."""
    if names and names[0] in WITH_ARGUMENTS:
        return 0 if WITH_ARGUMENTS[names[0]](names[1:]) else 1
    if unknown := sorted(set(names) - set(MEASUREMENTS)):
        print(f"There is no measurement {unknown[0]!r}. There are: {', '.join(MEASUREMENTS | WITH_ARGUMENTS)}.")
        return 2
    held = [MEASUREMENTS[name]() for name in names or MEASUREMENTS]
    held += [] if names else [pollock.measure()]
    return 0 if all(held) else 1


sys.exit(main(sys.argv[1:]))
