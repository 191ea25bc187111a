"""Spaces that grow by one, three and ten bookings, release after release, as protection decides them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from stadtlabor.disclosure.spaces.following import kept
from stadtlabor.disclosure.spaces.protection import protected
from tests.disclosure.spaces.made_up import Booking, booked, frames

STEPS = (1, 3, 10)


@dataclass(frozen=True)
class Told:
    """One release of a space: its published cells, the bookings that they count, and whether it stayed as it was."""

    cells: pl.DataFrame
    bookings: Sequence[Booking]
    is_kept: bool


def releases(seed: int, days: Sequence[dt.date], busy: int = 8, steps: Sequence[int] = STEPS) -> Iterator[Told]:
    """The first release of a space and one after each growth by so many bookings."""
    rng = np.random.default_rng(1000 + seed)
    bookings = booked(seed, days, busy)
    told = Told(_published(bookings, days, frames([], days)[1]), bookings, is_kept=False)
    yield told
    for more in steps:
        bookings = [*bookings, *_more(rng, days, more)]
        before = frames(told.bookings, days)[1]
        published = _published(bookings, days, told.cells)
        people = frames(bookings, days)[1]
        stays = kept(published, lambda people=people: people, told.cells, before, _counts(told.bookings, bookings))
        told = Told(told.cells, told.bookings, is_kept=True) if stays else Told(published, bookings, is_kept=False)
        yield told


def _published(bookings: Sequence[Booking], days: Sequence[dt.date], previous: pl.DataFrame) -> pl.DataFrame:
    status = protected(*frames(bookings, days), previous.select("space_id", "family", "cell"))
    return status.filter(pl.col("status") == "published").drop("status")


def _more(rng: np.random.Generator, days: Sequence[dt.date], count: int) -> list[Booking]:
    """Bookings of late days, of people who come already and of others."""
    late = days[len(days) // 2 :]
    return [(late[rng.integers(len(late))], f"u{rng.integers(20)}", int(rng.integers(1, 4))) for _ in range(count)]


def _counts(then: Sequence[Booking], now: Sequence[Booking]) -> pl.DataFrame:
    counts = [[len({user for _, user, _ in bookings}) for bookings in (then, now)]]
    return pl.DataFrame(
        [("s", "space_users", *both) for both in counts], schema=["space_id", "measure", "before", "now"], orient="row"
    )
