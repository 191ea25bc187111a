"""Which deliveries a failed model or check of the results, or what the attack found, is about."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from stadtlabor.base.databases import attached
from stadtlabor.build.ingest import Ingested
from stadtlabor.build.transform import Failed
from stadtlabor.manifest import source as manifests

# Whether a failed model or check fails with these deliveries alone as well.
Fails = Callable[[Sequence[Ingested], Failed], bool]
# Columns that name a delivery, the surest first; a space is of one delivery, which the staging model knows.
OWN = ("delivery_id", "survey_id", "space_id", "delivery_ids")
# A model's folder, and what its name begins with, say of which kind of delivery it is.
KINDS: Mapping[str, str] = {
    "survey": r"/survey/|survey|demand_curve",
    "bookings": r"/bookings/|space|seat|desk|coworking",
    "events": r"/events/|event",
    "journal": r"/journal/|\blab|learning",
}
MOST_ROWS = 10_000
# Spaces and events by the delivery they are of; a survey has its delivery's id.
OWNERS = """
    select space_id, delivery_id from warehouse.landing.spaces
    union all
    select event_id, delivery_id from warehouse.core.core__events
"""


def concerned(
    failed: Iterable[Failed], ingested: Sequence[Ingested], warehouse: Path, release: Path, fails: Fails
) -> dict[str, Failed]:
    """Name of each delivery that is to be set aside → what it fails; empty where it is no delivery's fault.

    Where failing rows name deliveries of an earlier build and new ones, the new ones are concerned.
    """
    serving = [one for one in ingested if one.serving is not None]
    found: dict[str, Failed] = {}
    for one in failed:
        rows_name, is_sure = _of_rows(one, serving, warehouse, release)
        blamed = _newest(rows_name) if rows_name and is_sure else _by_trial(one, serving, fails, rows_name)
        for delivery in blamed:
            found.setdefault(delivery.delivery.name, one)
    return found


def of_findings(
    findings: Mapping[str, Sequence[str]], ingested: Sequence[Ingested], warehouse: Path
) -> list[tuple[Ingested, str, str]] | None:
    """The deliveries that what the attack found names, each with what is given away and the first sentence of it.

    None where a sentence names no delivery that serves: setting others aside would not mend it.
    """
    with attached(warehouse=warehouse) as connection:
        owners = dict(connection.execute(OWNERS).fetchall())
    serving = {id_of(one): one for one in ingested if one.serving is not None}
    owners |= {delivery: delivery for delivery in serving}
    found: dict[str, tuple[Ingested, str, str]] = {}
    for what, sentence in ((what, sentence) for what, sentences in findings.items() for sentence in sentences):
        whose = {owners[word] for word in re.findall(r"[\w-]+", sentence) if word in owners} & serving.keys()
        if not whose:
            return None
        for delivery in whose:
            found.setdefault(delivery, (serving[delivery], what, sentence))
    return list(found.values())


def named(failed: Failed) -> str:
    """A failed check by name and meaning, or a model by name."""
    if not failed.query:
        return f"the model {failed.name}"
    return f"the check {failed.name} of {failed.model}" + (f" ({failed.about.rstrip('.')})" if failed.about else "")


def kind_of(failed: Failed) -> str | None:
    """The kind of delivery a model or check is about; None where it is about several."""
    where = f"/{failed.path} {failed.model}"
    return next((kind for kind, pattern in KINDS.items() if re.search(pattern, where)), None)


def _of_rows(
    failed: Failed, serving: Sequence[Ingested], warehouse: Path, release: Path
) -> tuple[list[Ingested], bool]:
    """The deliveries that a check's failing rows name; whether each row is of one of them alone."""
    if not failed.query:
        return [], False
    with attached(warehouse=warehouse, release=release) as connection:
        cells = _cells(connection, failed.query)
    ids = {part.strip() for cell in cells for part in cell.split(",")}
    return [one for one in serving if id_of(one) in ids], not any("," in cell for cell in cells)


def _cells(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    try:
        rows = connection.sql(f"select * from ({query}) limit {MOST_ROWS}")
        column = next((name for name in OWN if name in rows.columns), None)
        if column is None:
            return set()
        values = {str(cell) for (cell,) in rows.project(column).fetchall()}
        if column != "space_id":
            return values
        spaces = connection.sql("select space_id, delivery_id from warehouse.landing.spaces").fetchall()
    except duckdb.Error:
        # A check that itself broke down, over a cast, has no rows to look at.
        return set()
    return {delivery for space, delivery in spaces if space in values}


def _by_trial(
    failed: Failed, serving: Sequence[Ingested], fails: Fails, suspects: Sequence[Ingested] = ()
) -> list[Ingested]:
    """The deliveries without which it does not fail, found by halving the suspects or all it is about."""
    kind = kind_of(failed)
    suspects = list(suspects) or [one for one in serving if kind is None or _kind(one) == kind]
    others = [one for one in serving if one not in suspects]
    if not suspects or not fails(serving, failed):
        return []
    if others and fails(others, failed):
        return [] if fails(suspects, failed) else _sole(failed, others, fails)
    return _halved(failed, suspects, others, fails)


def _sole(failed: Failed, suspects: list[Ingested], fails: Fails) -> list[Ingested]:
    """The one delivery of another kind than the check is about that fails it; none where several do."""
    while len(suspects) > 1:
        middle = len(suspects) // 2
        guilty = [half for half in (suspects[:middle], suspects[middle:]) if fails(half, failed)]
        if len(guilty) != 1:
            return []
        (suspects,) = guilty
    return suspects


def _halved(failed: Failed, suspects: list[Ingested], others: list[Ingested], fails: Fails) -> list[Ingested]:
    if len(suspects) == 1:
        return suspects
    middle = len(suspects) // 2
    halves = suspects[:middle], suspects[middle:]
    guilty = [half for half in halves if fails([*others, *half], failed)]
    if guilty:
        return [one for half in guilty for one in _halved(failed, half, others, fails)]
    # Each half does by itself: what came later does not go with what was there.
    return _halved(failed, halves[1], [*others, *halves[0]], fails)


def _newest(found: list[Ingested]) -> list[Ingested]:
    return [one for one in found if one.is_new] or found


def id_of(one: Ingested) -> str:
    """The id under which a delivery's rows are landed: that of the state which serves."""
    assert one.serving is not None
    return manifests.load(one.serving.manifest).id


def _kind(one: Ingested) -> str:
    assert one.serving is not None
    return manifests.load(one.serving.manifest).kind
