"""Events and registrations of 2,000 towns through dbt and the attack: seconds, and the visits against plain DuckDB."""

import json
import os
import tempfile
import time
from pathlib import Path

import duckdb

from stadtlabor.build import transform
from stadtlabor.disclosure.events.audit import attack_events
from tests.dbt import building

TOWNS = 2000
# `STADTLABOR_BENCH_EVENTS=10000` stops there; ten registrations to each event.
SIZES = [size for size in (10**4, 10**5) if size <= int(os.environ.get("STADTLABOR_BENCH_EVENTS", "100000"))]
REGISTRATIONS = 10
EVENTS = """
    insert into landing.events by name
    select
        'delivery-' || i % $towns as delivery_id, 'events.csv' as file, i as line, 'key-' || i as event_key,
        'Event ' || i as title,
        strftime(timestamp '2020-01-01 18:00' + to_days(i % 1400), '%Y-%m-%dT%H:%M:%S') as starts_at,
        'false' as is_all_day, 'confirmed' as status, 'venue ' || i % 7 as venue,
        ['workshop', 'talk', 'opening', 'own_event'][1 + i % 4] as format,
        ['new_work', 'coworking'][1 + i % 2] as theme,
        hash(i) % 60 as registered, hash(i + 1) % 60 as attended, 50 as capacity, 90 as planned_minutes,
        100 as actual_minutes, 250 as cost_eur, 'delivered' as row_origin
    from range($events) as numbers(i)
"""
LISTS = """
    insert into landing.registrations by name
    select
        'delivery-' || i // $each % $towns as delivery_id, 'registration-' || i as registration_key,
        'key-' || i // $each as event_ref, 'registered' as status, 1 as quantity,
        case when hash(i) % 10 < 7 then 'yes' else 'no' end as checked_in_at
    from range($each * $events) as numbers(i)
"""
# The same events by the shortest way: who came, where five or more or nobody did.
PLAIN = """
    with lists as (
        select event_ref, count(*) filter (checked_in_at = 'yes') as came
        from landing.registrations
        group by event_ref
    )
    select coalesce(sum(came) filter (came = 0 or came >= 5), 0) from lists
"""


def measure() -> bool:
    """One run of dbt and one attack per size; the visits that are told agree with plain DuckDB's."""
    agreed = [_one(size) for size in SIZES]
    return all(agreed)


def _one(events: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        warehouse, release, target = (Path(folder) / name for name in ("w.duckdb", "r.duckdb", "target"))
        plain, expected = _land(warehouse, events)
        begun = time.perf_counter()
        result = transform.run(warehouse, release, target, unit_tests=False)
        built = time.perf_counter() - begun
        if not result.ok:
            print("\n".join(result.failures))
            return False
        begun = time.perf_counter()
        findings = attack_events(release).findings
        attacked = time.perf_counter() - begun
        with duckdb.connect(str(release), read_only=True) as connection:
            ((told,),) = connection.execute("select coalesce(sum(attended), 0) from events").fetchall()
        seconds = {step["unique_id"]: step["execution_time"] for step in json.loads(
            (target / "run_results.json").read_text("utf-8"))["results"]}  # fmt: skip
    ours = {name.split(".")[2]: took for name, took in seconds.items() if "event" in name.split(".")[2]}
    print(f"{events:,} events of {TOWNS:,} towns, {REGISTRATIONS * events:,} registrations")
    print(f"  dbt, everything   {built:>7.1f} s")
    print(f"  models of events  {sum(ours.values()):>7.1f} s, longest {max(ours, key=lambda name: ours[name])}")
    print(f"  attack            {attacked:>7.1f} s, {len(findings)} findings")
    print(f"  plain DuckDB      {plain:>7.2f} s, visits told {told:,}, equal: {told == expected}", flush=True)
    return told == expected and not findings


def _land(warehouse: Path, events: int) -> tuple[float, int]:
    """The landing tables; seconds and result of the plain query."""
    building.land(
        warehouse,
        towns=[{"town_id": f"town-{n}", "ags": f"06{n:06}", "name": f"Town {n}", "land": "Hessen", "slot": n + 1}
               for n in range(TOWNS)],
        deliveries=[{"delivery_id": f"delivery-{n}", "kind": "events", "town_id": f"town-{n}", "received": "2024-01-01",
                     "period_from": "2020-01-01", "period_to": "2023-12-31"} for n in range(TOWNS)],
    )  # fmt: skip
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(EVENTS, {"towns": TOWNS, "events": events})
        connection.execute(LISTS, {"towns": TOWNS, "events": events, "each": REGISTRATIONS})
        begun = time.perf_counter()
        ((expected,),) = connection.execute(PLAIN).fetchall()
        return time.perf_counter() - begun, expected
