"""Bookings of 2,000 spaces over a year, as tables kept by hand, and their booked hours in plain DuckDB."""

import datetime as dt
import hashlib
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
from ruamel.yaml import YAML

SPACES = 2_000
# Exports come town by town; so many spaces stand in one.
SPACES_PER_DELIVERY = 100
DESKS = 10
MEMBERS = 60
TOWNS = ("diessen", "dippoldiswalde", "moelln", "oestrich-winkel", "wittenberge")
OPENS, CLOSES = 9, 18
FIRST, LAST = dt.date(2022, 1, 1), dt.date(2022, 12, 31)
CANCELLED = 0.05
SEED = 4


def deliver(raw: Path, bookings: int, spaces: int = SPACES) -> list[Path]:
    """Write the deliveries below `raw`, `bookings` records in all; returns their files."""
    count = spaces // SPACES_PER_DELIVERY
    return [_deliver(raw, number, bookings // count) for number in range(count)]


def booked_plainly(exports: list[Path]) -> dict[str, float]:
    """Booked seat-hours of each space, straight from the files.

    As the build counts them: overlaps on a desk once, cut to the opening hours, by day and by user.
    """
    files = ", ".join(f"'{path.as_posix()}'" for path in exports)
    with duckdb.connect() as connection:
        return dict(
            connection.execute(
                f"""
                with bookings as (
                    select
                        Standort as space, Platz as desk, Mitglied as member,
                        strptime(Beginn, '%d.%m.%Y %H:%M') as begins, strptime(Ende, '%d.%m.%Y %H:%M') as ends
                    from read_csv([{files}], delim = ';', header = true, all_varchar = true)
                    where Status <> 'storniert'
                ),
                own as (
                    select *, greatest(begins, coalesce(max(ends) over (
                        partition by space, desk order by begins, ends rows between unbounded preceding and 1 preceding
                    ), begins)) as own_begins
                    from bookings
                ),
                clipped as (
                    select space, member, begins::date as day,
                        greatest(epoch(least(ends, begins::date + interval {CLOSES} hour))
                            - epoch(greatest(own_begins, begins::date + interval {OPENS} hour)), 0) as seconds
                    from own
                    where isodow(begins::date) < 6
                ),
                by_member as (select space, day, member, sum(seconds) as seconds from clipped group by all)
                select space, sum(seconds) / 3600 from by_member group by space having sum(seconds) > 0
                """
            ).fetchall()
        )


def space_id(number: int) -> str:
    """The id of a space; its name is how exports call it."""
    return f"space-{number:04}"


def _deliver(raw: Path, number: int, bookings: int) -> Path:
    spaces = range(number * SPACES_PER_DELIVERY, (number + 1) * SPACES_PER_DELIVERY)
    folder = raw / f"bookings-{number:02}"
    folder.mkdir()
    export = folder / "buchungen.csv"
    _bookings(np.random.default_rng([SEED, number]), spaces, bookings).write_csv(export, separator=";")
    manifest = {
        "id": folder.name,
        "kind": "bookings",
        "format": "bookings-table",
        "town": TOWNS[number % len(TOWNS)],
        "title": "Buchungen eines Netzes",
        "producer": "StadtLabor Kleinstadt (erzeugt)",
        "licence": "CC0, synthetic",
        "received": "2023-01-09",
        "period": {"from": FIRST.isoformat(), "to": LAST.isoformat()},
        "synthetic": True,
        "files": [{"name": export.name, "sha256": hashlib.sha256(export.read_bytes()).hexdigest()}],
        "bookings": {"spaces": [_space(one) for one in spaces], "times": {"rule": "local", "day_first": True}},
    }
    with (folder / "source.yml").open("w", encoding="utf-8") as stream:
        YAML().dump(manifest, stream)
    return export


def _space(number: int) -> dict[str, object]:
    weekdays = ["mon", "tue", "wed", "thu", "fri"]
    return {
        "id": space_id(number),
        "name": space_id(number),
        "written": [space_id(number)],
        "public_holidays": "open",
        "desks": [{"id": f"desk-{n}", "name": f"Platz {n}"} for n in range(1, DESKS + 1)],
        "opening_hours": [{"weekdays": weekdays, "opens": f"{OPENS:02}:00", "closes": f"{CLOSES:02}:00"}],
    }


def _bookings(rng: np.random.Generator, spaces: range, count: int) -> pl.DataFrame:
    """Days of work and half days, at half hours; a few begin before opening time, some stay after closing time."""
    days = pl.date_range(FIRST, LAST, eager=True)
    day = days.filter(days.dt.weekday() < 6).sample(count, with_replacement=True, seed=int(rng.integers(2**31)))
    begins = day.cast(pl.Datetime("us")) + pl.Series(rng.integers(16, 33, count) * 30 * 60_000_000).cast(
        pl.Duration("us")
    )
    ends = begins + pl.Series(rng.choice([2, 3, 4, 8], count, p=[0.2, 0.2, 0.4, 0.2]) * 3_600_000_000).cast(
        pl.Duration("us")
    )
    created = begins - pl.Series(rng.integers(0, 20 * 24 * 60, count) * 60_000_000).cast(pl.Duration("us"))
    # A few come often, most now and then.
    member = np.minimum(rng.geometric(0.08, count), MEMBERS)
    return pl.DataFrame(
        {
            "Buchungsnummer": pl.Series(np.arange(1, count + 1)),
            "Angelegt am": created.dt.strftime("%d.%m.%Y %H:%M"),
            "Standort": pl.Series([space_id(one) for one in spaces]).gather(rng.integers(0, len(spaces), count)),
            "Platz": pl.Series([f"Platz {n}" for n in range(1, DESKS + 1)]).gather(rng.integers(0, DESKS, count)),
            "Beginn": begins.dt.strftime("%d.%m.%Y %H:%M"),
            "Ende": ends.dt.strftime("%d.%m.%Y %H:%M"),
            "Mitglied": pl.Series([f"M{n:03}" for n in range(MEMBERS + 1)]).gather(member),
            "Status": pl.Series(["gebucht", "storniert"]).gather((rng.random(count) < CANCELLED).astype(int)),
        }
    )
