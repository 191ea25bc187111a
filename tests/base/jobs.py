"""Work for a child process that goes wrong in every way; a module of its own, since the child imports it."""

import ctypes
import os
import time

import duckdb
import polars as pl
import pyarrow as pa

from stadtlabor.base.bounded import now_at
from stadtlabor.base.errors import DeliveryError


def process(*_: object) -> int:
    """The number of the process that does it."""
    return os.getpid()


def abort() -> None:
    """End as a library written in C or Rust does that gives up."""
    now_at("bad.xlsx")
    os.abort()


def segfault() -> None:
    """Touch memory that is not there."""
    ctypes.string_at(0)


def leave() -> None:
    """End without a word."""
    os._exit(7)


def loop() -> None:
    """Never come back, and be busy."""
    while True:
        pass


def wait() -> None:
    """Never come back, and do nothing."""
    time.sleep(3600)


def fill() -> int:
    """Take more memory than there is."""
    return len(bytearray(4_000_000_000))


def look_at_a_table() -> int:
    """A table out of DuckDB through Arrow and polars, as the readers and the gate have it."""
    with duckdb.connect() as connection:
        connection.register("given", pl.DataFrame({"n": range(1000)}))
        return pa.table({"n": connection.sql("from given").pl()["n"].to_arrow()}).num_rows + len(bytearray(300_000_000))


def chatter() -> str:
    """Write past Python where the answers go, and not a little."""
    for _ in range(2000):
        os.write(1, b"x" * 100)
    return "done"


def break_down() -> None:
    """Fail with what nobody may publish."""
    raise ValueError("Erika Mustermann")


def refuse() -> None:
    """Find a fault, with all that can be told of it."""
    raise DeliveryError(what="w", file="f", line=3, column="c", remedy="r", rule="damaged")


def numbered(number: int) -> tuple[int, int]:
    """The number it was given, and the process that it ran in."""
    return number, os.getpid()
