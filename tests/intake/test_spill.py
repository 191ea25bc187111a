"""Large readings wait on disk and come back as they were."""

import polars as pl
from polars.testing import assert_frame_equal

from stadtlabor.intake.reading import Reading
from stadtlabor.intake.spill import Spill


def frames(*heights):
    return [pl.DataFrame({"line": [f"{part}:{n}" for n in range(height)]}) for part, height in enumerate(heights)]


def test_a_large_reading_comes_back_row_for_row_and_in_order(tmp_path):
    reading = Reading({"bookings": frames(4, 3, 2), "desks": frames(1)}, formats=["cobot"])
    expected = reading.frames()
    waiting = Spill(tmp_path / "readings")

    waiting.write(7, reading)
    assert reading.tables == {}
    back = waiting.read(7, reading).frames()

    assert back.keys() == expected.keys()
    for name, frame in expected.items():
        assert_frame_equal(back[name], frame)


def test_nothing_is_left_behind(tmp_path):
    waiting = Spill(tmp_path / "readings")
    readings = [Reading({"bookings": frames(9)}) for _ in range(2)]
    for number, reading in enumerate(readings):
        waiting.write(number, reading)
    assert len(list(tmp_path.rglob("*.parquet"))) == 2

    for number, reading in enumerate(readings):
        waiting.read(number, reading)

    assert list(tmp_path.iterdir()) == []
