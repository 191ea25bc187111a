"""Sample deliveries of bookings: synthetic, from a seed, in the forms of Cobot, LibreBooking and a plain table.

The shape of each stands in a file of its own (`*.yml`), beside the manifest that is delivered with it.
"""

from pathlib import Path

from stadtlabor.samples import delivery
from stadtlabor.samples.bookings.booked import Shape, bookings
from stadtlabor.samples.bookings.tools import files
from stadtlabor.samples.dice import Dice

__all__ = ["generate", "shapes"]


def generate(out: Path, seed: int) -> list[str]:
    """Write every sample delivery of bookings as a folder below `out`; returns a line for people on each.

    Same seed, same bytes. Files are overwritten, nothing else is touched.
    """
    return [_write(shape, out, seed) for shape in shapes()]


def shapes() -> list[Shape]:
    """The shapes of all deliveries, by name."""
    return delivery.read_all(Path(__file__).parent, Shape)


def _write(shape: Shape, out: Path, seed: int) -> str:
    name = str(shape.manifest["id"])
    made = bookings(shape, Dice(seed, name))
    written = files(shape, made, Dice(seed, f"{name}/file"))
    delivery.write(out, shape.manifest, written, "shape")
    return f"{name}: {len(made)} bookings, as {shape.tool}"
