"""Readings wait for the gate on disk: they come from other processes, and together need not fit into memory.

As private as the warehouse they lie in; what is left of a build that was killed goes with its draft.
"""

from pathlib import Path

import polars as pl

from stadtlabor.intake.reading import Reading


class Spill:
    """Readings spilled into one folder, by a number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, number: int, reading: Reading) -> Reading:
        """Write the rows of a reading down and let go of them."""
        folder = self._folder / str(number)
        folder.mkdir(parents=True)
        for name, frames in reading.tables.items():
            for part, frame in enumerate(frames):
                frame.write_parquet(folder / f"{part:05}-{name}.parquet", compression="lz4")
        reading.tables = {}
        return reading

    def read(self, number: int, reading: Reading) -> Reading:
        """The reading with its rows, as it was spilled; what was written is deleted."""
        folder = self._folder / str(number)
        if not folder.exists():
            return reading
        for path in sorted(folder.iterdir()):
            _, _, name = path.stem.partition("-")
            reading.tables.setdefault(name, []).append(pl.read_parquet(path, memory_map=False, glob=False))
            path.unlink()
        folder.rmdir()
        if not any(self._folder.iterdir()):
            self._folder.rmdir()
        return reading
