"""Sample deliveries of events: from a seed, as calendar, check-in list, attendees, list by hand and JSON.

What the report states of an event stands in its row (`origin: report`, with the section); days, times and numbers it
does not give are made up and marked row by row. The shape of each delivery stands in a file of its own (`*.yml`),
beside the manifest that is delivered with it.
"""

from pathlib import Path

from stadtlabor.samples import delivery
from stadtlabor.samples.dice import Dice
from stadtlabor.samples.events.event_shape import Shape
from stadtlabor.samples.events.programme import events
from stadtlabor.samples.events.tools import files

__all__ = ["generate", "shapes"]


def generate(out: Path, seed: int) -> list[str]:
    """Write every sample delivery of events as a folder below `out`; returns a line for people on each.

    Same seed, same bytes. Files are overwritten, nothing else is touched.
    """
    return [_write(shape, out, seed) for shape in shapes()]


def shapes() -> list[Shape]:
    """The shapes of all deliveries, by name."""
    return delivery.read_all(Path(__file__).parent, Shape)


def _write(shape: Shape, out: Path, seed: int) -> str:
    name = str(shape.manifest["id"])
    made = events(shape, Dice(seed, name))
    written = files(shape, made, Dice(seed, f"{name}/file"))
    delivery.write(out, shape.manifest, written, "shape")
    return f"{name}: {len(made)} events, as {', '.join(sorted({file.rsplit('.', 1)[-1] for file in written}))}"
